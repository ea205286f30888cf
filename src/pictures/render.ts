/** From a picture's data to its display list and its PNG. Takes up to some tenths of a second: call it in the worker. */
import type { PictureTheme } from "../app/pictures.ts";
import type { Comparison } from "../core/architecture.ts";
import type { ComparisonPicture, Picture } from "../core/picture.ts";
import { boardScene } from "./board.ts";
import { type Drawing, diagramScene } from "./diagram.ts";
import { pngOf } from "./draw.ts";
import { progressScene } from "./progress.ts";
import type { Scene } from "./scene.ts";
import { scorecardScene } from "./scorecard.ts";
import { sheetScene } from "./sheet.ts";
import { THEMES, type Theme } from "./theme.ts";

const SCENES: { readonly [K in Picture["kind"]]: (picture: Extract<Picture, { kind: K }>, theme: Theme) => Scene } = {
  diagram: ({ title, architecture }, theme) => diagramScene({ title, ...architecture }, theme),
  comparison: (picture, theme) => diagramScene(drawingOf(picture), theme),
  board: boardScene,
  scorecard: scorecardScene,
  progress: progressScene,
  sheet: sheetScene,
};

export const sceneOf = (picture: Picture, theme: PictureTheme): Scene =>
  (SCENES[picture.kind] as (picture: Picture, theme: Theme) => Scene)(picture, THEMES[theme]);

/** A PNG. The fonts must have been loaded. */
export const renderPicture = (picture: Picture, theme: PictureTheme): Promise<Uint8Array> => pngOf(sceneOf(picture, theme));

/** What is not in the reference and names no plane of it stands in a plane of its own. */
const EXTRA = "drillroom-extra";

export function drawingOf({ title, comparison }: ComparisonPicture): Drawing {
  const planes = new Set(comparison.planes.map((plane) => plane.id));
  const stray = (node: Comparison["nodes"][number]) => node.state === "extra" && (node.plane === undefined || !planes.has(node.plane));
  const boxes = comparison.nodes.filter((node) => node.state !== "extra");
  // A reversed arrow is one of the reference's, the other way round; a shortcut is none and not wrong.
  const arrows = comparison.edges.filter((edge) => edge.state !== "extra" && edge.state !== "shortcut");
  const wrong = comparison.edges.filter((edge) => edge.state === "extra" || edge.state === "reversed").length;
  const score = [
    `${Math.round(comparison.f1 * 100)} %`,
    `boxes ${boxes.filter((node) => node.state === "matched").length}/${boxes.length}`,
    `arrows ${arrows.filter((edge) => edge.state === "matched").length}/${arrows.length}`,
    `wrong or extra ${wrong + comparison.nodes.length - boxes.length}`,
  ];
  return {
    title,
    subtitle: score.join("  ·  "),
    planes: comparison.nodes.some(stray) ? [...comparison.planes, { id: EXTRA, title: "Not in the reference" }] : comparison.planes,
    nodes: comparison.nodes.map((node) => (stray(node) ? { ...node, plane: EXTRA } : node)),
    edges: comparison.edges,
  };
}
