/** Buttons and forms that nobody was shown: whatever they carry is explained, kept harmless or refused, and breaks nothing. */
import fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import { BUTTON_CHARACTERS, decodePress, encodePress } from "../../src/app/button.ts";
import { fieldsOf } from "../../src/app/input.ts";
import { HOUR } from "../../src/core/place.ts";
import { buttonOf, CHANNEL, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product | undefined;
afterEach(() => product?.close());

/** What no form of ours sends, by its kind. */
const FORGED: readonly (readonly [string, unknown])[] = [
  ["a list", ["ben"]],
  ["an object", { id: "ben" }],
  ["nothing", null],
  ["no number", Number.NaN],
  ["a number without an end", 1e308],
  ["a negative number", -1],
  ["a fraction", 0.5],
  ["a truth", true],
  ["an empty text", ""],
  ["a megabyte", "x".repeat(1_000_000)],
  ["a NUL", "a\0b"],
  ["half a character", "a\ud83d b"],
  ["marks upon marks", `e${"\u0301".repeat(4_000)}`],
  ["a query", "'; drop table study_group; --"],
  ["a pattern", "%_\\%"],
  ["a prototype", "__proto__"],
  ["a post that is none", "2026-13-45.99"],
  ["a post of long ago", "0001-01-01"],
];

it("every command stands every kind of value in each of its fields, from a button and from a form", { timeout: 180_000 }, async () => {
  product = await openProduct();
  const { act, press, pass, said, engine, logged } = product;
  await setUp(product);
  await pass(HOUR);
  await act("Ben", "daily answer", { answer: "1" });
  await act("Ada", "mock start");
  await pass(0);
  const lobby = said("Mock round").at(-1)?.view ?? expect.fail("no lobby");
  await press("Ben", buttonOf(lobby, "Interviewer"));
  await press("Ben", buttonOf(lobby, "Begin"));
  await pass(0);
  const who = { platform: "web", space: "s1", id: "ada", name: "A\0\ud83d<@1>", manager: true } as const;
  let nth = 0;
  for (const command of engine.dispatcher.commands) {
    const { path, input } = command;
    const names = Object.keys(input.shape);
    for (const [what, value] of FORGED) {
      product.now += 5_000;
      const forged = { ...Object.fromEntries(names.map((name) => [name, value])), nobody: value };
      const invocation = { id: `forged-${++nth}`, path, input: forged, who, place: CHANNEL, revision: nth % 3 === 0 ? -1e15 : nth };
      const reply = await engine.dispatcher.dispatch(invocation);
      const opened = JSON.stringify(await engine.dispatcher.open(invocation));
      expect(reply.title + opened, `/${path} with ${what}`).not.toContain("went wrong");
      expect(wordsOf(reply).length, `/${path} with ${what}`).toBeLessThan(40_000);
    }
    for (const { name } of fieldsOf(command))
      for (const [, typed] of FORGED) if (typeof typed === "string") await engine.dispatcher.complete(path, name, typed, who, CHANNEL);
  }
  await pass(1_000);
  expect(logged.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  expect(await product.store.read.groups.at(CHANNEL)).toBeDefined();
});

it("what a button carries is ours or nothing at all", () => {
  const json = fc.json({ maxDepth: 4 });
  const like = fc
    .tuple(fc.string(), fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))))
    .map((one) => JSON.stringify(one));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json, like), (carried) => {
      const press = decodePress(carried);
      if (press === undefined) return;
      expect(Object.values(press.input).every((value) => ["string", "number", "boolean"].includes(typeof value))).toBe(true);
      expect(Object.getPrototypeOf(press.input)).toBe(Object.prototype);
      if (carried.length <= BUTTON_CHARACTERS) expect(decodePress(encodePress(press))).toEqual(press);
    }),
    { numRuns: 2_000 },
  );
  const polluted = decodePress('["mock join",{"__proto__":"x","constructor":"y","a":1}]');
  expect(Object.getPrototypeOf(polluted?.input)).toBe(Object.prototype);
});
