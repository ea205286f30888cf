/** Diagrams as pictures, and a drawing from memory beside its reference. The words beside them are in architecture_views.ts. */
import type { Comparison } from "./architecture_shape.ts";
import { comparisonBlocks, DRAWING_HELP, MODEL_ONLY } from "./architecture_views.ts";
import type { Case, Diagram } from "./content.ts";
import { lookUp } from "./lookup.ts";
import { bold, literal } from "./markup.ts";
import { type PictureBlock, pictureBlock } from "./picture.ts";
import type { Form, FormOption, View } from "./view.ts";

export const diagramBlock = ({ title, alt, planes, nodes, edges }: Diagram): PictureBlock =>
  pictureBlock({ kind: "diagram", title, architecture: { planes, nodes, edges }, alt });

/** What a reveal in words alone leaves out: the diagram that the answer describes. */
export const diagramView = (diagram: Diagram, item: string): View => ({
  title: `${diagram.title} · ${item}`,
  blocks: [diagramBlock(diagram), { kind: "text", markdown: literal(diagram.alt) }],
});

export const comparisonBlock = (diagram: Diagram, comparison: Comparison): PictureBlock =>
  pictureBlock({ kind: "comparison", title: `Your drawing: ${diagram.title}`, comparison });

/** While answers are sealed: what was drawn, and nothing of what was not. */
export const sealedComparisonBlock = (diagram: Diagram, comparison: Comparison): PictureBlock =>
  pictureBlock({ kind: "comparison", title: `Your drawing: ${diagram.title}`, comparison: drawnOf(comparison), sealed: true });

/**
 * A reversed arrow stands as it was drawn, among those that are wrong: left out or named it would be
 * told apart from an arrow that the reference has not. The reference's labels would tell its words.
 */
function drawnOf({ planes, nodes, edges, f1 }: Comparison): Comparison {
  const drawn = nodes.filter(({ state }) => state !== "missing");
  return {
    planes: planes.filter(({ id }) => drawn.some(({ plane }) => plane === id)),
    nodes: drawn,
    edges: edges.flatMap(({ from, to, async, state }) => {
      if (state === "missing") return [];
      return [state === "reversed" ? { from: to, to: from, async, state: "extra" as const } : { from, to, async, state }];
    }),
    f1,
  };
}

/** What a diagram is asked for by, in any case. */
const SHOWS: Readonly<Record<Diagram["shows"], string>> = {
  system: "The whole system",
  data: "Data and labels",
  features: "Features",
  training: "Training",
  online: "The online path",
  rollout: "Rollout",
  monitoring: "Monitoring",
};

export const DIAGRAM_CHOICES: readonly FormOption[] = Object.entries(SHOWS).map(([value, label]) => ({ label, value }));

/** By its id, its title or what it shows; undefined when that is none of this case's, or several. */
export function findDiagram(item: Case, typed: string): Diagram | undefined {
  const shown = item.diagrams.filter(({ shows }) => shows === typed.toLowerCase());
  const id = lookUp(new Map(item.diagrams.map((diagram) => [diagram.id, diagram])), typed);
  return shown.length === 1 ? shown[0] : item.diagrams.find((diagram) => diagram.id === id);
}

/** The narrowest input of a form: Slack's plain_text_input. */
export const DRAWING_CHARACTERS = 3_000;

interface Chosen {
  readonly slug: string;
  readonly item: Case;
}

/** What is chosen already is not asked for again; `typed` is what was drawn so far. */
export function drawingForm(chosen: Chosen | undefined, diagram: Diagram | undefined, typed: string | undefined): Form {
  const item = chosen?.item;
  const what = diagram && item ? `**Draw from memory: ${literal(diagram.title)}** of _${literal(item.title)}_.\n\n` : "";
  return {
    title: "Draw from memory",
    intro: `${what}${DRAWING_HELP}`,
    submit: "Compare",
    fields: [
      ...(item ? [] : [{ name: "case", label: "Which case?", hint: "A few words of its title.", required: true, ...LINE }]),
      ...(diagram ? [] : [{ name: "diagram", label: "Which diagram?", required: true, kind: "choice" as const, options: optionsOf(item) }]),
      {
        name: "drawing",
        label: "Your drawing",
        hint: "client -> gateway -> ranking, one arrow or chain a line",
        required: true,
        kind: "paragraph",
        maxLength: DRAWING_CHARACTERS,
        ...(typed === undefined ? {} : { value: typed }),
      },
    ],
    carry: { ...(chosen ? { case: chosen.slug } : {}), ...(diagram ? { diagram: diagram.id } : {}) },
  };
}

const LINE = { kind: "line", maxLength: 80 } as const;
const optionsOf = (item: Case | undefined): readonly FormOption[] =>
  item ? item.diagrams.map(({ id, title }) => ({ label: title, value: id })) : DIAGRAM_CHOICES;

export interface Drawn {
  readonly comparison: Comparison;
  readonly unread: readonly string[];
  readonly modelOnly: boolean;
  /** Missing boxes that became recall cards. */
  readonly added: number;
}

/** A drawing of one's own accord: nothing is sealed, nothing scores. */
export function drawnView(slug: string, item: Case, diagram: Diagram, { comparison, unread, modelOnly, added }: Drawn): View {
  return {
    title: `${Math.round(comparison.f1 * 100)} % of the boxes and arrows`,
    tone: comparison.f1 >= 0.5 ? "good" : "plain",
    blocks: [
      comparisonBlock(diagram, comparison),
      { kind: "text", markdown: `${bold(diagram.title)} of _${literal(item.title)}_. Practice: it earns no points.` },
      ...comparisonBlocks(comparison, unread),
      ...(modelOnly ? [{ kind: "text", markdown: MODEL_ONLY } as const] : []),
      ...(added > 0
        ? [{ kind: "text", markdown: `${added} missing ${added === 1 ? "box is" : "boxes are"} in your \`/recall\` now.` } as const]
        : []),
      {
        kind: "buttons",
        buttons: [
          { label: "Draw it again", command: "draw", input: { case: slug, diagram: diagram.id }, style: "primary" },
          { label: "Show the reference", command: "case", input: { case: slug, part: `diagram-${item.diagrams.indexOf(diagram) + 1}` } },
        ],
      },
    ],
  };
}
