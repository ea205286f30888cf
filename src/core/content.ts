/**
 * The shape of the question bank. Each schema is the type: the loader parses with it, the JSON
 * Schema for editors is generated from it, and the core reads what it yields. Sentences in
 * `.describe()` are what an author sees in the editor.
 */
import { z } from "zod";

export const STEPS = ["requirements", "framing", "data", "features", "model", "serving", "monitoring"] as const;
export type Step = (typeof STEPS)[number];

/** Kinds of drill; drill.ts derives them. */
export const DRILL_KINDS = ["open", "choice", "estimate", "order", "draw"] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];

export const ASPECTS = [
  "scale",
  "latency",
  "cost",
  "privacy",
  "fairness",
  "labels",
  "features-batch",
  "features-stream",
  "offline-metric",
  "online-metric",
  "baseline",
  "caching",
  "sharding",
  "load-balancing",
  "retrieval",
  "ranking",
  "calibration",
  "cold-start",
  "feedback-loop",
  "delivery",
  "rollout",
  "rollback",
  "drift",
  "retraining",
  "monitoring",
  "reliability",
  "business-goal",
] as const;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use lower case words joined by hyphens");
const sentence = z.string().trim().min(8);
const text = z.string().trim().min(1);

const sourceSchema = z.strictObject({
  id: slug.describe("How claims and numbers of this file refer to it."),
  title: text,
  by: text.describe("Authors or organisation."),
  year: z.int().min(1950).max(2100),
  url: z.url({ protocol: /^https?$/ }),
  took: sentence.describe("What was taken from it, in our own words."),
  unopened: z.literal(true).optional().describe("Set when the source was not opened while writing."),
});

const pointSchema = z.strictObject({
  id: slug,
  text: sentence.describe("What a strong answer says, as feedback shows it."),
  side: z.enum(["system", "ml"]),
  weight: z.number().positive().max(5),
  aspects: z.array(z.enum(ASPECTS)).min(1),
  alsoEarns: z.array(slug).default([]).describe("Points of the same step that this point's good examples may earn too."),
  statements: z.array(sentence).min(1).max(3),
  groups: z.array(z.array(text).min(1)).min(1).describe("Every group must be met by one of its phrases; * ends a prefix."),
  good: z.array(sentence).min(3),
  bad: z.array(sentence).min(2),
});

const probeSchema = z.strictObject({
  ask: sentence,
  strong: sentence.describe("The direction of a strong answer."),
  point: slug.describe("The rubric point of this step that it serves."),
});

const caseStepSchema = z.strictObject({
  reference: z.string().trim().min(1).describe("120 to 250 words."),
  rubric: z.array(pointSchema).min(4).max(7),
  probes: z.array(probeSchema).min(3),
  pitfalls: z.array(sentence).min(1).describe("What goes wrong, and what to do instead."),
});

export const NODE_KINDS = ["client", "service", "model", "store", "queue", "batch", "stream", "monitor"] as const;

/** A graph: what a diagram draws. */
const graph = {
  alt: z.string().trim().min(40).max(1000).describe("The whole picture in words, for who cannot see it."),
  planes: z.array(z.strictObject({ id: slug, title: text })).default([]),
  nodes: z
    .array(
      z.strictObject({
        id: slug,
        label: text,
        kind: z.enum(NODE_KINDS),
        plane: slug.optional(),
        aliases: z.array(text).default([]),
      }),
    )
    .min(2)
    .max(14),
  edges: z
    .array(
      z.strictObject({
        from: slug,
        to: slug,
        label: text.optional(),
        async: z.boolean().default(false).describe("Drawn dashed: the sender does not wait."),
      }),
    )
    .min(1),
};

const diagramSchema = z.strictObject({
  id: slug,
  title: text,
  shows: z.enum(["system", "data", "features", "training", "online", "rollout", "monitoring"]),
  ...graph,
});

const curveballSchema = z.strictObject({
  id: slug,
  change: sentence.describe("The changed assumption, as the interviewer says it."),
  adapt: sentence.describe("What should change in the design."),
  keep: sentence.describe("What should not change."),
});

export const caseSchema = z.strictObject({
  title: text,
  prompt: sentence.describe("One ambiguous sentence, as an interviewer says it."),
  difficulty: z.enum(["easy", "medium", "hard"]),
  topics: z.array(slug).min(1),
  asked_of: z.array(text).min(1),
  minutes: z.int().min(20).max(90),
  named: z.array(z.strictObject({ ask: sentence, answer: sentence, source: slug })).min(2),
  requirements: z.strictObject({
    business: z.array(z.strictObject({ ask: sentence, answer: sentence })).min(1),
    scale: z.array(z.strictObject({ ask: sentence, answer: sentence })).min(1),
    performance: z.array(z.strictObject({ ask: sentence, answer: sentence })).min(1),
  }),
  estimates: z
    .array(
      z.strictObject({
        id: slug,
        ask: sentence,
        formula: text,
        value: z.number().positive(),
        unit: text,
        factor: z.number().min(1.05).max(10).describe("Right within this factor either way."),
        reasoning: sentence,
      }),
    )
    .min(2),
  steps: z.strictObject(Object.fromEntries(STEPS.map((step) => [step, caseStepSchema])) as Record<Step, typeof caseStepSchema>),
  diagrams: z.array(diagramSchema).min(7),
  tradeoffs: z.array(slug).min(1),
  curveballs: z.array(curveballSchema).min(3),
  claims: z.array(z.strictObject({ says: sentence, source: slug })).min(1),
  sources: z.array(sourceSchema).min(3),
});

const cardSchema = z.strictObject({ front: sentence, back: sentence });

const sideSchema = z.strictObject({
  name: text,
  in_short: z.string().trim().min(10).max(60).describe("When it wins, in a few words, for the one-page sheet; no full stop."),
  wins: z.array(sentence).min(1),
});

export const tradeoffSchema = z.strictObject({
  title: text,
  a: sideSchema,
  b: sideSchema,
  number: z.strictObject({ says: sentence, source: slug }).describe("A number or rule of thumb."),
  steps: z.array(z.enum(STEPS)).min(1),
  scenarios: z
    .array(
      z.strictObject({
        id: slug,
        situation: sentence,
        ask: sentence,
        options: z.array(text).min(2).max(5),
        answer: z.int().min(0).describe("Which option is right, counted from 0."),
        reason: sentence,
      }),
    )
    .min(1),
  card: cardSchema,
  sources: z.array(sourceSchema).min(1),
});

export const patternSchema = z.strictObject({
  title: text,
  problem: sentence.describe("What goes wrong without it."),
  shape: z.strictObject(graph).describe("A small diagram."),
  when: z.array(sentence).min(2).describe("Conditions under which it pays."),
  breaks: z.array(sentence).min(2).describe("How it fails in production, and what to do about it."),
  uses: z.array(slug).min(1).describe("Slugs of cases that use it."),
  card: cardSchema,
  sources: z.array(sourceSchema).min(1),
});

export const curveballsSchema = z.strictObject({
  curveballs: z
    .array(curveballSchema.extend({ steps: z.array(z.enum(STEPS)).min(1).describe("The steps in which it may be drawn.") }))
    .min(1),
});

/** What a study plan can ask of a member each day of a phase, beside the drill. */
export const STUDY_TASKS = ["framework", "tradeoffs", "case", "draw"] as const;

export const planSchema = z.strictObject({
  title: text,
  about: sentence.describe("For whom it is, and how much a day it asks."),
  days: z.int().min(7).max(120),
  phases: z
    .array(
      z.strictObject({
        title: text,
        from: z.int().min(1),
        to: z.int().min(1),
        focus: sentence.describe("What a person does on these days, beside the drill."),
        kinds: z.array(z.enum(DRILL_KINDS)).default([]).describe("Kinds of drill on these days; all when empty."),
        steps: z.array(z.enum(STEPS)).default([]).describe("Steps they practise; all when empty."),
        cases: z.array(slug).default([]).describe("Cases they are taken from; all when empty."),
        tasks: z.array(z.enum(STUDY_TASKS)).default([]).describe("What a member does on each of these days, beside the drill."),
        rounds: z.int().min(0).default(0).describe("Mock rounds to play within the phase."),
      }),
    )
    .min(1),
});

export const frameworkSchema = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        id: z.enum(STEPS),
        title: text,
        goal: sentence,
        minutes: z.int().min(1).max(30),
        checklist: z.array(sentence).min(3),
        probes: z.array(sentence).min(3),
        pitfalls: z.array(sentence).min(2),
        levels: z.tuple([sentence, sentence, sentence, sentence]).describe("What levels 1 to 4 look like."),
      }),
    )
    .length(STEPS.length),
  breakdown: z.array(z.strictObject({ id: slug, title: text, ask: z.array(sentence).min(2) })).length(3),
  quick: z.array(z.strictObject({ id: slug, title: text, covers: z.array(z.enum(STEPS)).min(1), ask: sentence })).length(4),
});

export const vocabularySchema = z.strictObject({
  terms: z.array(z.strictObject({ name: text, aliases: z.array(text).default([]), tools: z.array(text).default([]) })).min(1),
});

export type RubricPoint = z.output<typeof pointSchema>;
export type CaseStep = z.output<typeof caseStepSchema>;
export type Diagram = z.output<typeof diagramSchema>;
export type Case = z.output<typeof caseSchema>;
export type Tradeoff = z.output<typeof tradeoffSchema>;
export type Pattern = z.output<typeof patternSchema>;
export type Plan = z.output<typeof planSchema>;
export type Curveball = z.output<typeof curveballsSchema>["curveballs"][number];
export type NodeKind = (typeof NODE_KINDS)[number];
export type Framework = z.output<typeof frameworkSchema>;
export type Vocabulary = z.output<typeof vocabularySchema>;

/** The whole bank, read once at the start. Keys of the maps are slugs (file names), in order. */
export interface Bank {
  readonly framework: Framework;
  readonly vocabulary: Vocabulary;
  readonly cases: ReadonlyMap<string, Case>;
  readonly tradeoffs: ReadonlyMap<string, Tradeoff>;
  readonly patterns: ReadonlyMap<string, Pattern>;
  readonly plans: ReadonlyMap<string, Plan>;
  /** Those that fit any case; each case has its own besides. */
  readonly curveballs: readonly Curveball[];
}
