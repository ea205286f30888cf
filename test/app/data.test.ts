import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../src/app/command.ts";
import { remind } from "../../src/app/daily_post.ts";
import { reveal } from "../../src/app/daily_reveal.ts";
import { pairGroup } from "../../src/app/pairings.ts";
import type { Tx } from "../../src/app/ports.ts";
import { filesIn } from "../../src/core/file.ts";
import { FORMER_NAME } from "../../src/core/former.ts";
import { PAIRING_DAY } from "../../src/core/pairing_views.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { done } from "../../src/core/view.ts";
import { HELD, STRUCTURE } from "../../src/store/held.ts";
import { earnedIn } from "../kit/board.ts";
import { busyMember, found, OWN, wholeRound, ZEBRA } from "../kit/busy_member.ts";
import { DATABASES, type DatabaseKind } from "../kit/database.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

const busy = async (kind: DatabaseKind) => {
  product = await openProduct(kind);
  return busyMember(product);
};
const forget = async (who = ZEBRA) => {
  const summary = await product.act(who, "data delete");
  const { command } = buttonOf(summary, "Delete it all");
  return product.act(who, command, { word: "Delete" });
};

describe("the list of what is held", () => {
  it("names every text column of every table", async () => {
    product = await openProduct();
    const columns = await product.rows(`
      select table_name, column_name, data_type from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%'`);
    const listed = new Map(HELD.map((held) => [held.table, held]));
    const unlisted = columns.filter(({ table_name: table, column_name: column, data_type: type }) => {
      const held = listed.get(String(table));
      if (!held) return true;
      if (!["text", "jsonb", "ARRAY"].includes(String(type)) || STRUCTURE.includes(String(column))) return false;
      return ![held.member, ...(held.roles ?? []), ...Object.keys(held.words ?? {}), ...(held.others ?? [])].includes(String(column));
    });
    expect(unlisted.map(({ table_name, column_name }) => `${table_name}.${column_name}`)).toEqual([]);
    const tables = new Set(columns.map(({ table_name }) => table_name));
    expect(HELD.filter(({ table }) => !tables.has(table))).toEqual([]);
  });
});

describe.each(DATABASES)("/data delete on %s", (kind) => {
  it("leaves no trace of a member in any table, and others' numbers as they were", async () => {
    const group = await busy(kind);
    const asCandidate = await wholeRound(product, ZEBRA, "Ben", "Chen");
    const asScorer = await wholeRound(product, "Chen", "Ben", ZEBRA);
    const { store } = product;
    const before = await earnedIn(store, group);
    const exported = filesIn(await product.act(ZEBRA, "data export"))[0]?.text ?? expect.fail("no file");
    const { data } = JSON.parse(exported) as { data: Record<string, unknown[]> };
    // Whatever this scenario put somewhere is in the export, too.
    const parts =
      "case_seen chat_message decisions dispute dispute_vote drill_answer drill_report invocation ledger member mock_plan model_call outbox pair_member question recall_card reminder round round_result score shared_answer study study_group";
    expect(Object.keys(data).sort().join(" ")).toBe(parts);
    expect(data.decisions).toEqual([{ what: "muted_member.muted_by", times: 1 }]);
    // What others wrote is theirs, but for what they wrote to this member: comments on a scored round.
    expect(exported).not.toMatch(/Ben begins|Chen answers|Ben asks/);
    expect(exported).toContain("Chen liked 7");

    // The scenario is worth its name: what is searched for afterwards was everywhere.
    const special = new Map([
      ["outbox", "outbox.effect"],
      ["chat_message", "chat_message.author"],
      ["study_group", "study_group.organizers"],
      ["mock_plan", "mock_plan.plan"],
    ]);
    const where = HELD.filter(({ table }) => data[table] && table !== "round");
    expect(await found(product, "zebra")).toEqual(
      expect.arrayContaining(where.map(({ table, member }) => special.get(table) ?? `${table}.${member}`)),
    );
    expect(await found(product, "xylophone")).toEqual(
      expect.arrayContaining([
        "chat_message.body",
        "drill_answer.answer",
        "drill_report.note",
        "outbox.effect",
        "question.body",
        "invocation.reply",
        "round.interview",
      ]),
    );

    expect((await product.act(ZEBRA, "data confirm", { word: "no" })).title).toBe("Nothing was deleted");
    expect((await forget()).title).toBe("What was kept about you is deleted");
    expect(await found(product, "zebra")).toEqual([]);
    expect(await found(product, "xylophone")).toEqual([]);
    // The one thing that stays, and the summary says so: a question that the group approved.
    expect(await found(product, "marimba")).toContain("question.body");
    await product.pass(0);
    expect(await found(product, "zebra")).toEqual([]);

    const after = await earnedIn(store, group);
    expect(after.map(({ points }) => points).sort()).toEqual(before.map(({ points }) => points).sort());
    expect(after.filter(({ name }) => name !== FORMER_NAME)).toEqual(before.filter(({ name }) => name !== ZEBRA));
    for (const id of [asCandidate, asScorer]) expect((await store.read.rounds.find(id))?.scores.map(({ level }) => level)).toHaveLength(14);

    // Messages on the platform lose the words, in their last version.
    const edits = product.sent.filter((one) => one.kind === "edit" && one.key.startsWith("forgotten/"));
    expect(edits.length).toBeGreaterThan(8);
    expect(edits.map(wordsOfEdit).join()).not.toMatch(/xylophone|zebra/i);
    expect(wordsOf(product.said("Scorecard").at(-1)?.view ?? expect.fail())).toContain("Ben liked 3");

    // A fresh start, with nothing of before.
    expect(wordsOf(await product.act(ZEBRA, "plan today"))).toContain("You follow no plan");
    const again = await product.act(ZEBRA, "data export");
    expect(Object.keys(JSON.parse(filesIn(again)[0]?.text ?? "").data)).toEqual(["invocation", "member"]);
    expect((await forget()).title).toBe("What was kept about you is deleted");
    expect(await found(product, "zebra")).toEqual([]);
  }, 60_000);
});
/** Transactions of others that wait for the gate in the middle, or before they commit; all have come so far. */
async function begun(gate: Promise<void>, work: readonly ((tx: Tx, held: () => Promise<void>) => Promise<void>)[]) {
  const arrived = work.map(() => Promise.withResolvers<void>());
  const under = work.map((one, nth) =>
    product.store.transaction((tx) =>
      one(tx, () => {
        arrived[nth]?.resolve();
        return gate;
      }),
    ),
  );
  await Promise.race([Promise.all(arrived.map(({ promise }) => promise)), Promise.all(under)]);
  return under;
}
const one = <T>([first]: readonly T[]): readonly [T] => [first ?? expect.fail("nothing is due")];
const wordsOfEdit = (one: (typeof product.sent)[number]) => ("view" in one ? wordsOf(one.view) : "");

describe("/data export", () => {
  it("tells nothing before the reveal that the feedback does not tell", async () => {
    product = await openProduct();
    const { act, pass } = product;
    await firstDrill(product);
    await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "choice" });
    await pass(DAY);
    await act(ZEBRA, "daily answer", { answer: "1" });
    const answers = async () => JSON.parse(filesIn(await act(ZEBRA, "data export"))[0]?.text ?? "").data.drill_answer;
    expect(await answers()).toEqual([
      expect.objectContaining({ answer: "1", coverage: "opens with the reveal", points: "open with the reveal" }),
    ]);
    await pass(20 * HOUR);
    expect(await answers()).toEqual([expect.objectContaining({ answer: "1", coverage: expect.any(Number) })]);
  });
});

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
    await forget();
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
    const { act, pass, press, said, store } = product;
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
    expect((await forget()).title).toBe("What was kept about you is deleted");
    await pass(0);
    expect(await found(product, "zebra")).toEqual([]);
    expect(await found(product, "xylophone")).toEqual([]);
    const group = await store.read.groups.at(CHANNEL);
    const relay = (await store.read.rounds.active(group?.id ?? "")).find(({ mode }) => mode === "relay") ?? expect.fail("it ended");
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
    await forget();
    expect((await act(ZEBRA, "plan today")).title).toBe("You follow no plan");
    expect((await act(ZEBRA, "plan today", {}, elsewhere)).title).toContain("Day 1 of 14");
    expect((await act("Ben", "plan today")).title).toContain("Day 1 of 14");
  });

  it("waits for what its author does just now", async () => {
    const [under, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = command({
      path: "slow",
      summary: "Keeps a plan, and takes its time",
      access: "anyone",
      input: z.object({}),
      async run(_input, { tx, who, now }) {
        await tx.studies.save(who, { plan: "two-weeks", from: now, zone: "UTC", days: 14, tasks: [], habits: {} });
        under.resolve();
        await gate.promise;
        return { ok: true, reply: done("Kept", "") };
      },
    });
    product = await openProduct("postgres", [slow]);
    await product.act(ZEBRA, "help");
    const acting = product.act(ZEBRA, "slow");
    await under.promise;
    const going = forget();
    await Promise.race([going, sleep(300)]);
    gate.resolve();
    await Promise.all([acting, going]);
    expect(await found(product, "zebra")).toEqual([]);
  });

  it("waits for others who write back what has its author in it", async () => {
    product = await openProduct("postgres");
    const { act, press, pass, store, library } = product;
    const group = await firstDrill(product);
    await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open" });
    await pass(DAY);
    const feedback = await act(ZEBRA, "daily answer", { answer: `${OWN} asks for the traffic, 500,000 requests a second.` });
    await press(ZEBRA, buttonOf(feedback, "Share it at the reveal"));
    await act("Ada", "daily organizer", { member: ZEBRA });
    await act(ZEBRA, "mock plan", { when: "in 90 hours" });
    const [planned] = await store.read.plans.ahead(group);
    const gate = Promise.withResolvers<void>();
    const others = await begun(gate.promise, [
      async (tx, held) => {
        await tx.lock(`plan/${planned?.id}`);
        const plan = (await tx.plans.find(planned?.id ?? "")) ?? expect.fail("no plan");
        await held();
        await tx.plans.save(plan);
      },
      async (tx, held) => {
        await tx.lock(`group/${group}`);
        const organizers = (await tx.groups.find(group))?.organizers ?? [];
        await held();
        await tx.groups.set(group, { organizers: [...organizers, "ben"] });
      },
      async (tx, held) => {
        for (const post of await tx.posts.claimReveals(product.now + 20 * HOUR, 10)) await reveal(tx, library, post, product.now);
        await held();
      },
    ]);
    const going = forget();
    await Promise.race([going, sleep(500)]);
    gate.resolve();
    await Promise.all([...others, going]);
    expect(await found(product, "zebra")).toEqual([]);
    expect(await found(product, "xylophone")).toEqual([]);
  });

  it("waits for a heartbeat that matches or reminds its author", async () => {
    product = await openProduct("postgres");
    const { act, library } = product;
    const group = await firstDrill(product);
    await act(ZEBRA, "daily remind");
    for (const name of [ZEBRA, "Chen"])
      expect((await act(name, "mock pair", { action: "join", level: "starting", days: "daily", times: "18:00-21:00" })).tone).not.toBe(
        "warn",
      );
    const gate = Promise.withResolvers<void>();
    const beats = await begun(gate.promise, [
      async (tx, held) => {
        const [{ due }] = one(await tx.pairing.claimDue(PAIRING_DAY, product.now + 8 * DAY, 1));
        expect(await pairGroup(tx, group, due, due)).toHaveLength(1);
        await held();
      },
      async (tx, held) => {
        const [{ post, members }] = one(await tx.posts.claimReminders(product.now + 20 * HOUR, 1));
        expect(members).toEqual(["zebra"]);
        await remind(tx, library, post, members, product.now);
        await held();
      },
    ]);
    const going = forget();
    await Promise.race([going, sleep(500)]);
    gate.resolve();
    await Promise.all([...beats, going]);
    expect(await found(product, "zebra")).toEqual([]);
  });

  it("edits a message, too, that was on its way", async () => {
    product = await openProduct();
    const { act, pass, sent } = product;
    await firstDrill(product);
    await act(ZEBRA, "mock start", { mode: "solo", case: "ad-click-prediction" });
    await pass(0);
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    product.onDeliver = async (delivery) => {
      if (!("view" in delivery) || !/xylophone/.test(wordsOf(delivery.view))) return;
      begun.resolve();
      await gate.promise;
    };
    await act(ZEBRA, "mock answer", { text: `${OWN} would ask who looks at the ads, and how many requests a second there are.` });
    const beating = pass(0);
    await begun.promise;
    await forget();
    gate.resolve();
    await beating;
    await pass(0);
    const late = sent.findIndex((one) => "view" in one && /xylophone/.test(wordsOf(one.view)));
    expect(late).toBeGreaterThan(0);
    expect(sent.slice(late + 1).filter(({ kind, key }) => kind === "edit" && key.startsWith("forgotten/"))).not.toEqual([]);
  });

  it("asked for twice at once is done once, and stays done", async () => {
    product = await openProduct("postgres");
    await firstDrill(product);
    await product.act(ZEBRA, "daily answer", { answer: "1 2 3" });
    const replies = await Promise.all([forget(), forget()]);
    expect(replies.map(({ title }) => title)).toEqual(Array(2).fill("What was kept about you is deleted"));
    expect(await found(product, "zebra")).toEqual([]);
  });
});
