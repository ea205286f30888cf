/** What is held of a member: all of it in the export, nothing of it after a deletion. */
import { afterEach, describe, expect, it } from "vitest";
import { filesIn } from "../../src/core/file.ts";
import { FORMER_NAME } from "../../src/core/former.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { HELD, STRUCTURE } from "../../src/store/held.ts";
import { earnedIn } from "../kit/board.ts";
import { busyMember, forget, found, wholeRound, ZEBRA } from "../kit/busy_member.ts";
import { DATABASES } from "../kit/database.ts";
import { firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

const wordsOfEdit = (one: (typeof product.sent)[number]) => ("view" in one ? wordsOf(one.view) : "");

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
    product = await openProduct(kind);
    const group = await busyMember(product);
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
    expect((await forget(product)).title).toBe("What was kept about you is deleted");
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
    expect((await forget(product)).title).toBe("What was kept about you is deleted");
    expect(await found(product, "zebra")).toEqual([]);
  });
});

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
