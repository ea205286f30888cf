/**
 * Another space's people try every command, with ids that they cannot know: nothing of ours is read, and
 * nothing of ours changes. Neighbours in the channel press what somebody was shown privately: nothing of
 * theirs is read, and nothing of theirs changes.
 */
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import type { Command, Invocation } from "../../src/app/command.ts";
import { postId } from "../../src/core/drill_views.ts";
import { HOUR, type Place } from "../../src/core/place.ts";
import type { Button, View } from "../../src/core/view.ts";
import { earn } from "../kit/board.ts";
import { everyRow, type Row } from "../kit/database.ts";
import { CHANNEL, groupOf, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { chance, SEED } from "../kit/random.ts";
import { beginRound, roundOf } from "../kit/round.ts";

let product: Product;
afterEach(() => product.close());

const SECRET = "the heliotrope threshold";
/** In Ben's sealed answer, in what he reported and proposed: for him, and partly for organizers. */
const PRIVATE = "the cinnabar quotient";
/** Where groups of another space meet: in a channel of the same id, and in another one. */
const GROUPS: readonly Place[] = [
  { ...CHANNEL, space: "s2" },
  { platform: "web", space: "s2", channel: "c2" },
];
const INVOCATIONS = 600;

/** A group that has done some of everything, so that there is something to steal. */
async function busy(): Promise<void> {
  product = await openProduct();
  const { pass } = product;
  const act: Product["act"] = async (...done) => {
    const reply = await product.act(...done);
    shown.push(reply);
    return reply;
  };
  shown.length = 0;
  await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open" });
  await pass(HOUR);
  await act("Ben", "daily answer", { answer: `We ask for the traffic, the goal and ${PRIVATE}.` });
  await act("Ben", "daily report", { reason: "unclear", note: `${SECRET}, ${PRIVATE}` });
  await act("Ben", "daily propose", {
    step: "data",
    prompt: `Why does ${PRIVATE}, ${SECRET} matter, and who would notice if it were wrong?`,
    reference: `Because ${SECRET} decides what is shown, and users would notice.`,
    points: "Says what it decides | decides\nSays who notices | users",
  });
  await earn(product, "Ben", 7);
  await beginRound(product);
  await pass(1_000);
  await act("Ada", "mock answer", { text: `We begin with ${SECRET}.` });
  await act("Ada", "recall");
  for (const path of ["daily today", "recall", "progress", "plan", "mock brief", "mock status", "data delete", "mock pair"])
    await act("Ben", path);
  await act("Ben", "plan start", { days: "14" });
  await pass(HOUR / 60);
}

/** Private replies so far. */
const shown: View[] = [];
const buttonsIn = (views: readonly View[]): readonly Button[] =>
  views.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : [])));

const everything = () => everyRow(product.rows);

/** Without what is kept as it was typed: an id in a season's name, or said in a round, refers to nothing. */
const references = (row: string) => row.replace(/"(?:name|text)": "(?:[^"\\]|\\.)*"/g, "");

/** Ids of all kinds that lie about in rows: what a forged button would carry. */
function idsIn(rows: readonly Row[]): readonly string[] {
  const words = rows.flatMap(({ row }) => row.match(/"([a-z0-9][a-z0-9/:@_-]{1,60})"/gi) ?? []);
  return [...new Set(words.map((word) => word.slice(1, -1)))].filter((word) => /\d/.test(word) || word.length === 12);
}

/** What a button of ours carries, by the name of its field. */
async function carried(): Promise<Readonly<Record<string, string | number>>> {
  const { id: group } = await groupOf(product);
  const post = (await product.store.read.posts.newest(group)) ?? expect.fail("no post");
  const [question] = await product.rows("select id from question");
  const [entry] = await product.rows("select id from ledger");
  return { post: postId(post), round: (await roundOf(product)).id, question: String(question?.id), entry: Number(entry?.id) };
}

const picker =
  (next: () => number) =>
  <T>(all: readonly T[]): T =>
    all[Math.floor(next() * all.length)] as T;

function inputFor(command: Command, ids: readonly string[], next: () => number): Invocation["input"] {
  const pick = picker(next);
  const { properties = {} } = z.toJSONSchema(command.input, { io: "input" }) as {
    properties?: Record<string, { type?: string; enum?: string[] }>;
  };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, { type, enum: choices }]): [string, string | number | boolean][] => {
      if (next() < 0.15) return [];
      if (choices) return [[name, pick(choices)]];
      if (type === "boolean") return [[name, next() < 0.5]];
      if (type === "integer" || type === "number") return [[name, Math.floor(next() * 8)]];
      return [[name, next() < 0.8 ? pick(ids) : pick(["ben", "ada", "<@ben>", "yes", "1", "today"])]];
    }),
  );
}

it(`nobody reads or changes another space (CHAOS_SEED=${SEED})`, async () => {
  await busy();
  const next = chance(SEED);
  const before = await everything();
  const ids = idsIn(before);
  const ours = (await groupOf(product)).id;
  // A thread of the same id as our round's, and nowhere, too.
  const { thread = expect.fail("no thread") } = await roundOf(product);
  const elsewhere: readonly Place[] = [...GROUPS, { ...CHANNEL, space: "s2", thread }, { platform: "web", space: "s2" }];
  // Who has no group is refused before anybody looks at an id.
  for (const place of GROUPS) await product.act("Anna", "setup", { time: "08:00", zone: "Europe/Berlin" }, { place });
  const { commands } = product.engine.dispatcher;
  const pick = picker(next);
  const buttons = Object.entries(await carried());
  const forgedFor = ({ input }: Command) => Object.fromEntries(buttons.filter(([name]) => name in input.shape));
  const forgeable = commands.filter((command) => Object.keys(forgedFor(command)).length > 0);
  for (let nth = 0; nth < INVOCATIONS; nth++) {
    // Every other one is a button of ours, in turn; the rest is whatever comes to mind.
    const forged = nth % 2 === 0 ? forgeable[(nth / 2) % forgeable.length] : undefined;
    const command = forged ?? pick(commands);
    const place = pick(forged ? GROUPS : elsewhere);
    const input = { ...inputFor(command, ids, next), ...(forged && forgedFor(forged)) };
    // Ben's own id there is another Ben; "Anna" manages that other space.
    const who = next() < 0.5 ? "Anna" : "Ben";
    const revision = next() < 0.5 ? {} : { revision: Math.floor(next() * 9) };
    product.now += 1_000;
    const where = { place, ...revision };
    const reply = await product.act(who, command.path, input, where);
    expect(wordsOf(reply), `/${command.path} ${JSON.stringify(input)}`).not.toContain(SECRET);
    if (command.form && next() < 0.3) {
      const invocation = {
        id: `form-${nth}`,
        path: command.path,
        input,
        who: { platform: "web", space: "s2", id: who.toLowerCase(), name: who, manager: who === "Anna" },
        place,
      } as const;
      expect(JSON.stringify(await product.engine.dispatcher.open(invocation))).not.toContain(SECRET);
    }
  }
  const after = await everything();
  const left = new Set(after.map(({ table, row }) => `${table} ${row}`));
  expect(before.filter(({ table, row }) => !left.has(`${table} ${row}`))).toEqual([]);
  const known = new Set(before.map(({ table, row }) => `${table} ${row}`));
  // A reply may say an id back to who typed it; nothing else of theirs may be about our group.
  const added = after.filter(({ table, row }) => !known.has(`${table} ${row}`) && table !== "invocation");
  const about = added.filter(({ row }) => [`"${ours}"`, '"s1"'].some((id) => references(row).includes(id)));
  expect(about).toEqual([]);
});

it(`nobody reads or changes what is a neighbour's, with the buttons that he was shown (CHAOS_SEED=${SEED})`, async () => {
  await busy();
  const next = chance(SEED);
  const mine = async () =>
    (await everything()).filter(({ table, row }) => table !== "round" && table !== "outbox" && /"(member|author|id)": "ben"/.test(row));
  const before = await mine();
  expect(new Set(before.map(({ table }) => table)).size).toBeGreaterThan(6);
  const group = (await product.store.read.groups.at(CHANNEL))?.id ?? expect.fail("no group");
  const [playing = expect.fail("no round")] = await product.store.read.rounds.active(group);
  const ids = idsIn(await everything());
  const { commands, open } = product.engine.dispatcher;
  const stolen = [...buttonsIn(shown), ...buttonsIn(product.sent.flatMap((one) => ("view" in one ? [one.view] : [])))];
  const forged = Array.from({ length: INVOCATIONS }, (): Button => {
    const command = commands[Math.floor(next() * commands.length)] as Command;
    return { label: "", command: command.path, input: inputFor(command, ids, next) as Button["input"], revision: Math.floor(next() * 9) };
  });
  expect(stolen.length).toBeGreaterThan(20);
  const thread = playing.thread ?? expect.fail("no thread");
  for (const [nth, button] of [...stolen, ...forged].entries()) {
    product.now += 1_000;
    const place = nth % 2 === 0 ? CHANNEL : { ...CHANNEL, thread };
    const said = wordsOf(await product.press("Zed", button, { place }));
    const who = { platform: "web", space: "s1", id: "zed", name: "Zed", manager: false } as const;
    const opened = await open({ id: `form-${nth}`, path: button.command, input: button.input, who, place });
    expect(said + JSON.stringify(opened), `/${button.command} ${JSON.stringify(button.input)}`).not.toContain(PRIVATE);
  }
  // Anybody may sit down to score.
  expect(await product.store.read.rounds.active(group)).toContainEqual({ ...playing, scorers: expect.anything() });
  await product.pass(1_000);
  const after = new Set((await mine()).map(({ row }) => row));
  expect(before.filter(({ row }) => !after.has(row))).toEqual([]);
  expect(JSON.stringify(product.sent.filter((one) => one.kind !== "notice"))).not.toContain(PRIVATE);
});
