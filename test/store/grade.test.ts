import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const outSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  state: z.enum(["covered", "mentioned", "unsure", "missed"]),
  score: z.number().min(0).max(1),
  evidence: z.array(z.strictObject({ start: z.int(), end: z.int(), text: z.string() })),
});

const evaporation = {
  question: "How did you separate the salt from the water?",
  statements: ["The water was evaporated, leaving the salt."],
  good: ["We let the water dry up until only salt was there.", "Evaporation took the water away.", "heat it so the water evaporates"],
  bad: ["We poured it through a filter.", "The salt sank down.", "with a magnet"],
};

/** The real command, as others run it. */
const grade = (input: string) => {
  const { stdout, status } = spawnSync("npm", ["run", "-s", "grade"], { input, encoding: "utf8" });
  expect(status).toBe(0);
  return stdout.split("\n").slice(0, -1);
};
const gradeAll = (...lines: object[]) =>
  grade(lines.map((line) => `${JSON.stringify(line)}\n`).join("")).map((line) => outSchema.parse(JSON.parse(line)));

describe("npm run -s grade", () => {
  it("says what its examples say of an answer", () => {
    const out = gradeAll(
      { id: "right", ...evaporation, answer: "🚨 It was hot. We evaporated the water and the salt stayed." },
      { id: 2, ...evaporation, answer: "We used a filter and poured it through." },
      { id: "none", statements: evaporation.statements, answer: "We evaporated the water and the salt stayed." },
      { id: "groups", statements: [], groups: [["evaporat*"]], good: null, answer: "The water evaporates in the sun." },
      { id: "silent", ...evaporation, answer: "" },
    );
    expect(out.map(({ id, state }) => [id, state])).toEqual([
      ["right", "covered"],
      [2, "missed"],
      ["none", "unsure"],
      ["groups", "covered"],
      ["silent", "missed"],
    ]);
    expect(out[0]?.evidence).toEqual([{ start: 3, end: 58, text: "It was hot. We evaporated the water and the salt stayed" }]);
    expect(out.map(({ score }) => score >= 0.5)).toEqual([true, false, true, true, false]);
  });

  it("quotes the answer by UTF-16 units", () => {
    const answers = [
      "a 🚨 evaporated\u2028water, leaving salt",
      "é́vaporated the \ud83d water",
      "  \n\tThe water\r\nevaporated; salt left!",
    ];
    const out = gradeAll(...answers.map((answer, id) => ({ id, ...evaporation, answer })));
    expect(out.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(0);
    for (const { id, evidence } of out)
      for (const { start, end, text } of evidence) expect(answers[Number(id)]?.slice(start, end)).toBe(text);
  });

  it("gives a bad line its error, in its place, and goes on", () => {
    const good = JSON.stringify({ id: "good", ...evaporation, answer: "It evaporated.", label: 1 });
    const lines = [`\uFEFF${good}`, "{", "", "null", '{"id":"x"}', '{"id":"y","statements":"s","answer":"a"}', `${good}\r`, good];
    const out = grade(lines.join("\n")).map((line) => JSON.parse(line) as { id?: string; error?: string });
    expect(out.map(({ id, error }) => [id, typeof error])).toEqual([
      ["good", "undefined"],
      [undefined, "string"],
      [undefined, "string"],
      [undefined, "string"],
      ["x", "string"],
      ["y", "string"],
      ["good", "undefined"],
      ["good", "undefined"],
    ]);
  });

  it("answers each line when it comes", async () => {
    const child = spawn("npm", ["run", "-s", "grade"], { stdio: ["pipe", "pipe", "inherit"] });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const id of ["first", "second"]) {
      child.stdin.write(`${JSON.stringify({ id, ...evaporation, answer: "It evaporated." })}\n`);
      expect(JSON.parse((await answers.next()).value ?? "")).toMatchObject({ id });
    }
    child.stdin.end();
    expect((await answers.next()).done).toBe(true);
  });
});
