/** Forty drawings as people type them, against what a careful reader said of each beforehand. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compareArchitecture, parseArchitecture } from "../../src/core/architecture.ts";
import { bank } from "../kit/bank.ts";

interface Reading {
  readonly of: string;
  readonly text: string;
  readonly boxes: Readonly<Record<string, string | null>>;
  readonly right?: number;
  readonly reversed?: number;
  readonly shortcut?: number;
  readonly extra?: number;
}
const readings = parse(readFileSync(new URL("architecture_drawings.yaml", import.meta.url), "utf8")) as readonly Reading[];

describe.each(readings.map((reading, at) => [at + 1, reading.of, reading] as const))("drawing %i, of %s", (_at, of, reading) => {
  const [slug = "", id] = of.split("/");
  const reference = bank.cases.get(slug)?.diagrams.find((diagram) => diagram.id === id) ?? expect.fail(`no diagram ${of}`);
  const read = parseArchitecture(reading.text);
  if (!read.ok) expect.fail(read.refusal.title);
  const comparison = compareArchitecture(read.drawing, reference, bank.vocabulary);

  it("is read whole", () => {
    expect(read.unread).toEqual([]);
    expect(read.drawing.nodes.map(({ label }) => label).sort()).toEqual(Object.keys(reading.boxes).sort());
  });

  it("has the boxes that the reader saw", () => {
    const found = comparison.nodes.filter(({ state }) => state !== "missing");
    const seen = found.map(({ state, id: box, label, typed }) => [typed ?? label, state === "extra" ? null : box] as const);
    const lower = (pairs: readonly (readonly [string, string | null])[]) =>
      Object.fromEntries(pairs.map(([name, box]) => [name.toLowerCase(), box]));
    const exact = (name: string) => found.some(({ typed }) => typed === name);
    const expected = Object.entries(reading.boxes).map(([name, box]): [string, string | null] => {
      const label = reference.nodes.find((node) => node.id === box)?.label;
      return [exact(name) || label === undefined ? name : label, box];
    });
    expect(lower(seen)).toEqual(lower(expected));
  });

  it("has the arrows that the reader saw", () => {
    const count = (state: string) => comparison.edges.filter((edge) => edge.state === state).length;
    const { right = 0, reversed = 0, shortcut = 0, extra = 0 } = reading;
    expect({ right: count("matched"), reversed: count("reversed"), shortcut: count("shortcut"), extra: count("extra") }).toEqual({
      right,
      reversed,
      shortcut,
      extra,
    });
  });
});
