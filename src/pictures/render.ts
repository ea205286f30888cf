/** From a picture's data to its display list and its PNG. Takes up to some tenths of a second: call it in the worker. */
import type { PictureTheme } from "../app/pictures.ts";
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
export const renderPicture = (picture: Picture, theme: PictureTheme): Uint8Array => pngOf(sceneOf(picture, theme));

/** What is not in the reference stands in a plane of its own, whatever plane it was drawn in. */
const EXTRA = "drillroom-extra";
/** Whoever draws forty boxes too many still sees the reference: so many are drawn, all are counted. */
const MOST_EXTRA = { boxes: 8, arrows: 12 };

export function drawingOf({ title, comparison: { planes, nodes, edges, f1 }, sealed }: ComparisonPicture): Drawing {
  const boxes = nodes.filter((node) => node.state !== "extra");
  const extra = nodes.filter((node) => node.state === "extra");
  const drawn = [...boxes, ...extra.slice(0, MOST_EXTRA.boxes)];
  const ids = new Set(drawn.map((node) => node.id));
  // A reversed arrow is one of the reference's, drawn the other way round; a shortcut is none of it, and not wrong.
  const arrows = edges.filter((edge) => edge.state !== "extra" && edge.state !== "shortcut");
  const others = edges.filter((edge) => edge.state === "extra" || edge.state === "shortcut");
  const shown = others.filter((edge) => ids.has(edge.from) && ids.has(edge.to)).slice(0, MOST_EXTRA.arrows);
  const wrong = extra.length + edges.filter((edge) => edge.state === "extra" || edge.state === "reversed").length;
  const matched = (all: readonly { readonly state: string }[]) => {
    const right = all.filter((one) => one.state === "matched").length;
    // Before the reveal what is missing is not there to be counted, and "8/8" would say that nothing is.
    return sealed ? String(right) : `${right}/${all.length}`;
  };
  const left = nodes.length - drawn.length + others.length - shown.length;
  const score = [`${Math.round(f1 * 100)} %`, `boxes ${matched(boxes)}`, `arrows ${matched(arrows)}`, `wrong or extra ${wrong}`];
  const plain = <T extends { readonly state: string }>({ state: _, ...rest }: T) => rest;
  return {
    title,
    subtitle: [...score, ...(left > 0 ? [`${left} of them not drawn`] : [])].join("  ·  "),
    planes: extra.length > 0 ? [...planes, { id: EXTRA, title: "Extra" }] : planes,
    nodes: drawn.map((node) => (node.state === "extra" ? { ...node, plane: EXTRA } : node)),
    edges: [...arrows, ...shown],
    ...(boxes.length > 0 ? { reference: { title, planes, nodes: boxes.map(plain), edges: arrows.map(plain) } } : {}),
  };
}
