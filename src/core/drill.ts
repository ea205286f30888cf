/**
 * Drills are derived from the bank: a step of a case is an open one, a scenario of a trade-off a choice,
 * an estimate a number, a chain of a diagram an order, a diagram a drawing.
 */
import {
  type Bank,
  type Case,
  type CaseStep,
  type Diagram,
  type DrillKind,
  type Framework,
  type RubricPoint,
  STEPS,
  type Step,
} from "./content.ts";
import { hash } from "./hash.ts";
import { chainOf } from "./order.ts";

interface DrillBase {
  /** Stable over releases: it is what a group's history refers to. */
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly prompt: string;
  /** What it practises. */
  readonly steps: readonly Step[];
  /** Slug of the case whose reference its reveal shows. */
  readonly case?: string;
}

export interface OpenDrill extends DrillBase {
  readonly kind: "open";
  readonly rubric: readonly RubricPoint[];
  readonly reference: string;
  /** A group's own question, by the member who proposed it. */
  readonly by?: string;
}

export interface ChoiceDrill extends DrillBase {
  readonly kind: "choice";
  readonly options: readonly string[];
  /** Index of the right option. */
  readonly right: number;
  readonly reason: string;
}

export interface EstimateDrill extends DrillBase {
  readonly kind: "estimate";
  readonly value: number;
  readonly unit: string;
  /** Right within this factor either way. */
  readonly factor: number;
  readonly formula: string;
  readonly reason: string;
}

export interface OrderDrill extends DrillBase {
  readonly kind: "order";
  /** As shown. */
  readonly items: readonly string[];
  /** Indices of `items`, first to last. */
  readonly right: readonly number[];
  readonly reason: string;
}

export interface DrawDrill extends DrillBase {
  readonly kind: "draw";
  readonly diagram: Diagram;
}

/** What each kind is called in a post. */
export const KIND_WORDS: Readonly<Record<DrillKind, string>> = {
  open: "in your own words",
  choice: "a choice",
  estimate: "an estimate",
  order: "an order",
  draw: "a drawing",
};

export type Drill = OpenDrill | ChoiceDrill | EstimateDrill | OrderDrill | DrawDrill;
export type Drills = ReadonlyMap<string, Drill>;

/** All drills of a bank, by id, in a stable order. */
export function drillsOf(bank: Bank): Drills {
  const drills = [
    ...[...bank.cases].flatMap(([slug, item]) => [
      ...STEPS.map((step, at) => stepDrill(slug, item, step, bank.framework.steps[at])),
      quickDrill(slug, item, bank.framework),
      ...item.estimates.map((estimate) => estimateDrill(slug, item, estimate)),
      ...item.diagrams.flatMap((diagram) => orderDrill(slug, item, diagram) ?? []),
      ...item.diagrams.map((diagram) => drawDrill(slug, item, diagram)),
    ]),
    ...[...bank.tradeoffs].flatMap(([slug, tradeoff]) =>
      tradeoff.scenarios.map(
        (scenario): ChoiceDrill => ({
          kind: "choice",
          id: `choice/${slug}/${scenario.id}`,
          title: tradeoff.title,
          prompt: `${scenario.situation}\n\n**${scenario.ask}**`,
          steps: tradeoff.steps,
          options: scenario.options,
          right: scenario.answer,
          reason: scenario.reason,
        }),
      ),
    ),
  ];
  return new Map(drills.map((drill) => [drill.id, drill]));
}

function stepDrill(slug: string, item: Case, step: Step, frame: Framework["steps"][number] | undefined): OpenDrill {
  const title = (frame?.title ?? step).toLowerCase();
  const { reference, rubric }: CaseStep = item.steps[step];
  return {
    kind: "open",
    id: `open/${slug}/${step}`,
    case: slug,
    title: `${item.title}: ${title}`,
    prompt: `${item.prompt}\n\nTake **step ${STEPS.indexOf(step) + 1}, ${title}**. ${frame?.goal ?? ""}`,
    steps: [step],
    rubric,
    reference,
  };
}

/** How many points of a case each part of the quick frame asks for. */
const QUICK_POINTS = 2;

/** The whole case in four short answers; what weighs most in the steps that each covers. */
function quickDrill(slug: string, item: Case, { quick }: Framework): OpenDrill {
  const taken = new Set<string>();
  const parts = quick.map((part) => {
    const points = part.covers
      .flatMap((step) => item.steps[step].rubric)
      .sort((a, b) => b.weight - a.weight)
      .filter(({ id }) => !taken.has(id))
      .slice(0, QUICK_POINTS);
    for (const { id } of points) taken.add(id);
    return { ...part, points };
  });
  return {
    kind: "open",
    id: `quick/${slug}`,
    case: slug,
    title: `${item.title}: the quick frame`,
    prompt: `${item.prompt}\n\nTwo sentences on each, as in the first five minutes:\n${parts.map(({ title, ask }) => `- **${title}** ${ask}`).join("\n")}`,
    steps: [...new Set(quick.flatMap(({ covers }) => covers))],
    rubric: parts.flatMap(({ points }) => points),
    reference: parts.map(({ title, points }) => `**${title}** ${points.map(({ statements }) => statements[0]).join(" ")}`).join("\n\n"),
  };
}

const estimateDrill = (slug: string, item: Case, estimate: Case["estimates"][number]): EstimateDrill => ({
  kind: "estimate",
  id: `estimate/${slug}/${estimate.id}`,
  case: slug,
  title: `${item.title}: an estimate`,
  prompt: `${item.prompt}\n\n${item.requirements.scale.map(({ ask, answer }) => `- _${ask}_ ${answer}`).join("\n")}\n\n**${estimate.ask}**`,
  steps: ["requirements"],
  value: estimate.value,
  unit: estimate.unit,
  factor: estimate.factor,
  formula: estimate.formula,
  reason: estimate.reasoning,
});

/** What flows, by what a diagram shows. */
const FLOWS: Readonly<Record<Diagram["shows"], string>> = {
  system: "in which they come into play",
  data: "in which an event passes them on its way to a label",
  features: "in which a value passes them on its way to the model",
  training: "in which they run",
  online: "in which a request passes them",
  rollout: "in which a new version passes them",
  monitoring: "in which a signal passes them",
};
const PRACTISED: Readonly<Record<Diagram["shows"], Step>> = {
  system: "framing",
  data: "data",
  features: "features",
  training: "model",
  online: "serving",
  rollout: "serving",
  monitoring: "monitoring",
};

/**
 * The diagram that an open drill on a case is about: of a step its own, of the quick frame the whole system.
 * None shows the requirements.
 */
export function diagramOf(drill: Drill, { cases }: Bank): Diagram | undefined {
  if (drill.kind !== "open") return undefined;
  const [only, ...more] = drill.steps;
  const shows = ({ shows }: Diagram) => (more.length > 0 ? shows === "system" : PRACTISED[shows] === only);
  return cases.get(drill.case ?? "")?.diagrams.find(shows);
}

function orderDrill(slug: string, item: Case, diagram: Diagram): OrderDrill | undefined {
  const chain = chainOf(diagram);
  if (!chain) return undefined;
  const id = `order/${slug}/${diagram.id}`;
  const shuffled = [...chain].sort((a, b) => hash(`${id} ${a}`) - hash(`${id} ${b}`));
  // A shuffle that changed nothing would give the answer away.
  const shown = shuffled.every((node, at) => node === chain[at]) ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled;
  const label = (node: string) => diagram.nodes.find((one) => one.id === node)?.label ?? node;
  return {
    kind: "order",
    id,
    case: slug,
    title: `${item.title}: ${diagram.title.toLowerCase()}`,
    prompt: `${item.prompt}\n\n**Put these in the order ${FLOWS[diagram.shows]}.**`,
    steps: [PRACTISED[diagram.shows]],
    items: shown.map(label),
    right: chain.map((node) => shown.indexOf(node)),
    reason: diagram.alt,
  };
}

const drawDrill = (slug: string, item: Case, diagram: Diagram): DrawDrill => ({
  kind: "draw",
  id: `draw/${slug}/${diagram.id}`,
  case: slug,
  title: `${item.title}: draw ${diagram.title.toLowerCase()}`,
  prompt: `${item.prompt}\n\n**Draw from memory: ${diagram.title.toLowerCase()}.** The reference has ${diagram.nodes.length} boxes and ${diagram.edges.length} arrows${
    diagram.planes.length > 1
      ? `, in ${diagram.planes.length} parts: ${diagram.planes.map(({ title }) => title.toLowerCase()).join(", ")}`
      : ""
  }.`,
  steps: [PRACTISED[diagram.shows]],
  diagram,
});
