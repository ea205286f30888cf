import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { coverage, gradeAnswer } from "../../src/core/grading.ts";
import { loadBank } from "../../src/store/bank.ts";
import { exampleFindings } from "../../src/store/content_examples.ts";
import { problemText } from "../../src/store/content_problem.ts";
import { checkContent } from "../../src/store/content_report.ts";

const content = new URL("../../content/", import.meta.url);
const bank = await loadBank(content);

describe.each([...bank.cases])("%s", (_, item) => {
  it("grades its own examples right, each left out of what the grader learns from", () =>
    expect(exampleFindings(item, bank.vocabulary).map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([]));

  it.each(STEPS)("gives a model answer of %s all its points, and small talk none", (step) => {
    const { rubric, reference } = item.steps[step];
    const share = (answer: string) => coverage(rubric, gradeAnswer(rubric, answer, bank.vocabulary));
    expect(share(reference)).toBe(1);
    expect(share("Hello everybody, it is a pleasure to be here. Could you please say that once more?")).toBe(0);
  });
});

it("is sound throughout", async () => expect((await checkContent(content)).problems.map(problemText)).toEqual([]));

describe("npm run content:check", () => {
  const run = (...flags: string[]) => spawnSync(process.execPath, ["src/store/content_check.ts", ...flags], { encoding: "utf8" });

  it("says that the bank is sound, with counts", () => {
    const { status, stdout } = run();
    expect({ status, first: stdout.split(":")[0] }).toEqual({ status: 0, first: "content is sound" });
  });

  it("speaks to machines", () => {
    const report: unknown = JSON.parse(run("--json").stdout);
    expect(report).toMatchObject({ problems: [], counts: { cases: bank.cases.size, "trade-offs": bank.tradeoffs.size } });
  });

  it("refuses a flag it does not know", () => expect(run("--jsn").status).toBe(2));
});
