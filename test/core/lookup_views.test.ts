/** Every case, trade-off and the framework can be shown on every platform, and answers stay folded until asked for. */
import { describe, expect, it } from "vitest";
import { encodePress } from "../../src/app/button.ts";
import { architectureSections } from "../../src/core/architecture_views.ts";
import { casePartView, caseView, parseCasePart } from "../../src/core/case_views.ts";
import { frameworkView } from "../../src/core/framework_views.ts";
import { lookUp, suggest } from "../../src/core/lookup.ts";
import { patternView } from "../../src/core/pattern_view.ts";
import { picturesIn } from "../../src/core/picture.ts";
import { sheetView, tradeoffView } from "../../src/core/tradeoff_views.ts";
import { VIEW_CHARACTERS, type View } from "../../src/core/view.ts";
import { bank } from "../kit/bank.ts";
import { buttonsOf } from "../kit/view.ts";

const textOf = (view: View): string =>
  [
    view.title,
    ...view.blocks.map((block) => {
      if (block.kind === "text") return block.markdown;
      if (block.kind === "quote") return block.text;
      return block.kind === "facts" ? block.facts.map(({ name, value }) => `${name}: ${value}  `).join("") : "";
    }),
  ].join("\n");

function check(view: View): void {
  expect(textOf(view).length, view.title).toBeLessThanOrEqual(VIEW_CHARACTERS);
  for (const block of view.blocks)
    if (block.kind === "buttons") {
      expect(block.buttons.length).toBeGreaterThan(0);
      expect(block.buttons.length).toBeLessThanOrEqual(5);
    }
  // Discord's narrowest: 80 characters of label.
  for (const button of buttonsOf(view)) {
    expect(encodePress(button).length).toBeLessThanOrEqual(100);
    expect(button.label.length).toBeLessThanOrEqual(80);
  }
}

describe.each([...bank.cases])("the case %s", (slug, item) => {
  const start = caseView(slug, item, bank.framework);
  const part = (text: string) => {
    const parsed = parseCasePart(text, item) ?? expect.fail(`no part ${text}`);
    return casePartView(slug, item, bank.framework, parsed);
  };

  it("begins with its prompt and nothing of its answers", () => {
    check(start);
    const text = textOf(start);
    expect(text).toContain(item.prompt);
    for (const { reference } of Object.values(item.steps)) expect(text).not.toContain(reference.slice(0, 60));
    for (const { nodes } of item.diagrams) expect(text).not.toContain(nodes[0]?.label);
  });

  it("opens every part by a button, and each fits", () => {
    const reached = new Set<string>();
    const open = [...buttonsOf(start)];
    for (let button = open.pop(); button; button = open.pop()) {
      const name = button.input.part;
      expect([button.command, button.input.case]).toEqual(["case", slug]);
      if (typeof name !== "string" || reached.has(name)) continue;
      reached.add(name);
      check(part(name));
      open.push(...buttonsOf(part(name)));
    }
    expect(reached.size).toBe(2 + 7 + item.diagrams.length);
  });

  it("shows references whole and diagrams plane by plane", () => {
    expect(textOf(part("step-5"))).toContain(item.steps.model.reference);
    item.diagrams.forEach((diagram, at) => {
      const view = part(`diagram-${at + 1}`);
      expect(view.blocks.filter(({ kind }) => kind === "quote")).toHaveLength(architectureSections(diagram).length);
      expect(picturesIn(view).map(({ picture }) => picture.kind)).toEqual(["diagram"]);
      for (const { label } of diagram.nodes) expect(textOf(view)).toContain(label);
    });
  });

  it.each(["step-0", "step-8", "diagram-99", "steps", "", "step-1 "])("has no part %j", (text) =>
    expect(parseCasePart(text, item)).toBeUndefined(),
  );
});

describe.each([...bank.tradeoffs])("the trade-off %s", (slug, tradeoff) => {
  it("says when each side wins, with the number and its source", () => {
    const view = tradeoffView(tradeoff);
    check(view);
    const text = textOf(view).replaceAll("\\", "");
    for (const words of [...tradeoff.a.wins, ...tradeoff.b.wins, tradeoff.number.says]) expect(text).toContain(words);
    expect(text).toContain(tradeoff.sources.find(({ id }) => id === tradeoff.number.source)?.title);
  });

  it("is found by slug and by title", () => {
    expect(lookUp(bank.tradeoffs, slug)).toBe(slug);
    expect(lookUp(bank.tradeoffs, ` ${tradeoff.title.toUpperCase()} `)).toBe(slug);
  });
});

it("has every trade-off once on one picture, and once in its words on pages that lead to one another", () => {
  const pages = [sheetView(bank.tradeoffs.values(), 1)];
  for (let next = buttonsOf(pages[0]!).at(-1); next?.label === "Next page"; next = buttonsOf(pages.at(-1)!).at(-1))
    pages.push(sheetView(bank.tradeoffs.values(), Number(next.input.page)));
  for (const page of pages) check(page);
  const text = pages.map(textOf).join("\n");
  const drawn = pages
    .flatMap(picturesIn)
    .flatMap(({ picture }) => (picture.kind === "sheet" ? picture.rows.map(({ title }) => title) : []));
  expect(drawn).toEqual([...bank.tradeoffs.values()].map(({ title }) => title));
  for (const { title } of bank.tradeoffs.values()) expect(text.split(`**${title}**`), title).toHaveLength(2);
  expect(sheetView(bank.tradeoffs.values(), 99)).toEqual(pages.at(-1));
  expect(sheetView(bank.tradeoffs.values(), -1)).toEqual(pages[0]);
  check(sheetView([], 1));
});

it("shows the whole framework by its buttons", () => {
  const start = frameworkView(bank.framework, undefined);
  const parts = buttonsOf(start).map(({ input }) => String(input.part));
  expect(parts).toEqual([...bank.framework.steps.map((_, at) => `step-${at + 1}`), "breakdown", "quick"]);
  for (const part of [...parts, "step-9", undefined]) check(frameworkView(bank.framework, part));
  expect(frameworkView(bank.framework, "step-9")).toEqual(start);
  bank.framework.steps.forEach((step, at) => {
    const text = textOf(frameworkView(bank.framework, `step-${at + 1}`)).replaceAll("\\", "");
    for (const words of [step.goal, ...step.checklist, ...step.probes, ...step.pitfalls, ...step.levels]) expect(text).toContain(words);
  });
});

it("suggests by the beginnings of words, in any order", () => {
  expect(suggest(bank.cases, "")).toEqual([...bank.cases.keys()]);
  expect(suggest(bank.cases, "Vid")).toContain("video-recommendation");
  expect(suggest(bank.tradeoffs, "cpu gp")).toEqual(["cpu-or-gpu-serving"]);
  expect(suggest(bank.tradeoffs, "gpu or cpu")).toEqual(["cpu-or-gpu-serving"]);
  expect(suggest(bank.cases, "qqq")).toEqual([]);
  expect(lookUp(bank.cases, "people you may")).toBe("people-you-may-know");
  expect(lookUp(bank.cases, "")).toBeUndefined();
  expect(lookUp(bank.tradeoffs, "or")).toBeUndefined();
});

describe.each([...bank.patterns])("the pattern %s", (_slug, pattern) => {
  const view = patternView(pattern, bank.cases);

  it("fits, with its picture, its sources and the cases that use it", () => {
    check(view);
    expect(view.blocks.some(({ kind }) => kind === "picture")).toBe(true);
    expect(textOf(view)).toContain(pattern.sources[0]?.url.replaceAll(")", "%29"));
    expect(buttonsOf(view).length).toBe(Math.min(5, pattern.uses.length));
  });
});
