import { describe, expect, it } from "vitest";
import { chooseCase, chooseDrill, drillsOf, mark } from "../../src/core/drill.ts";
import { parsePostId, postId } from "../../src/core/drill_views.ts";
import { loadBank } from "../../src/store/bank.ts";

const bank = await loadBank(new URL("../../content/", import.meta.url));
const drills = drillsOf(bank);

describe("the drills of a bank", () => {
  it("are each step of each case and each scenario of each trade-off", () => {
    const scenarios = [...bank.tradeoffs.values()].reduce((sum, { scenarios }) => sum + scenarios.length, 0);
    expect(drills.size).toBe(bank.cases.size * 7 + scenarios);
    expect(drills.has("open/ad-click-prediction/requirements")).toBe(true);
  });

  it("come each once before one comes again, and the kinds in turn", () => {
    const seen: string[] = [];
    while (seen.length < drills.size) seen.push(chooseDrill(drills, "g1", seen)?.id ?? expect.fail("none is left"));
    expect(new Set(seen).size).toBe(drills.size);
    const kinds = seen.slice(0, 20).map((id) => id.split("/")[0]);
    for (const [at, kind] of kinds.entries()) if (at > 0) expect(kind).not.toBe(kinds[at - 1]);
    expect(seen).toContain(chooseDrill(drills, "g1", seen)?.id);
  });

  it("are the same for the same history, and differ between groups", () => {
    const first = (group: string) => chooseDrill(drills, group, [])?.id;
    expect(first("g1")).toBe(first("g1"));
    expect(new Set(Array.from({ length: 20 }, (_, at) => first(`group${at}`))).size).toBeGreaterThan(5);
    expect(chooseDrill(new Map(), "g1", [])).toBeUndefined();
  });

  it("refuse what is none of a choice's options", () => {
    const choice = [...drills.values()].find(({ kind }) => kind === "choice") ?? expect.fail();
    for (const answer of ["0", "9", "", "1.5", "a", "-1", "__proto__"]) expect(mark(choice, answer, bank), answer).toBeUndefined();
  });
});

describe("the case of a round", () => {
  it("is the one that the group's drills have shown least of", () => {
    const seen = ["open/a/data", "open/a/model", "open/b/data", "choice/c/x"];
    expect(chooseCase(["a", "b"], seen, "s")).toBe("b");
    expect(new Set(Array.from({ length: 30 }, (_, at) => chooseCase(["a", "b", "c"], [], `seed${at}`))).size).toBe(3);
    expect(chooseCase([], [], "s")).toBeUndefined();
  });
});

it("reads the id of a post that it wrote, and nothing else", () => {
  expect(parsePostId(postId({ group: "g1", date: "2026-11-23" }))).toEqual({ group: "g1", date: "2026-11-23" });
  for (const forged of ["g1", "g1/2026", "G1/2026-11-23", "g1/2026-11-23/x", "../2026-11-23", ""])
    expect(parsePostId(forged)).toBeUndefined();
});
