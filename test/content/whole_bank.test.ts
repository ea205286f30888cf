import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { coverage, gradeAnswer } from "../../src/core/grading.ts";
import { bank } from "../kit/bank.ts";

/** Every rule over the whole bank, each example left out of what the grader learns from. */
describe("npm run content:check", () => {
  const run = (...flags: string[]) => spawnSync(process.execPath, ["src/store/content_check.ts", ...flags], { encoding: "utf8" });

  it("finds nothing, and says what is there", () => {
    const { status, stdout } = run();
    expect(stdout).toMatch(new RegExp(`^content is sound: ${bank.cases.size} cases, ${bank.tradeoffs.size} trade-offs, `));
    expect(status).toBe(0);
  });

  it("speaks to machines", () => {
    const report: unknown = JSON.parse(run("--json").stdout);
    expect(report).toMatchObject({ problems: [], counts: { cases: bank.cases.size, "trade-offs": bank.tradeoffs.size } });
  });

  it("refuses a flag it does not know", () => expect(run("--jsn").status).toBe(2));
});

describe.each([...bank.cases])("%s", (_, item) => {
  it.each(STEPS)("gives a model answer of %s all its points, and small talk none", (step) => {
    const { rubric, reference } = item.steps[step];
    const share = (answer: string) => coverage(rubric, gradeAnswer(rubric, answer, bank.vocabulary));
    expect(share(reference)).toBe(1);
    expect(share("Hello everybody, it is a pleasure to be here. Could you please say that once more?")).toBe(0);
  });

  it.each(STEPS)("only mentions the points of %s for all its keywords, however they are listed", (step) => {
    const { rubric } = item.steps[step];
    const keywords = rubric.flatMap(({ groups }) => groups.flat().map((phrase) => phrase.replaceAll("*", "")));
    for (const list of [keywords.join(", "), keywords.join("\n"), `We should have the ${keywords.join(" and the ")}.`])
      expect(gradeAnswer(rubric, list, bank.vocabulary).filter(({ state }) => state === "covered")).toEqual([]);
  });
});
