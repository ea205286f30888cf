/** The cards everybody starts with: the framework, the trade-offs, the patterns. Their order is the order of the deck. */
import type { Bank, Framework } from "./content.ts";
import { bold, literal } from "./markup.ts";

/** Both sides of a card, in markdown. The front is a question that can be answered aloud. */
export interface Face {
  /** Where it comes from, in a few words. */
  readonly about: string;
  readonly front: string;
  readonly back: string;
  /** Slug of the case whose answer the back tells. */
  readonly case?: string;
}

/** Refs of the deck, most useful first: the spine of an interview, then trade-offs and steps in turn, then patterns. */
export function deckOf({ framework, tradeoffs, patterns }: Bank): readonly string[] {
  const steps = framework.steps.flatMap((_, at) => [`framework/step-${at + 1}`, `framework/pitfalls-${at + 1}`]);
  const between = [...tradeoffs.keys()].map((slug) => `tradeoff/${slug}`);
  // Every third card is one of the framework's until those are through.
  const mixed = steps.flatMap((step, at) => [step, ...between.slice(2 * at, 2 * at + 2)]);
  return [
    ...Object.keys(SPINE).map((id) => `framework/${id}`),
    ...mixed,
    ...between.slice(2 * steps.length),
    ...[...patterns.keys()].map((slug) => `pattern/${slug}`),
  ];
}

/** The card of the deck that a ref names; undefined when its content has left the bank. */
export function deckFace([kind, id = ""]: readonly string[], { framework, tradeoffs, patterns }: Bank): Face | undefined {
  if (kind === "framework") return frameworkFace(id, framework);
  const named = kind === "tradeoff" ? tradeoffs.get(id) : kind === "pattern" ? patterns.get(id) : undefined;
  if (!named) return undefined;
  const about = `${kind === "tradeoff" ? "Trade-off" : "Pattern"} · ${literal(named.title)}`;
  return { about, front: bold(named.card.front), back: literal(named.card.back) };
}

const listed = (items: readonly string[]): string => items.map((item) => `- ${literal(item)}`).join("\n");

const ABOUT = "The framework";

const SPINE: Readonly<Record<string, (framework: Framework) => Omit<Face, "about">>> = {
  steps: ({ steps }) => ({
    front: `**Name the ${steps.length} steps of the interview in order, and the minutes that each may take.**`,
    back: steps.map(({ title, minutes }, at) => `**${at + 1}.** ${literal(title)}, ${minutes} min`).join("\n"),
  }),
  essentials: () => ({
    front: "**Whatever the case: which four things must an ML design interview not miss?**",
    back: listed([
      "Scale, as traffic and as data.",
      "Latency.",
      "What happens when the data drifts.",
      "The path from data through features to serving.",
    ]),
  }),
  breakdown: ({ breakdown }) => ({
    front: `**Requirements break down into ${breakdown.length} parts. Which, and what do you ask first in each?**`,
    back: breakdown.map(({ title, ask }) => `${bold(title)} ${literal(ask[0] ?? "")}`).join("\n"),
  }),
  quick: ({ quick }) => ({
    front: `**You have ten minutes: name the ${quick.length} parts of the quick frame, and the question that each answers.**`,
    back: quick.map(({ title, ask }) => `${bold(title)} ${literal(ask)}`).join("\n"),
  }),
};

function frameworkFace(id: string, framework: Framework): Face | undefined {
  const spine = Object.hasOwn(SPINE, id) ? SPINE[id] : undefined;
  if (spine) return { about: ABOUT, ...spine(framework) };
  const [, part, number] = /^(step|pitfalls)-(\d)$/.exec(id) ?? [];
  const step = framework.steps[Number(number) - 1];
  if (!step) return undefined;
  const about = `${ABOUT} · step ${number}, ${literal(step.title.toLowerCase())}`;
  if (part === "pitfalls")
    return {
      about,
      front: `**Step ${number}, ${literal(step.title.toLowerCase())}: how do candidates typically fail it (${step.pitfalls.length} ways), and what do you do instead?**`,
      back: listed(step.pitfalls),
    };
  return {
    about,
    front: `**Step ${number}, ${literal(step.title.toLowerCase())}: what do you settle before you go on? There are ${step.checklist.length} things.**`,
    back: `${literal(step.goal)}\n${listed(step.checklist)}`,
  };
}
