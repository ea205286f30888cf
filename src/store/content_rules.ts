/** What makes a case complete, as far as a machine can tell (the rules are in content/README.md). */
import { type ASPECTS, type Case, type Diagram, STEPS } from "../core/content.ts";
import type { Finding } from "./content_problem.ts";

const REFERENCE_WORDS = { least: 120, most: 250 } as const;
/** Share of a case's weight that is `system`. The interview is about 70 % software system. */
const SYSTEM_SHARE = { least: 0.6, most: 0.8 } as const;

type Aspect = (typeof ASPECTS)[number];

/** Every case has at least one rubric point for one aspect of each of these. */
const NEEDED: readonly (readonly Aspect[])[] = [
  ["scale"],
  ["latency"],
  ["features-batch"],
  ["features-stream"],
  ["offline-metric"],
  ["online-metric"],
  ["caching", "sharding", "load-balancing"],
  ["delivery"],
  ["rollout"],
  ["rollback"],
  ["drift"],
  ["retraining"],
];

const SHOWN: readonly Diagram["shows"][] = ["system", "data", "features", "training", "online", "rollout", "monitoring"];

export const caseRules = (item: Case): Finding[] => [
  ...STEPS.flatMap((step): Finding[] => {
    const words = wordCount(item.steps[step].reference);
    const { least, most } = REFERENCE_WORDS;
    return words >= least && words <= most
      ? []
      : [{ path: ["steps", step, "reference"], message: `has ${words} words; a model answer has ${least} to ${most}` }];
  }),
  ...balance(item),
  ...aspects(item),
  ...SHOWN.filter((shows) => !item.diagrams.some((diagram) => diagram.shows === shows)).map((shows) => ({
    path: ["diagrams"],
    message: `none shows "${shows}"; a case has one of each: ${SHOWN.join(", ")}`,
  })),
];

function balance(item: Case): Finding[] {
  const points = pointsOf(item);
  const weigh = (side: string | undefined) =>
    points.reduce((sum, point) => sum + (side === undefined || point.side === side ? point.weight : 0), 0);
  const share = weigh("system") / weigh(undefined);
  const { least, most } = SYSTEM_SHARE;
  if (share >= least && share <= most) return [];
  const advice = share < least ? "add system points or weigh them more" : "add machine learning points or weigh them more";
  return [
    {
      path: ["steps"],
      message: `${percent(share)} of the rubric's weight is system; it must be ${percent(least)} to ${percent(most)}: ${advice}`,
    },
  ];
}

function aspects(item: Case): Finding[] {
  const present = new Set(pointsOf(item).flatMap((point) => point.aspects));
  return NEEDED.filter((any) => !any.some((aspect) => present.has(aspect))).map((any) => ({
    path: ["steps"],
    message: `no rubric point has the aspect ${any.join(" or ")}; every case has one`,
  }));
}

const pointsOf = (item: Case) => STEPS.flatMap((step) => item.steps[step].rubric);
const percent = (share: number): string => `${Math.round(share * 100)} %`;

const wordCount = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
