/** A server or a workspace that left: on its day nothing of it is kept, and nothing of others is touched. */
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { createEngine, type Engine } from "../../src/app/engine.ts";
import type { Installations } from "../../src/app/installations.ts";
import type { Store } from "../../src/app/ports.ts";
import { DAY, HOUR, type Place } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import { type OpenStore, openStore } from "../../src/store/index.ts";
import { library } from "../kit/bank.ts";
import { freshPostgres } from "../kit/database.ts";

const NOW = Date.parse("2026-11-23T06:00:00Z");

/** Tables that hold nothing of a server or workspace, or are told apart otherwise; why. */
const APART: Readonly<Record<string, string>> = {
  invocation: "by the beginning of its id",
  model_call: "by the beginning of its reader",
  outbox: "by the place in its effect",
  schedule_slot: "shared by groups; goes with the last of them",
  slack_install: "gone when the app was removed",
  slack_space: "the row that says when to forget",
  slack_state: "expires within minutes",
  chat_message: "the playground's alone",
  playground_clock: "the playground's alone",
};

let client: pg.Client;
let opened: OpenStore;
let engine: Engine;
let now: number;
/** What Discord says of a server. */
let isIn: (space: string) => Promise<boolean>;
beforeEach(async () => {
  now = NOW;
  isIn = async () => false;
  const url = await freshPostgres();
  opened = await openStore({ kind: "postgres", url });
  client = new pg.Client(url);
  await client.connect();
  engine = createEngine({ commands, store: opened.store, library, now: () => now, log: createLog("silent", []) });
  for (const platform of ["slack", "discord"] as const)
    engine.connect({
      platform,
      inspect: async () => [],
      deliver: async (delivery) => ({ remote: delivery.kind === "edit" ? delivery.message : `r${Math.random()}` }),
      ...(platform === "discord" ? { isIn: (space: string) => isIn(space) } : {}),
    });
});
afterEach(async () => {
  await engine.stop();
  await client.end();
  await opened.store.close();
});

let serial = 0;
async function act(place: Place, who: string, path: string, input: Record<string, unknown> = {}) {
  const member = { platform: place.platform, space: place.space, id: who, name: who, manager: who === "ada" } as const;
  return engine.dispatcher.dispatch({ id: `${place.space}/${++serial}`, path, input, who: member, place });
}

async function live(place: Place): Promise<void> {
  await act(place, "ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily" });
  await act(place, "ada", "daily off", { days: "2026-12-24" });
  now = NOW + HOUR;
  await engine.beat();
  const group = await opened.store.read.groups.at(place);
  await act(place, "ben", "daily answer", { post: `${group?.id}/2026-11-23`, answer: "First the traffic, then the labels." });
  await act(place, "ada", "mock start", { seat: "candidate" });
  now = NOW;
}

const place = (platform: "slack" | "discord", space: string): Place => ({ platform, space, channel: "C1" });
const groupAt = async (where: Place): Promise<string> => (await opened.store.read.groups.at(where))?.id ?? expect.fail("there is no group");

/** Rows of each table that are not empty, as text. */
async function contents(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const table of await tables()) {
    const { rows } = await client.query(`select * from "${table}"`);
    if (rows.length > 0) found.set(table, JSON.stringify(rows));
  }
  return found;
}
const tables = async (): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  return rows.map(({ name }) => name);
};

const HERE = {
  slack: {
    enter: ({ space }: Place, { installations }: Parts) =>
      installations.install({ id: space, sealed: `tokens-of-${space}` }, { space }, NOW),
    leave: ({ space }: Place, { installations }: Parts) => installations.remove(space, NOW + 30 * DAY),
  },
  discord: {
    enter: async () => undefined,
    leave: (place: Place, { store }: Parts) => store.transaction((tx) => tx.spaces.leave(place, NOW + 30 * DAY)),
  },
} as const;
interface Parts {
  readonly store: Store;
  readonly installations: Installations;
}

describe("a server or a workspace that left", () => {
  it.each(["slack", "discord"] as const)("is forgotten whole on its day, by the tick, and no other is: %s", async (platform) => {
    const [gone, stays] = [place(platform, "TGONE"), place(platform, "TSTAYS")];
    for (const one of [gone, stays]) {
      await HERE[platform].enter(one, opened);
      await live(one);
    }
    const id = await groupAt(gone);
    const before = await contents();
    for (const table of ["study_group", "drill_post", "drill_answer", "day_off", "round", "outbox"])
      expect(before.get(table), table).toContain(id);
    for (const table of ["member", "invocation"]) expect(before.get(table), table).toContain("TGONE");
    await HERE[platform].leave(gone, opened);
    expect(JSON.stringify([...(await contents())])).not.toContain("tokens-of-TGONE");
    // The sweep is hourly.
    now = NOW + 30 * DAY - HOUR;
    await engine.beat();
    expect(JSON.stringify([...(await contents())])).toContain("TGONE");

    const other = await groupAt(stays);
    now = NOW + 30 * DAY;
    await engine.beat();
    for (const [table, rows] of await contents()) {
      expect(rows, table).not.toContain("TGONE");
      expect(rows, table).not.toContain(id);
    }
    expect(await groupAt(stays)).toBe(other);
  });

  it("and has the bot after all, of which no news came, is kept", async () => {
    const here = place("discord", "THERE");
    await live(here);
    await HERE.discord.leave(here, opened);
    const id = await groupAt(here);
    isIn = async () => true;
    now = NOW + 30 * DAY;
    await engine.beat();
    expect(await groupAt(here)).toBe(id);
    isIn = async () => false;
    now += 30 * DAY;
    await engine.beat();
    expect(await groupAt(here)).toBe(id);
  });

  it("and of which Discord cannot say, is tried again, and holds no other up", async () => {
    const [unsaid, gone] = [place("discord", "ASKED"), place("discord", "GONE")];
    for (const one of [unsaid, gone]) {
      await live(one);
      await HERE.discord.leave(one, opened);
    }
    isIn = async (space) => {
      if (space === unsaid.space) throw new Error("500");
      return false;
    };
    now = NOW + 30 * DAY;
    await engine.beat();
    await groupAt(unsaid);
    expect(await opened.store.read.groups.at(gone)).toBeUndefined();
    isIn = async () => false;
    now += HOUR;
    await engine.beat();
    expect(await opened.store.read.groups.at(unsaid)).toBeUndefined();
  });

  it("leaves no table behind that nobody thought of", async () => {
    const { rows } = await client.query<{ name: string }>(`
      with recursive reached as (
        select table_name::text as name from information_schema.columns where table_schema = 'public' and column_name in ('group_id', 'scope')
        union
        select table_name::text from information_schema.columns
          where table_schema = 'public' and column_name in ('platform', 'space') group by table_name having count(*) = 2
        union
        select conrelid::regclass::text from pg_constraint join reached on confrelid = reached.name::regclass and contype = 'f'
      )
      select name from reached`);
    const reached = new Set(rows.map(({ name }) => name));
    const forgotten = (await tables()).filter((table) => !reached.has(table) && APART[table] === undefined);
    expect(forgotten, "give it a group, a platform and a space, a scope, or a way to one in store/forget.ts, and say so in APART").toEqual(
      [],
    );
  });
});
