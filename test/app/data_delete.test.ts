/** What a deletion reaches, wherever its author is in the middle of something. */
import { afterEach, describe, expect, it } from "vitest";
import { filesIn } from "../../src/core/file.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { earnedIn } from "../kit/board.ts";
import { forget, found, OWN, ZEBRA } from "../kit/busy_member.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { roundsOf } from "../kit/round.ts";

let product: Product;
afterEach(() => product.close());

describe("/data delete", () => {
  it("before the reveal leaves the stand-in the points, and nothing to show", async () => {
    product = await openProduct();
    const { act, press, pass, store, said } = product;
    const group = await firstDrill(product);
    await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open" });
    await pass(DAY);
    const before = await earnedIn(store, group);
    const feedback = await act(ZEBRA, "daily answer", { answer: `${OWN} asks for the traffic, 500,000 requests a second, within 200 ms.` });
    await press(ZEBRA, buttonOf(feedback, "Share it at the reveal"));
    const earned = await earnedIn(store, group);
    await act(ZEBRA, "mock start");
    await pass(0);
    await forget(product);
    await pass(20 * HOUR);
    expect(said("An answer from the group")).toEqual([]);
    const after = await earnedIn(store, group);
    expect(after.map(({ points }) => points)).toEqual(earned.map(({ points }) => points));
    expect(after.length - before.length).toBe(earned.length - before.length);
    // The lobby they hosted has a free seat, and closes by itself.
    expect(wordsOf(said("Mock round").at(-1)?.view ?? expect.fail())).not.toMatch(/zebra/i);
    expect(await found(product, "zebra")).toEqual([]);
    // The exercise can be had again: the same words are a first answer of somebody new, as practice now.
    expect((await act(ZEBRA, "daily today")).title).not.toContain("covered");
  });

  it("in the middle of a round alone, or in turns, takes the words and leaves the line", async () => {
    product = await openProduct();
    const { act, pass, press, said } = product;
    await act(ZEBRA, "mock start", { mode: "solo", case: "ad-click-prediction" });
    await pass(0);
    await act(ZEBRA, "mock answer", { text: `${OWN} would train a deep network with a vision transformer, since it is strong.` });
    await pass(0);
    await act("Ben", "mock start", { mode: "relay" });
    await pass(0);
    const lobby = said("Mock round").at(-1)?.view ?? expect.fail("no lobby");
    const { round } = buttonOf(lobby, "Begin").input;
    for (const name of [ZEBRA, "Chen"]) await act(name, "mock take", { seat: "candidate", round });
    await press("Ben", buttonOf(lobby, "Begin"));
    await pass(0);
    expect((await forget(product)).title).toBe("What was kept about you is deleted");
    await pass(0);
    expect(await found(product, "zebra")).toEqual([]);
    expect(await found(product, "xylophone")).toEqual([]);
    const relay = (await roundsOf(product)).find(({ mode }) => mode === "relay") ?? expect.fail("it ended");
    expect([relay.candidate, ...relay.line].sort()).toEqual(["ben", "chen"]);
    expect(relay.phase.name).toBe("step");
  });

  it("reaches what was done in direct messages", async () => {
    product = await openProduct();
    const { act } = product;
    // Discord's direct messages are of no server.
    const direct = { place: { platform: "web", space: "@me" } } as const;
    await act(ZEBRA, "recall", {}, direct);
    const exported = filesIn(await act(ZEBRA, "data export", {}, direct))[0]?.text ?? expect.fail("no file");
    expect(Object.keys(JSON.parse(exported).data)).toContain("recall_card");
    const { command, input } = buttonOf(await act(ZEBRA, "data delete", {}, direct), "Delete it all");
    expect((await act(ZEBRA, command, { ...input, word: "delete" }, direct)).title).toBe("What was kept about you is deleted");
    expect(await found(product, "zebra")).toEqual([]);
  });

  it("touches nobody of that name elsewhere, and nobody else here", async () => {
    product = await openProduct();
    const { act } = product;
    const elsewhere = { place: { ...CHANNEL, space: "s2" } };
    await act(ZEBRA, "plan start", { days: "14" }, elsewhere);
    await act(ZEBRA, "plan start", { days: "14" });
    await act("Ben", "plan start", { days: "14" });
    await forget(product);
    expect((await act(ZEBRA, "plan today")).title).toBe("You follow no plan");
    expect((await act(ZEBRA, "plan today", {}, elsewhere)).title).toContain("Day 1 of 14");
    expect((await act("Ben", "plan today")).title).toContain("Day 1 of 14");
  });
});
