import { describe, expect, it } from "vitest";
import { BankError, loadBank } from "../../src/store/bank.ts";
import { problemText } from "../../src/store/content_problem.ts";
import { bankOf, soundTexts, type Texts } from "./fixture.ts";

const CASE = "cases/a-case.yaml";
const TRADEOFF = "tradeoffs/this-or-that.yaml";

/** The problems of a bank, as an author reads them. */
async function problemsOf(texts: Texts): Promise<string[]> {
  const dir = await bankOf(texts);
  return loadBank(dir).then(
    () => [],
    (error: unknown) => {
      if (error instanceof BankError) return error.problems.map(problemText);
      throw error;
    },
  );
}

const replaceIn = (name: string, from: string | RegExp, to: string): { texts: Texts; line: number } => {
  const texts = soundTexts();
  const before = texts[name] ?? "";
  const at = typeof from === "string" ? before.indexOf(from) : before.search(from);
  expect(at, `${from} stands in ${name}`).toBeGreaterThanOrEqual(0);
  const skipped = from instanceof RegExp ? (from.exec(before)?.[0].search(/\S/) ?? 0) : 0;
  return { texts: { ...texts, [name]: before.replace(from, to) }, line: before.slice(0, at + skipped).split("\n").length };
};

describe("a sound bank", () => {
  it("is loaded whole, in alphabetical order, from a folder's address or path", async () => {
    const texts = soundTexts();
    const dir = await bankOf({ ...texts, "cases/0-first.yaml": texts[CASE] ?? "" });
    const bank = await loadBank(dir);
    expect([...bank.cases.keys()]).toEqual(["0-first", "a-case"]);
    expect([...bank.tradeoffs.keys()]).toEqual(["this-or-that"]);
    expect(bank.framework.steps).toHaveLength(7);
    expect(bank.cases.get("a-case")?.steps.data.rubric[0]?.alsoEarns).toEqual([]);
    expect(bank.vocabulary.terms[1]).toEqual({ name: "queue", aliases: [], tools: ["Kafka"] });
  });
});

describe("one thing that is wrong", () => {
  it.each<[string, string, string | RegExp, string, string]>([
    [
      "a schema that is not named",
      CASE,
      "# yaml-language-server: $schema=../schema/case.json",
      "# A case",
      'the first line must be "# yaml-language-server: $schema=../schema/case.json"',
    ],
    ["another file's schema", TRADEOFF, "schema/tradeoff.json", "schema/case.json", "the first line must be"],
    ["a text that is a number", CASE, "title: A case", "title: 12", "title: must be string, but is number (12); put it in quotes"],
    [
      "a colon that needs quotes",
      CASE,
      "prompt: Design the thing, please.",
      "prompt:\n  Design: the thing, please.",
      'prompt: must be string, but is object; a text with ": " in it needs quotes',
    ],
    ["a key that is none", CASE, "difficulty: easy", "dificulty: easy\ndifficulty: easy", "dificulty: is no key of this schema"],
    [
      "a word outside the list",
      CASE,
      "difficulty: easy",
      "difficulty: simple",
      'difficulty: is "simple"; choose one of easy, medium, hard',
    ],
    ["a number out of range", CASE, "minutes: 45", "minutes: 5", "minutes: is 5; it needs at least 20"],
    ["a slug with a capital", CASE, "  - things", "  - Things", 'topics[0]: "Things": use lower case words joined by hyphens'],
    ["an address that is none", TRADEOFF, "url: https://example.org/paper", "url: ftp://example.org", "sources[0].url: "],
    ["an option that is not there", TRADEOFF, "answer: 0", "answer: 2", "scenarios[0].answer: is 2, but options are counted from 0 to 1"],
    [
      "a number's source that is not there",
      TRADEOFF,
      "  source: paper",
      "  source: book",
      'number.source: "book" is no source of this file; there are paper',
    ],
    [
      "a named system's source that is not there",
      CASE,
      /source: paper/,
      "source: book",
      'named[0].source: "book" is no source of this file; there are paper, talk, post',
    ],
    [
      "a claim's source that is not there",
      CASE,
      /(?<=a hundred\.\n {4})source: paper/,
      "source: book",
      'claims[0].source: "book" is no source',
    ],
    [
      "a trade-off that is not there",
      CASE,
      "- this-or-that",
      "- that-or-this",
      'tradeoffs[0]: "that-or-this" is no file in content/tradeoffs; there are this-or-that',
    ],
    [
      "a probe of no point",
      CASE,
      "point: point-0",
      "point: point-9",
      'steps.requirements.probes[0].point: "point-9" is no rubric point of this step',
    ],
    ["an id said twice", CASE, "id: point-1", "id: point-0", 'steps.requirements.rubric[1].id: "point-0" is there already'],
    [
      "an edge from nowhere",
      CASE,
      "- from: from",
      "- from: form",
      'diagrams[0].edges[0].from: "form" is no node of this diagram; there are from, to',
    ],
    ["a plane that is not there", CASE, "plane: plane", "plane: plan", 'diagrams[0].nodes[0].plane: "plan" is no plane of this diagram'],
    [
      "a star by itself",
      CASE,
      "- - zorkrequirementsaaa",
      '- - "zork *"',
      'steps.requirements.rubric[0].groups[0][0]: "zork *": write words',
    ],
    ["a step out of its order", "framework.yaml", "id: requirements", "id: data", 'steps[0].id: must be "requirements"'],
    [
      "a word of two terms",
      "vocabulary.yaml",
      "- Kafka",
      "- Split test",
      'terms[1].tools[0]: "Split test" already stands under "A/B test"',
    ],
  ])("%s", async (_, name, from, to, message) => {
    const { texts, line } = replaceIn(name, from, to);
    const problems = await problemsOf(texts);
    expect(
      problems.filter((problem) => problem.startsWith(`content/${name}:${line}: `) && problem.includes(message)),
      problems.join("\n"),
    ).toHaveLength(1);
  });

  it("is a point that earns what is not there, or itself", async () => {
    for (const [id, message] of [
      ["point-9", '"point-9" is no rubric point of this step'],
      ["point-0", "names its own point"],
    ] as const) {
      const { texts, line } = replaceIn(CASE, "id: point-0\n", `id: point-0\n        alsoEarns: [${id}]\n`);
      expect(await problemsOf(texts)).toEqual([
        expect.stringMatching(`^content/${CASE}:${line + 1}: steps\\.requirements\\.rubric\\[0\\]\\.alsoEarns\\[0\\]: .*${message}`),
      ]);
    }
  });

  it("is a key that is missing, told at the line of its parent", async () => {
    const { texts, line } = replaceIn(CASE, "    unit: a day\n", "");
    expect((await problemsOf(texts))[0]).toMatch(
      new RegExp(`^content/${CASE}:${line - 4}: estimates\\[0\\]\\.unit: is missing; add it \\(string\\)`),
    );
  });

  it("is a node that no edge touches", async () => {
    const { texts } = replaceIn(CASE, /to: to/, "to: from");
    expect((await problemsOf(texts)).map((problem) => problem.replace(/^\S+ /, ""))).toEqual([
      'diagrams[0].nodes[1]: no edge touches "to"; connect it or remove it',
      'diagrams[0].edges[0]: leads from "from" to itself; remove it',
    ]);
  });

  it("is text that is no YAML, at its line", async () => {
    const { texts, line } = replaceIn(TRADEOFF, "title: This or that", "title: [This or that");
    expect((await problemsOf(texts))[0]).toMatch(new RegExp(`^content/${TRADEOFF}:${line + 1}: YAML: `));
  });

  it("is a key said twice", async () => {
    const { texts, line } = replaceIn(TRADEOFF, "title: This or that", "title: One\ntitle: Two");
    expect((await problemsOf(texts))[0]).toBe(`content/${TRADEOFF}:${line + 1}: YAML: Map keys must be unique`);
  });

  it("is a bomb of aliases, refused before it expands", async () => {
    const bomb = ["a: &l0 [x, x]", ...Array.from({ length: 30 }, (_, at) => `l${at}: &l${at + 1} [*l${at}, *l${at}]`)].join("\n");
    const problems = await problemsOf({
      ...soundTexts(),
      "vocabulary.yaml": `# yaml-language-server: $schema=schema/vocabulary.json\n${bomb}\n`,
    });
    expect(problems).toEqual([expect.stringMatching(/^content\/vocabulary\.yaml:1: YAML: .*alias/)]);
  });

  it("is a file that is missing, empty, or has a name that is no slug", async () => {
    const { "framework.yaml": _, ...texts } = soundTexts();
    expect(await problemsOf({ ...texts, "vocabulary.yaml": "", "cases/Other Case.yml": "" })).toEqual([
      expect.stringMatching(/^content\/cases\/Other Case\.yml:1: .*lower case words/),
      "content/framework.yaml:1: cannot be read; add the file",
      expect.stringMatching(/^content\/vocabulary\.yaml:1: the first line must be/),
      "content/vocabulary.yaml:1: must be object, but is empty",
    ]);
  });
});

it("tells everything that is wrong in all files at once, in the message too", async () => {
  const texts = {
    ...replaceIn(CASE, "minutes: 45", "minutes: 5\nwrong: 1").texts,
    [TRADEOFF]: replaceIn(TRADEOFF, "answer: 0", "answer: 9").texts[TRADEOFF] ?? "",
  };
  const error = await loadBank(await bankOf(texts)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BankError);
  const lines = (error as BankError).message.split("\n");
  expect(lines[0]).toBe("The question bank cannot be used:");
  expect(lines.slice(1).map((line) => line.split(": ")[1])).toEqual(["minutes", "wrong", "scenarios[0].answer"]);
});
