/** A case to look up: its prompt first; requirements, references and diagrams stay folded until a button asks for one. */
import { architectureSections } from "./architecture_views.ts";
import { type Case, type Diagram, type Framework, STEPS } from "./content.ts";
import { diagramBlock } from "./drawing_views.ts";
import { bold, literal } from "./markup.ts";
import type { Block, Button, View } from "./view.ts";

/** "requirements", "step-3", "diagrams" or "diagram-2": short, because a button carries it. Counted from 1. */
export type CasePart =
  | { readonly kind: "requirements" }
  | { readonly kind: "diagrams" }
  | { readonly kind: "step" | "diagram"; readonly index: number };

/** Undefined for what names no part of this case. */
export function parseCasePart(text: string, item: Case): CasePart | undefined {
  if (text === "requirements" || text === "diagrams") return { kind: text };
  const [, kind, number] = /^(step|diagram)-(\d{1,2})$/.exec(text) ?? [];
  const index = Number(number) - 1;
  if (kind === "step" && index in STEPS) return { kind, index };
  return kind === "diagram" && index in item.diagrams ? { kind, index } : undefined;
}

/** No block of buttons takes more. */
const IN_A_ROW = 5;

const open = (slug: string, label: string, part?: string): Button => ({
  label,
  command: "case",
  input: part === undefined ? { case: slug } : { case: slug, part },
});

/** Buttons in as few rows as they need, of about the same length. */
export function rows(buttons: readonly Button[]): readonly Block[] {
  const count = Math.ceil(buttons.length / IN_A_ROW);
  const length = Math.ceil(buttons.length / Math.max(1, count));
  return Array.from({ length: count }, (_, row) => ({ kind: "buttons", buttons: buttons.slice(row * length, (row + 1) * length) }));
}

export function caseView(slug: string, item: Case, framework: Framework): View {
  return {
    title: `Case · ${item.title}`,
    blocks: [
      { kind: "text", markdown: bold(item.prompt) },
      {
        kind: "facts",
        facts: [
          { name: "Difficulty", value: item.difficulty },
          { name: "Time", value: `${item.minutes} minutes` },
          { name: "Topics", value: literal(item.topics.join(", ").replaceAll("-", " ")) },
          { name: "Asked of", value: literal(item.asked_of.join(", ")) },
        ],
      },
      { kind: "text", markdown: "Perform first: say or write your own answer to a step, then open it and compare." },
      ...rows([
        open(slug, "Requirements", "requirements"),
        open(slug, "Diagrams", "diagrams"),
        ...framework.steps.map(({ title }, at) => open(slug, `${at + 1}. ${title}`, `step-${at + 1}`)),
      ]),
    ],
  };
}

export function casePartView(slug: string, item: Case, framework: Framework, part: CasePart): View {
  if (part.kind === "requirements") return requirementsView(slug, item);
  if (part.kind === "diagrams") return diagramsView(slug, item);
  return part.kind === "step" ? stepView(slug, item, framework, part.index) : diagramView(slug, item, part.index);
}

function requirementsView(slug: string, item: Case): View {
  const { business, scale, performance } = item.requirements;
  const asked = (title: string, list: typeof business): Block => ({
    kind: "text",
    markdown: [bold(title), ...list.map(({ ask, answer }) => `- _${literal(ask)}_ ${literal(answer)}`)].join("\n"),
  });
  return {
    title: `Requirements · ${item.title}`,
    blocks: [
      asked("Business goal", business),
      asked("Scale", scale),
      asked("Performance", performance),
      { kind: "buttons", buttons: [open(slug, "The case")] },
    ],
  };
}

function stepView(slug: string, item: Case, framework: Framework, index: number): View {
  const title = (at: number): string => `${at + 1}. ${framework.steps[at]?.title ?? ""}`;
  const step = STEPS[index] ?? STEPS[0];
  return {
    title: `${title(index)} · ${item.title}`,
    blocks: [
      { kind: "text", markdown: item.steps[step].reference },
      {
        kind: "buttons",
        buttons: [
          ...(index > 0 ? [open(slug, title(index - 1), `step-${index}`)] : []),
          ...(index + 1 < STEPS.length ? [open(slug, title(index + 1), `step-${index + 2}`)] : []),
          open(slug, "The case"),
        ],
      },
    ],
  };
}

function diagramsView(slug: string, item: Case): View {
  const lines = item.diagrams.map(
    ({ title, nodes, edges }, at) => `**${at + 1}.** ${literal(title)} (${nodes.length} boxes, ${edges.length} arrows)`,
  );
  return {
    title: `Diagrams · ${item.title}`,
    blocks: [
      { kind: "text", markdown: `Draw one from memory first, then open it.\n${lines.join("\n")}` },
      ...rows([...item.diagrams.map((_, at) => open(slug, `Diagram ${at + 1}`, `diagram-${at + 1}`)), open(slug, "The case")]),
    ],
  };
}

function diagramView(slug: string, item: Case, index: number): View {
  const diagram = item.diagrams[index];
  if (!diagram) return diagramsView(slug, item);
  return {
    title: `${diagram.title} · ${item.title}`,
    blocks: [
      diagramBlock(diagram),
      ...planeBlocks(diagram),
      {
        kind: "buttons",
        buttons: [
          ...(index > 0 ? [open(slug, "Previous", `diagram-${index}`)] : []),
          ...(index + 1 < item.diagrams.length ? [open(slug, "Next", `diagram-${index + 2}`)] : []),
          open(slug, "Diagrams", "diagrams"),
          open(slug, "The case"),
        ],
      },
    ],
  };
}

/** Plane by plane, the arrows that leave its boxes. */
const planeBlocks = (diagram: Diagram): readonly Block[] =>
  architectureSections(diagram).flatMap(({ title, text }): readonly Block[] => [
    ...(title === undefined ? [] : [{ kind: "text", markdown: bold(title) } as const]),
    { kind: "quote", text },
  ]);
