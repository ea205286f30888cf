/** A whole small bank that is sound, made of words that mean nothing, to be broken one thing at a time. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { STEPS } from "../../src/core/content.ts";
import { writeSchemas } from "../../src/store/content_report.ts";

/** Name of a file in the content folder -> its text. */
export type Texts = Record<string, string>;

const ASPECTS_OF = {
  requirements: "scale",
  framing: "latency",
  data: "offline-metric",
  features: "features-batch",
  model: "features-stream",
  serving: "delivery",
  monitoring: "drift",
};
const MORE_ASPECTS = {
  requirements: "online-metric",
  framing: "caching",
  data: "rollout",
  features: "rollback",
  model: "retraining",
  serving: "cost",
  monitoring: "cost",
};

const point = (step: keyof typeof ASPECTS_OF, nth: number) => {
  // Words of letters only, so that a typing error of one is none of another.
  const key = `${step}${"abcd"[nth]?.repeat(3)}`;
  const [one, two] = [`zork${key}`, `quux${key}`];
  return {
    id: `point-${nth}`,
    text: `A strong answer brings ${one} to ${two}.`,
    side: nth === 3 ? "ml" : "system",
    weight: 1,
    aspects: [nth === 0 ? ASPECTS_OF[step] : MORE_ASPECTS[step]],
    statements: [`The ${one} of every row is brought to its ${two} as soon as possible.`],
    groups: [[one], [two]],
    good: [
      `I take ${one}${nth} from outside, then I fold ${one} into the ${two} at night.`,
      `Give me a ${two} with enough room for the ${one} of a busy Monday.`,
      `When in doubt, the ${one} waits in line before our ${two} opens.`,
    ],
    bad: [`There should be more of the ${one} for everybody.`, `We skip the ${two} and the ${one} altogether.`],
  };
};

const reference = (step: keyof typeof ASPECTS_OF): string => {
  const opening = [0, 1, 2, 3].map((nth) => point(step, nth)).map(({ groups }) => `Of the ${groups[0]} we make the ${groups[1]} here.`);
  const rest = Array.from({ length: 12 }, (_, nth) => `In ${step}${nth} one finds ${nth}${step} and never other things than that kind.`);
  return [...opening, ...rest].join(" ");
};

const source = {
  id: "paper",
  title: "A paper",
  by: "Somebody",
  year: 2020,
  url: "https://example.org/paper",
  took: "The size of the thing.",
};
const asked = [{ ask: "How many of them?", answer: "A great many of them." }];

const SHOWS = ["system", "data", "features", "training", "online", "rollout", "monitoring"];

export const soundCase = () => ({
  title: "A case",
  prompt: "Design the thing, please.",
  difficulty: "easy",
  topics: ["things"],
  asked_of: ["engineers"],
  minutes: 45,
  named: [1, 2].map((nth) => ({ ask: `How does system ${nth} do it?`, answer: "With a great many things.", source: "paper" })),
  requirements: { business: asked, scale: asked, performance: asked },
  estimates: [1, 2].map((nth) => ({
    id: `estimate-${nth}`,
    ask: "How many in a day?",
    formula: "a * b",
    value: 100,
    unit: "a day",
    factor: 2,
    reasoning: "Ten times ten is a hundred.",
  })),
  steps: Object.fromEntries(
    STEPS.map((step) => [
      step,
      {
        reference: reference(step),
        rubric: [0, 1, 2, 3].map((nth) => point(step, nth)),
        probes: [1, 2, 3].map((nth) => ({ ask: `Why ${step} ${nth}?`, strong: `Because of ${step} ${nth}.`, point: "point-0" })),
        pitfalls: [`Never ${step} alone.`],
      },
    ]),
  ),
  diagrams: SHOWS.map((shows) => ({
    id: shows,
    title: `The ${shows}`,
    shows,
    alt: `From the left to the right, the ${shows} begins at one box and ends at another.`,
    planes: [{ id: "plane", title: "Plane" }],
    nodes: [
      { id: "from", label: "From", kind: "client", plane: "plane" },
      { id: "to", label: "To", kind: "service" },
    ],
    edges: [{ from: "from", to: "to" }],
  })),
  tradeoffs: ["this-or-that"],
  curveballs: [1, 2, 3].map((nth) => ({
    id: `curve-${nth}`,
    change: `It grows by ${nth}.`,
    adapt: "Add more of it.",
    keep: "The rest of it.",
  })),
  claims: [{ says: "There are a hundred.", source: "paper" }],
  sources: ["paper", "talk", "post"].map((id) => ({ ...source, id })),
});

const soundTradeoff = {
  title: "This or that",
  a: { name: "This", in_short: "it is small", wins: ["When it is small."] },
  b: { name: "That", in_short: "it is large", wins: ["When it is large."] },
  number: { says: "A hundred is large.", source: "paper" },
  steps: ["data"],
  scenarios: [
    {
      id: "first",
      situation: "It is small today.",
      ask: "Which of the two?",
      options: ["This", "That"],
      answer: 0,
      reason: "Because it is small.",
    },
  ],
  card: { front: "When does this win?", back: "When it is small." },
  sources: [source],
};

const soundPattern = {
  title: "A pattern",
  problem: "It goes wrong without it.",
  shape: {
    alt: "From the left to the right, it begins at one box and ends at another one.",
    nodes: [
      { id: "from", label: "From", kind: "client" },
      { id: "to", label: "To", kind: "service" },
    ],
    edges: [{ from: "from", to: "to" }],
  },
  when: ["When it is small.", "When it is large."],
  breaks: ["When it is red: make it blue.", "When it is old: make it new."],
  uses: ["a-case"],
  card: { front: "When does it pay?", back: "When it is small." },
  sources: [source],
};

const soundPlan = {
  title: "Two weeks",
  about: "For who has two weeks.",
  days: 14,
  phases: [
    { title: "First", from: 1, to: 3, focus: "Read the framework.", kinds: ["choice"] },
    { title: "Then", from: 4, to: 14, focus: "Play the rounds.", cases: ["a-case"], rounds: 3 },
  ],
};

const soundCurveballs = {
  curveballs: [{ id: "tenfold", change: "It grows tenfold.", adapt: "Add more of it.", keep: "The rest of it.", steps: ["serving"] }],
};

const soundFramework = {
  steps: STEPS.map((id) => ({
    id,
    title: `Step ${id}`,
    goal: "Reach the goal of it.",
    minutes: 5,
    checklist: ["Check the first.", "Check the second.", "Check the third."],
    probes: ["Ask the first?", "Ask the second?", "Ask the third?"],
    pitfalls: ["Do not fall.", "Do not stay."],
    levels: ["Level one of it.", "Level two of it.", "Level three of it.", "Level four of it."],
  })),
  breakdown: ["business", "scale", "performance"].map((id) => ({ id, title: id, ask: ["Ask this one?", "Ask that one?"] })),
  quick: ["data", "evaluation", "model", "inference"].map((id) => ({ id, title: id, covers: ["data"], ask: "Ask this one?" })),
};

const yaml = (schema: string, value: object): string => `# yaml-language-server: $schema=${schema}\n${stringify(value)}`;

export const soundTexts = (): Texts => ({
  "framework.yaml": yaml("schema/framework.json", soundFramework),
  "vocabulary.yaml": yaml("./schema/vocabulary.json", {
    terms: [
      { name: "A/B test", aliases: ["split test"], tools: [] },
      { name: "queue", tools: ["Kafka"] },
    ],
  }),
  "cases/a-case.yaml": yaml("../schema/case.json", soundCase()),
  "tradeoffs/this-or-that.yaml": yaml("../schema/tradeoff.json", soundTradeoff),
  "patterns/a-pattern.yaml": yaml("../schema/pattern.json", soundPattern),
  "plans/two-weeks.yaml": yaml("../schema/plan.json", soundPlan),
  "curveballs.yaml": yaml("schema/curveballs.json", soundCurveballs),
});

/** Writes a content folder that nothing else uses; it is gone when the test is over. */
export async function bankOf(texts: Texts): Promise<URL> {
  const parent = await mkdtemp(join(tmpdir(), "drillroom-bank-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  const dir = join(parent, "content");
  for (const folder of ["cases", "tradeoffs", "patterns", "plans"]) await mkdir(join(dir, folder), { recursive: true });
  for (const [name, text] of Object.entries(texts)) await writeFile(join(dir, name), text);
  const url = pathToFileURL(`${dir}/`);
  await writeSchemas(url);
  return url;
}
