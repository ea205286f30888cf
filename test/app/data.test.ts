import { afterEach, describe, expect, it } from "vitest";
import type { OpenDrill } from "../../src/core/drill.ts";
import { filesIn } from "../../src/core/file.ts";
import { FORMER_NAME } from "../../src/core/former.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { createMessenger } from "../../src/platforms/web/deliver.ts";
import { HELD, STRUCTURE } from "../../src/store/held.ts";
import { DATABASES, type DatabaseKind } from "../kit/database.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

const ZEBRA = "Zebra";
const OWN = "My xylophone";
const newest = (words: string) => product.said(words).at(-1)?.view ?? expect.fail(`nobody said "${words}"`);

const PROPOSAL = {
  step: "data",
  prompt: `My marimba asks where the labels of our own shop come from, and how late they are.`,
  reference: "From the order log: an order counts when it was not returned within thirty days, so labels are a month late.",
  points: "Names the order log as source | order log, orders\nSays how late labels are | thirty days, month & late, delay",
};

/** Zebra does everything that a member can do, in a group that goes on without them. */
async function busy(kind: DatabaseKind): Promise<string> {
  product = await openProduct(kind);
  const chat = createMessenger(
    product.chatLog,
    () => product.now,
    () => undefined,
  );
  product.onDeliver = async (delivery) => {
    if (delivery.kind === "post" || delivery.kind === "notice") await chat.deliver(delivery);
  };
  const { act, press, pass } = product;
  const group = await firstDrill(product);
  await product.chatLog.say({ to: CHANNEL, author: "zebra", text: `${OWN} says hello`, at: product.now });
  await act("Ada", "daily organizer", { member: "Ada" });
  await act(ZEBRA, "help");
  await act("Ada", "daily organizer", { member: ZEBRA });
  await act("Ada", "daily organizer", { member: "Ada" });
  await act(ZEBRA, "plan start", { days: "30" });
  await act(ZEBRA, "daily remind");
  // An open drill, whose points can be disputed.
  await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open" });
  await pass(DAY);
  const rubric = (product.library.drills.get(await drill()) as OpenDrill).rubric;
  const said = `${OWN} begins with the goal, and the goal is what the business earns from it.`;
  const feedback = await act(ZEBRA, "daily answer", { answer: said });
  await act("Ben", "daily answer", { answer: "Ben begins with the traffic: 500,000 requests a second." });
  await press(ZEBRA, buttonOf(feedback, "Share it at the reveal"));
  await act(ZEBRA, "daily answer", { answer: `${said} And improved.` });
  await act(ZEBRA, "daily report", { reason: "unclear", note: `${OWN} cannot tell which service is meant` });
  await act("Ben", "daily report", { reason: "wrong" });
  await pass(20 * HOUR);
  const [missed] = rubric;
  const input = { point: missed?.id ?? "", words: "the goal is what the business earns" };
  expect((await act(ZEBRA, "daily dispute", input)).title).toBe("The group is asked");
  await act("Ben", "daily dispute", { ...input, words: "the traffic" });
  await pass(0);
  await press(ZEBRA, buttonOf(newest("Does this answer say it?"), "It does not"));
  await press("Chen", buttonOf(product.said("Does this answer say it?")[0]?.view ?? newest("Does"), "It says it"));
  await act(ZEBRA, "daily propose", PROPOSAL);
  await act("Ada", "daily proposals").then((view) => press("Ada", buttonOf(view, "Approve")));
  await act(ZEBRA, "daily propose", { ...PROPOSAL, prompt: `${OWN} wonders whether anybody reads this one at all.` });
  await act(ZEBRA, "daily mute", { member: "Ben" });
  await act(ZEBRA, "daily pause");
  await product.store.transaction((tx) => tx.modelCalls.take("2026-11-24", "web/s1/zebra", 5, 5));
  return group;
}
const drill = async () => {
  const group = await product.store.read.groups.at(CHANNEL);
  return (await product.store.read.posts.newest(group?.id ?? ""))?.drill ?? "";
};

/** A whole round: one candidate, one interviewer, one scorer. */
async function round(candidate: string, interviewer: string, scorer: string): Promise<string> {
  const { act, press, pass } = product;
  expect((await act(candidate, "mock start", { case: "ad-click-prediction" })).title).toBe("The lobby is open");
  await pass(0);
  const lobby = newest("Mock round");
  await press(interviewer, buttonOf(lobby, "Interviewer"));
  await press(scorer, buttonOf(lobby, "Scorer"));
  await press(interviewer, buttonOf(lobby, "Begin"));
  await pass(0);
  const group = await product.store.read.groups.at(CHANNEL);
  const { id } = (await product.store.read.rounds.active(group?.id ?? ""))[0] ?? expect.fail("no round");
  for (let step = 0; step < 7; step++) {
    await act(candidate, "mock answer", {
      text: `${candidate === ZEBRA ? OWN : candidate} answers step ${step} with half a million requests a second`,
      round: id,
    });
    if (step === 1) await act(interviewer, "mock ask", { question: `${interviewer === ZEBRA ? OWN : interviewer} asks why`, round: id });
    if (step === 2) await act(interviewer, "mock curveball", { round: id });
    expect((await act(interviewer, "mock next", { round: id }, { revision: step + 1 })).title).toContain("On to the next");
    await pass(MINUTE);
  }
  for (let step = 1; step <= 7; step++)
    for (const who of [interviewer, scorer]) {
      // Nobody does all that at once: requests are limited.
      product.now += 5_000;
      await act(who, "mock score", {
        step,
        level: who === interviewer ? 2 : 4,
        worked: `${who === ZEBRA ? OWN : who} liked ${step}`,
        round: id,
      });
    }
  await pass(0);
  return id;
}

/** Table and column of everything in the database that holds these words. */
async function found(words: string): Promise<readonly string[]> {
  const columns = await product.rows(`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY') and table_name not like 'kysely%'`);
  const asked = columns.map(
    ({ table_name: table, column_name: column }) =>
      `select '${table}.${column}' as place where exists (select from ${table} where ${column}::text ilike '%${words}%')`,
  );
  return (await product.rows(asked.join(" union all "))).map(({ place }) => String(place)).sort();
}

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
    const asCandidate = await round(ZEBRA, "Ben", "Chen");
    const asScorer = await round("Chen", "Ben", ZEBRA);
    const { store } = product;
    const before = await store.read.ledger.board(group, undefined);
    const exported = filesIn(await product.act(ZEBRA, "data export"))[0]?.text ?? expect.fail("no file");
    const { data } = JSON.parse(exported) as { data: Record<string, unknown[]> };
    // Whatever this scenario put somewhere is in the export, too.
    expect(Object.keys(data).sort()).toEqual(
      [
        "chat_message",
        "dispute",
        "dispute_vote",
        "drill_answer",
        "drill_report",
        "invocation",
        "ledger",
        "member",
        "model_call",
        "outbox",
        "question",
        "reminder",
        "round",
        "shared_answer",
        "study",
      ].sort(),
    );
    // What others wrote is theirs, but for what they wrote to this member: comments on a scored round.
    expect(exported).not.toMatch(/Ben begins|Chen answers|Ben asks/);
    expect(exported).toContain("Chen liked 7");

    // The scenario is worth its name: what is searched for afterwards was everywhere.
    expect(await found("zebra")).toEqual(
      expect.arrayContaining(
        HELD.filter(({ about, table }) => about && table !== "muted_member").map(({ table, member }) =>
          table === "outbox" ? "outbox.effect" : table === "chat_message" ? "chat_message.author" : `${table}.${member}`,
        ),
      ),
    );
    expect(await found("xylophone")).toEqual(
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
    expect(await found("zebra")).toEqual([]);
    expect(await found("xylophone")).toEqual([]);
    // The one thing that stays, and the summary says so: a question that the group approved.
    expect(await found("marimba")).toContain("question.body");
    await product.pass(0);
    expect(await found("zebra")).toEqual([]);

    const after = await store.read.ledger.board(group, undefined);
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
    expect(await found("zebra")).toEqual([]);
  }, 60_000);
});
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
    const before = await store.read.ledger.board(group, undefined);
    const feedback = await act(ZEBRA, "daily answer", { answer: `${OWN} asks for the traffic, 500,000 requests a second, within 200 ms.` });
    await press(ZEBRA, buttonOf(feedback, "Share it at the reveal"));
    const earned = await store.read.ledger.board(group, undefined);
    await act(ZEBRA, "mock start");
    await pass(0);
    await forget();
    await pass(20 * HOUR);
    expect(said("An answer from the group")).toEqual([]);
    const after = await store.read.ledger.board(group, undefined);
    expect(after.map(({ points }) => points)).toEqual(earned.map(({ points }) => points));
    expect(after.length - before.length).toBe(earned.length - before.length);
    // The lobby they hosted has a free seat, and closes by itself.
    expect(wordsOf(said("Mock round").at(-1)?.view ?? expect.fail())).not.toMatch(/zebra/i);
    expect(await found("zebra")).toEqual([]);
    // The exercise can be had again: the same words are a first answer of somebody new, as practice now.
    expect((await act(ZEBRA, "daily today")).title).not.toContain("covered");
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

  it("asked for twice at once is done once, and stays done", async () => {
    product = await openProduct("postgres");
    await firstDrill(product);
    await product.act(ZEBRA, "daily answer", { answer: "1 2 3" });
    const replies = await Promise.all([forget(), forget()]);
    expect(replies.map(({ title }) => title)).toEqual(Array(2).fill("What was kept about you is deleted"));
    expect(await found("zebra")).toEqual([]);
  });
});

it("forgets a whole space, and no other", async () => {
  await busy("pglite");
  const elsewhere = { place: { ...CHANNEL, space: "s2" } };
  await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin" }, elsewhere);
  await product.act(ZEBRA, "plan start", { days: "14" }, elsewhere);
  await product.store.transaction((tx) => tx.personal.forgetSpace("web", "s1"));
  expect(await found("xylophone")).toEqual([]);
  expect(await found("s1")).toEqual([]);
  expect((await product.act(ZEBRA, "plan today", {}, elsewhere)).title).toContain("Day 1 of 14");
  expect(await product.rows("select count(*)::int as n from study_group")).toEqual([{ n: 1 }]);
  expect(await product.rows("select count(*)::int as n from schedule_slot")).toEqual([{ n: 1 }]);
});
