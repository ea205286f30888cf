import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { STEPS } from "../../src/core/content.ts";
import { problemText } from "../../src/store/content_problem.ts";
import { checkContent } from "../../src/store/content_report.ts";
import { bankOf, soundCase, soundTexts } from "./fixture.ts";

type AnyCase = ReturnType<typeof soundCase>;
type AnyStep = AnyCase["steps"][string];
type AnyPoint = AnyStep["rubric"][number];

/** What the check says of the sound case after an edit, without file and line. */
async function afterEdit(edit: (item: AnyCase) => void): Promise<string[]> {
  const item = soundCase();
  edit(item);
  const text = `# yaml-language-server: $schema=../schema/case.json\n${stringify(item)}`;
  const { problems } = await checkContent(await bankOf({ ...soundTexts(), "cases/a-case.yaml": text }));
  return problems.map((problem) => problemText(problem).replace(/^content\/cases\/a-case\.yaml:\d+: /, ""));
}

const step = (item: AnyCase, name: string): AnyStep => {
  const found = item.steps[name];
  if (!found) throw new Error(`no step ${name}`);
  return found;
};

const point = (item: AnyCase, nth: number) => {
  const found = step(item, "data").rubric[nth];
  if (!found) throw new Error(`no point ${nth}`);
  return found;
};

const put = (texts: string[], at: number, text: string): void => void texts.splice(at, 1, text);

const cut = (of: AnyStep, length: number): void => {
  of.reference = of.reference.slice(0, length);
};

const add = (to: AnyStep, text: string): void => {
  to.reference += text;
};

const everyPoint = (item: AnyCase, change: (one: AnyPoint, at: number) => AnyPoint): void => {
  for (const each of Object.values(item.steps)) each.rubric = each.rubric.map(change);
};

describe("the check", () => {
  it("finds nothing in a sound bank, and counts it", async () => {
    const { problems, counts } = await checkContent(await bankOf(soundTexts()));
    expect(problems.map(problemText)).toEqual([]);
    expect(counts).toMatchObject({
      cases: 1,
      "trade-offs": 1,
      steps: 7,
      "rubric points": 28,
      "good examples": 84,
      probes: 21,
      diagrams: 7,
    });
  });

  it.each<[string, (item: AnyCase) => void, string[]]>([
    ["a reference that is too short", (item) => cut(step(item, "data"), 500), ["steps.data.reference: has"]],
    ["a reference that is too long", (item) => add(step(item, "data"), " word".repeat(120)), ["steps.data.reference: has"]],
    [
      "a reference that earns less than its rubric",
      (item) => {
        step(item, "data").reference = step(item, "data").reference.replace("quuxdataaaa", "thing");
      },
      ['steps.data.reference: does not earn "point-0" (mentioned'],
    ],
    ["too little of the system", (item) => everyPoint(item, (one, at) => ({ ...one, side: at < 2 ? "ml" : "system" })), ["steps: 50 % of"]],
    ["too little machine learning", (item) => everyPoint(item, (one) => ({ ...one, side: "system" })), ["steps: 100 % of"]],
    [
      "an aspect that no point has",
      (item) =>
        everyPoint(item, (one) => ({ ...one, aspects: one.aspects.map((it) => (it === "drift" || it === "caching" ? "cost" : it)) })),
      ["steps: no rubric point has the aspect caching or sharding or load-balancing", "steps: no rubric point has the aspect drift"],
    ],
    [
      "a view that no diagram shows",
      (item) => {
        item.diagrams = item.diagrams.map((diagram) => (diagram.shows === "rollout" ? { ...diagram, shows: "online" } : diagram));
      },
      ['diagrams: none shows "rollout"'],
    ],
    [
      "a good example without a phrase",
      (item) => put(point(item, 0).good, 1, "Something else is said in here."),
      ["steps.data.rubric[0].good[1]: does not earn its point (missed); groups [0] and [1]"],
    ],
    [
      "a good example that earns another point",
      (item) => put(point(item, 0).good, 1, "Give zorkdataaaa to quuxdataaaa. So is zorkdatabbb of any quuxdatabbb."),
      ['steps.data.rubric[0].good[1]: also earns "point-1"'],
    ],
    [
      "a bad example that earns the point",
      (item) => put(point(item, 0).bad, 1, "Let us have zorkdataaaa for quuxdataaaa."),
      ["steps.data.rubric[0].bad[1]: earns the point (covered"],
    ],
    [
      "a statement that does not earn the point",
      (item) => put(point(item, 0).statements, 0, "Nothing of it is in here."),
      ["steps.data.rubric[0].statements[0]: does not earn its point"],
    ],
    [
      "a good example that paraphrases the statement",
      (item) => put(point(item, 0).good, 1, "Every zorkdataaaa row is brought to its quuxdataaaa as soon as is possible."),
      ["steps.data.rubric[0].good[1]: paraphrases a statement"],
    ],
    [
      "two examples that are one",
      (item) => put(point(item, 0).good, 2, "Give me the quuxdataaaa with enough room for zorkdataaaa, a busy Monday."),
      ["steps.data.rubric[0].good[2]: paraphrases another example"],
    ],
    [
      "a sentence that was written twice",
      (item) => {
        const ask = (nth: number) => ({
          ask: `Why ${nth}, when nobody ever asked for any of this?`,
          strong: `Answer number ${nth}.`,
          point: "point-0",
        });
        step(item, "data").probes = [1, 2, 3].map(ask);
      },
      ["steps.data.probes[1].ask: ", "steps.data.probes[2].ask: "],
    ],
  ])("finds %s", async (_, edit, expected) => {
    const problems = await afterEdit(edit);
    expect(problems.map((problem, at) => problem.slice(0, expected[at]?.length))).toEqual(expected);
  });

  it("lets a good example earn a point that alsoEarns names", async () => {
    const problems = await afterEdit((item) => {
      point(item, 0).good[1] += " So is zorkdatabbb of any quuxdatabbb.";
      Object.assign(point(item, 0), { alsoEarns: ["point-1"] });
    });
    expect(problems).toEqual([]);
  });

  it("finds a sentence of another case", async () => {
    const texts = soundTexts();
    const { problems } = await checkContent(await bankOf({ ...texts, "cases/b-case.yaml": texts["cases/a-case.yaml"] ?? "" }));
    const said = problems.filter(({ message }) => message.includes("what content/cases/a-case.yaml says already"));
    expect(said.length).toBeGreaterThan(7);
    // A copy is from a mould, too: its boxes, and its references with the names masked.
    const mould = problems.filter(({ message }) => /shares 2 boxes with a-case|could stand in a-case/.test(message));
    expect(mould).toHaveLength(1 + STEPS.length);
    expect([...said, ...mould].every(({ file }) => file === "content/cases/b-case.yaml")).toBe(true);
    expect(problems).toHaveLength(said.length + mould.length);
  });

  it("finds a sentence of another trade-off", async () => {
    const texts = soundTexts();
    const long = "Because it is small enough that nobody would ever think of asking for more.";
    const told = (texts["tradeoffs/this-or-that.yaml"] ?? "").replace("Because it is small.", long);
    const { problems } = await checkContent(await bankOf({ ...texts, "tradeoffs/one.yaml": told, "tradeoffs/two.yaml": told }));
    expect(problems.map(problemText)).toEqual([
      expect.stringMatching(/^content\/tradeoffs\/two\.yaml:\d+: .*tradeoffs\/one\.yaml says already/),
    ]);
  });

  it("finds a frame that too many examples begin with", async () => {
    const problems = await afterEdit((item) => {
      for (const nth of [0, 1, 2, 3])
        for (const good of [0, 1]) point(item, nth).good[good] = `Well then you know what ${point(item, nth).good[good]}`;
    });
    expect(problems.filter((problem) => problem.includes('examples of the bank begin "well then you know what'))).toHaveLength(3);
  });

  it("finds a schema that is stale", async () => {
    const dir = await bankOf(soundTexts());
    await writeFile(new URL("schema/case.json", dir), "{}");
    const { problems } = await checkContent(dir);
    expect(problems.map(problemText)).toEqual([expect.stringMatching(/^content\/schema\/case\.json:1: is not what .* --write$/)]);
  });
});
