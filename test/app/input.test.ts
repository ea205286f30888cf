import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { command } from "../../src/app/command.ts";
import { fieldsOf, typed } from "../../src/app/input.ts";

const unused = () => Promise.reject(new Error("not run here"));
const sample = command({
  path: "sample",
  summary: "Sample",
  access: "anyone",
  input: z.object({
    maybe: z.boolean().optional().describe("Perhaps"),
    kind: z.enum(["a", "b"]).default("a").describe("Which kind"),
    count: z.int().min(1).max(9).describe("How many"),
    ratio: z.number().optional(),
    words: z.string().max(20).meta({ completes: true }),
    round: z.string().optional().meta({ carried: true }),
  }),
  complete: unused,
  run: unused,
});

describe("input", () => {
  it("reads fields off the schema, required ones first, without what only buttons carry", () => {
    expect(fieldsOf(sample)).toMatchObject([
      { name: "count", type: "integer", required: true, minimum: 1, maximum: 9, description: "How many", completes: false },
      { name: "words", type: "string", required: true, maxLength: 20, completes: true },
      { name: "maybe", type: "boolean", required: false },
      { name: "kind", type: "string", required: false, choices: ["a", "b"] },
      { name: "ratio", type: "number", required: false },
    ]);
  });

  it("types strings as declared, and leaves what does not fit for the schema to refuse", () => {
    expect(typed(sample, { count: " 7 ", ratio: "1.5", maybe: "No", kind: "b", words: " 12 ", round: "r1" })).toEqual({
      count: 7,
      ratio: 1.5,
      maybe: false,
      kind: "b",
      words: " 12 ",
      round: "r1",
    });
    expect(typed(sample, { count: "many", maybe: "perhaps", ratio: "" })).toEqual({ count: "many", maybe: "perhaps", ratio: "" });
  });

  it("finds every offered field of the product described for the person who fills it in", () => {
    for (const one of commands) {
      expect(one.summary.length, one.path).toBeLessThanOrEqual(100);
      if (!one.hidden) for (const field of fieldsOf(one)) expect(field.description, `${one.path} ${field.name}`).not.toBe(field.name);
    }
    expect(fieldsOf(commands.find(({ path }) => path === "mock score") ?? expect.fail()).map(({ name, type }) => [name, type])).toEqual([
      ["step", "integer"],
      ["level", "integer"],
      ["worked", "string"],
      ["change", "string"],
    ]);
  });
});
