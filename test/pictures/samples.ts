/** Pictures of every kind, with what people really call themselves. */
import type { Comparison } from "../../src/core/architecture.ts";
import type { Case, Tradeoff } from "../../src/core/content.ts";
import type { BoardPicture, ProgressPicture, ScorecardPicture, SheetPicture } from "../../src/core/picture.ts";

const NAMES = [
  "Mira Okonkwo 🚀",
  "田中 さくら",
  "김민준 🔥",
  "Zoë Łukasiewicz-Fernández de la Vega y Montenegro",
  "👩‍💻 devi",
  "王小明",
  "Ana 🇧🇷🎧",
  "x_Grad1ent_x",
  "👨‍👩‍👧‍👦🏳️‍🌈❤️",
  "Ёжик в тумане",
];

export const board: BoardPicture = {
  kind: "board",
  title: "Weekly leaderboard",
  subtitle: "#ml-design-drills · 16–22 Nov · 148 players",
  unit: "points",
  rows: [
    ...NAMES.map((name, i) => ({
      rank: [1, 2, 2, 4, 5, 6, 6, 6, 9, 10][i] ?? i + 1,
      name,
      value: [4820, 4655, 4655, 3985, 3720, 3310, 3310, 3310, 2110, 12.5][i] ?? 0,
      streak: [31, 12, 45, 7, 0, 3, 9, 1, 0, 120][i] ?? 0,
      movement: [0, 2, -1, 0, 12, -3, 0, 0, 1, 0][i] ?? 0,
      days: Array.from({ length: 7 }, (_, day) => ((i * 37 + day * 53) % 11) * ((i + day) % 3)),
    })),
    { rank: 41, name: "Neighbour above", value: 11, gap: true, streak: 2, movement: 0, days: [0, 1, 0, 2, 0, 0, 1] },
    { rank: 42, name: "Grace", value: 10, own: true, streak: 4, movement: 5, days: [0, 0, 0, 2, 3, 3, 2] },
  ],
};

export const scorecard: ScorecardPicture = {
  kind: "scorecard",
  title: "Mock round: Ad click prediction",
  subtitle: "Grace · 45 min · 21 Nov 2026",
  level: 2.5,
  ticks: "median of this group",
  system: 0.58,
  steps: [
    { title: "Clarify requirements", level: 3.5, median: 2.5, coverage: 0.81, minutes: { used: 6, planned: 6 } },
    { title: "Frame as an ML problem", level: 2, median: 2.5, coverage: 0.4, minutes: { used: 5, planned: 5 } },
    { title: "Data preparation", level: 3, median: 3, coverage: 0.6, minutes: { used: 8, planned: 6 } },
    { title: "Feature engineering", level: 2.5, median: 2, differ: true, coverage: 0.55, minutes: { used: 6, planned: 6 } },
    { title: "Model development and evaluation", level: 4, median: 3, coverage: 0.92, minutes: { used: 9, planned: 9 } },
    { title: "Deployment and serving", level: 1.5, median: 2.5, coverage: 0.22, minutes: { used: 4, planned: 7 } },
    { title: "Monitoring and maintenance", coverage: 0, minutes: { used: 1, planned: 6 } },
  ],
  essentials: [
    { name: "Scale", settled: true },
    { name: "Latency", settled: true },
    { name: "When data drifts", settled: false },
    { name: "Data → features → serving", settled: true },
  ],
};

export const progress: ProgressPicture = {
  kind: "progress",
  title: "Your last 26 weeks",
  until: "2026-11-21",
  days: Array.from({ length: 182 }, (_, day) => Math.max(0, ((day * 7919) % 23) - 14 + Math.floor(day / 40))),
  streak: 5,
  longest: 14,
  steps: scorecard.steps.map(({ title, coverage }, at) => ({
    title,
    answers: 3 * at,
    ...(at > 0 && coverage !== undefined ? { coverage } : {}),
  })),
  system: 0.62,
  trend: ["2026-07-04", "2026-07-25", "2026-08-15", "2026-09-12", "2026-10-10", "2026-11-14"].map((at, i) => ({
    at,
    level: [1.5, 2, 2, 2.5, 2.5, 3][i] ?? 1,
  })),
};

/** As the product will make it: the first reason of each side, and the number. */
export const sheetOf = (tradeoffs: Iterable<Tradeoff>): SheetPicture => ({
  kind: "sheet",
  title: "Trade-offs on one page",
  subtitle: "When each side wins",
  rows: [...tradeoffs].map(({ title, a, b }) => ({
    title,
    a: { name: a.name, when: a.in_short },
    b: { name: b.name, when: b.in_short },
  })),
});

/** A drawing from memory of which a share of the boxes is missing, with a wrong box, reversed arrows and a shortcut. */
export function comparisonOf(diagram: Case["diagrams"][number], missing: number): Comparison {
  const gone = new Set(diagram.nodes.filter((_, i) => (i * 7 + 3) % diagram.nodes.length < missing).map((node) => node.id));
  const kept = diagram.nodes.filter((node) => !gone.has(node.id));
  const edges: Comparison["edges"] = diagram.edges.map((edge, i) => ({
    ...edge,
    state: gone.has(edge.from) || gone.has(edge.to) || i % 5 === 4 ? "missing" : i % 5 === 2 ? "reversed" : "matched",
  }));
  const [first, , third] = kept;
  if (!first || !third) throw new Error("too little is left to compare");
  return {
    planes: diagram.planes,
    nodes: [
      ...diagram.nodes.map((node) => ({ ...node, state: gone.has(node.id) ? ("missing" as const) : ("matched" as const) })),
      { id: "typed-response-cache", label: "Response cache", kind: "store", state: "extra" },
    ],
    edges: [
      ...edges,
      { from: "typed-response-cache", to: first.id, async: false, state: "extra" },
      { from: first.id, to: third.id, async: false, state: "shortcut" },
    ],
    f1: 0.62,
  };
}
