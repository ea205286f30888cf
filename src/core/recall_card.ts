/**
 * What a card asks and answers. A card is stored as a ref, "point/video-search/data/label-delay", and its
 * words are looked up in the bank each time: an author's correction reaches every card.
 */
import type { Bank, Case, Diagram } from "./content.ts";
import { STEPS } from "./content.ts";
import type { Drill, Drills } from "./drill.ts";
import { inOrder } from "./drill_mark.ts";
import { bold, clip, literal } from "./markup.ts";
import { quantityInWords } from "./quantity.ts";
import { deckFace, type Face } from "./recall_deck.ts";

/** Why a member has a card. */
export const ORIGINS = ["deck", "drill", "round", "drawing"] as const;
export type Origin = (typeof ORIGINS)[number];

export const pointRef = (slug: string, step: string, point: string): string => `point/${slug}/${step}/${point}`;
export const boxRef = (slug: string, diagram: string, node: string): string => `box/${slug}/${diagram}/${node}`;

/**
 * Both sides; undefined when the content has left the bank: the card retires. `drills` are the bank's, and
 * the group's own questions that are still approved.
 */
export function faceOf(ref: string, bank: Bank, drills: Drills): Face | undefined {
  const parts = ref.split("/");
  const [kind, slug = "", part = "", id = ""] = parts;
  const item = bank.cases.get(slug);
  switch (kind) {
    case "point":
      return item && pointFace(slug, item, part, id, bank);
    case "box":
      return item && boxFace(slug, item, part, id);
    case "estimate":
    case "order":
    case "own":
      return drillFace(drills.get(ref));
    default:
      return deckFace(parts, bank);
  }
}

/** A missed point is asked as an interviewer asks for it: by the probe that serves it. */
function pointFace(slug: string, item: Case, part: string, id: string, { framework }: Bank): Face | undefined {
  const at = (STEPS as readonly string[]).indexOf(part);
  const step = item.steps[STEPS[at] ?? "requirements"];
  const point = at < 0 ? undefined : step.rubric.find((one) => one.id === id);
  const probe = step.probes.find((one) => one.point === id);
  if (!point || !probe) return undefined;
  return {
    about: `${literal(item.title)} · step ${at + 1}, ${literal((framework.steps[at]?.title ?? part).toLowerCase())}`,
    front: `_${literal(item.prompt)}_\n${bold(probe.ask)}`,
    back: `${literal(probe.strong)}\n**The point:** ${literal(point.text)}`,
    case: slug,
  };
}

/** A missing component is asked by its neighbours. */
function boxFace(slug: string, item: Case, part: string, id: string): Face | undefined {
  const diagram = item.diagrams.find((one) => one.id === part);
  const node = diagram?.nodes.find((one) => one.id === id);
  if (!diagram || !node) return undefined;
  const name = (other: string) => diagram.nodes.find((one) => one.id === other)?.label ?? other;
  const ends = (arrows: Diagram["edges"], end: "from" | "to") =>
    arrows.slice(0, MOST_NEIGHBOURS).map((arrow) => `${bold(name(arrow[end]))}${arrow.label ? ` (${literal(arrow.label)})` : ""}`);
  const gets = ends(
    diagram.edges.filter(({ to }) => to === id),
    "from",
  );
  const gives = ends(
    diagram.edges.filter(({ from }) => from === id),
    "to",
  );
  const told = [
    ...(gets.length > 0 ? [`gets from ${gets.join(", ")}`] : []),
    ...(gives.length > 0 ? [`gives to ${gives.join(", ")}`] : []),
  ];
  if (told.length === 0) return undefined;
  const aliases = node.aliases.slice(0, 3).map(literal);
  return {
    about: `${literal(item.title)} · ${literal(diagram.title)}`,
    front: `Out of the architecture somebody rubbed one box. It ${told.join(" and ")}.\n**Which box is it, and what is it there for?**`,
    back: `**${literal(node.label)}**, a ${KINDS[node.kind]}${aliases.length > 0 ? `; also called ${aliases.join(", ")}` : ""}. It ${told.join(" and ")}.`,
    case: slug,
  };
}

const MOST_NEIGHBOURS = 3;
const KINDS: Readonly<Record<Diagram["nodes"][number]["kind"], string>> = {
  client: "client",
  service: "service",
  model: "model",
  store: "store",
  queue: "queue or log",
  batch: "batch job",
  stream: "stream job",
  monitor: "monitor",
};

/** The longest of a view's parts; a group's own reference may be as long as a form lets it be. */
const BACK_CHARACTERS = 1_600;

function drillFace(drill: Drill | undefined): Face | undefined {
  if (drill?.kind === "estimate")
    return {
      about: literal(drill.title),
      front: drill.prompt,
      back: `**${literal(quantityInWords(drill.value, drill.unit))}**, right within a factor of ${drill.factor}.\n\`${drill.formula.replaceAll("`", "'")}\`\n${literal(drill.reason)}`,
      ...(drill.case === undefined ? {} : { case: drill.case }),
    };
  if (drill?.kind === "order")
    return {
      about: literal(drill.title),
      front: `${drill.prompt}\n${drill.items.map((item) => `- ${literal(item)}`).join("\n")}`,
      back: literal(inOrder(drill.items, drill.right)),
      ...(drill.case === undefined ? {} : { case: drill.case }),
    };
  if (drill?.kind !== "open") return undefined;
  return {
    about: "A question of your group",
    front: `**${clip(drill.prompt, BACK_CHARACTERS)}**`,
    back: `${clip(drill.reference, BACK_CHARACTERS)}\n${drill.rubric.map(({ text }) => `- ${text}`).join("\n")}`,
  };
}
