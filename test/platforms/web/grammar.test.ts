/** The command line of the message box: what a line means, and what is offered next. */
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../../src/app/input.ts";
import { Room } from "../../browser/room.ts";

interface Offer {
  readonly items: readonly { readonly text: string }[];
  readonly from: number;
  readonly active: number;
  readonly ask?: { readonly field: string; readonly typed: string };
}
type Meant = { readonly kind: string; readonly text?: string; readonly command?: { readonly path: string }; readonly input?: object };
// The page's modules are plain JavaScript: their types are said here.
const module = (name: string) => import(new URL(`../../../src/platforms/web/page/${name}`, import.meta.url).href);
const { parseLine } = (await module("grammar.js")) as { parseLine(line: string, commands: readonly object[]): Meant };
const { suggest } = (await module("suggest.js")) as { suggest(head: string, commands: readonly object[]): Offer };

const commands = new Room().commands
  .filter(({ hidden }) => !hidden)
  .map((one) => ({ path: one.path, summary: one.summary, fields: fieldsOf(one) }));

describe("what a line means", () => {
  const lines: [string, string, object][] = [
    ["/mock start case:ads minutes:30", "mock start", { case: "ads", minutes: "30" }],
    ["/mock start ads", "mock start", { case: "ads" }],
    ["/mock start   pace:async   case: ad click prediction ", "mock start", { pace: "async", case: "ad click prediction" }],
    ["/mock start ads minutes:30", "mock start", { case: "ads", minutes: "30" }],
    ["/mock start ASYNC", "mock start", { pace: "async" }],
    ["/daily answer text:one: two\nthree text:four", "daily answer", { text: "one: two\nthree text:four" }],
    ['/daily answer "all of it"', "daily answer", { text: "all of it" }],
    ["/daily answer http://a.example/x", "daily answer", { text: "http://a.example/x" }],
    ["/daily answer text:", "daily answer", {}],
    ["/daily", "daily answer", {}],
    ["/DAILY Skip", "daily skip", {}],
    ["/leaderboard", "leaderboard", {}],
  ];
  it.each(lines)("%j", (line, path, input) => {
    const meant = parseLine(line, commands);
    expect([meant.kind, meant.command?.path, meant.input]).toEqual(["command", path, input]);
  });

  const problems: [string, string][] = [
    ["/", "There is no /"],
    ["/nothing here at all", "There is no /nothing here"],
    ["/daily skipp", "There is no /daily skipp"],
    ["/daily skip it", "leave out “it”"],
    ["/setup at nine", "It takes time: zone: weekdays:"],
  ];
  it.each(problems)("%j is a problem", (line, text) => {
    const meant = parseLine(line, commands);
    expect(meant.kind).toBe("problem");
    expect(meant.text).toContain(text);
  });

  it("leaves plain words alone", () => {
    for (const line of ["hello", "a /daily", ""]) expect(parseLine(line, commands)).toEqual({ kind: "words" });
  });
});

describe("what is offered next", () => {
  const offers: [string, readonly string[], number][] = [
    ["", [], -1],
    ["hello", [], -1],
    ["/", ["/setup ", "/daily answer ", "/daily skip", "/mock start ", "/leaderboard "], 0],
    ["/st", ["/mock start "], 0],
    ["/daily", ["/daily answer ", "/daily skip"], -1],
    ["/daily a", ["/daily answer "], 0],
    ["/daily skip", ["/daily skip"], -1],
    ["/mock start ", ["case:", "minutes:", "pace:"], -1],
    ["/mock start mi", ["minutes:"], -1],
    ["/mock start pace:", ["live ", "async "], 0],
    ["/mock start pace:a", ["async "], 0],
    ["/mock start pace:async", ["async "], -1],
    ["/mock start pace:async ", ["case:", "minutes:"], -1],
    ["/mock start minutes:30 p", ["pace:"], -1],
    ["/daily answer sure:", ["yes ", "no "], 0],
    ["/daily answer text:about su", ["sure:"], -1],
    ["/daily answer text:s", [], -1],
  ];
  it.each(offers)("%j", (head, texts, active) => {
    const offer = suggest(head, commands);
    expect(offer.items.map(({ text }) => text)).toEqual(texts);
    expect(offer.active).toBe(active);
  });

  it("replaces only what was typed of it", () => {
    const head = "/mock start case:ads pa";
    const { from, items } = suggest(head, commands);
    expect(head.slice(0, from) + items[0]?.text).toBe("/mock start case:ads pace:");
  });

  it("asks the server for the values it knows", () => {
    expect(suggest("/mock start case:ad cl", commands).ask).toMatchObject({ field: "case", typed: "ad cl" });
  });
});
