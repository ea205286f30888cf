/**
 * The whole product in a storm: three replicas on one PostgreSQL, Discord and Slack with all their faults, people who
 * answer drills and play rounds, while processes and the database are killed at random. `npm run test:chaos` kills 300
 * times, which takes about a quarter of an hour; CHAOS_KILLS says otherwise, CHAOS_SEED repeats a storm's choices.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { MINUTE, SECOND } from "../../src/core/place.ts";
import type { Person } from "../contract/receiver.ts";
import { startPostgres } from "../kit/postgres.ts";
import { chance, SEED } from "../kit/random.ts";
import { drillProblems, duplicates, laneProblems, type Rows, roundProblems, storeProblems } from "./check.ts";
import { type House, openHouse } from "./house.ts";
import { answerDrill, playRound, type Room, roomOf, setUp } from "./people.ts";
import { discordTown, slackTown, type Town } from "./town.ts";

const KILLS = Number(process.env.CHAOS_KILLS ?? 300);
/** So long before the first drill everybody is set up. */
const SET_UP_MS = 20 * SECOND;
/** The storm goes on for so long after the last drill has come, whatever was killed until then. */
const AFTER_MS = 20 * SECOND;
/** Between two kills, at most; they come in bursts. */
const PAUSE_MS = 8_000;
/** The mean of pause and kill together, for planning only. */
const KILL_MS = 2_000;
/** Between two faults of a platform, at most. */
const CALM_MS = 4_000;
const STORM_MINUTES = Math.ceil((KILLS * KILL_MS) / MINUTE);
/** Of each platform: in the first rooms people also play rounds. */
const ROOMS = 6 + 4 * STORM_MINUTES;
const PLAYING = 3;
/** Members who answer each drill. */
const ANSWERING = 2;
/** In which the last retries come round. */
const SETTLE_MS = 5 * MINUTE;
const TEST_MS = 3 * STORM_MINUTES * MINUTE + 15 * MINUTE;

const person = (nth: number): Person => ({ id: String(1_000 + nth), name: `Member ${nth}.`, manager: nth < ORGANIZERS });
/** One person may not do everything at once. */
const ORGANIZERS = 20;
const PEOPLE = Array.from({ length: ORGANIZERS + 400 + ANSWERING * ROOMS }, (_, nth) => person(nth));

it(`loses nothing and repeats nothing over ${KILLS} kills (CHAOS_SEED=${SEED})`, { timeout: TEST_MS }, async () => {
  const random = chance(SEED);
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const url = await server.create();
  const rows = asking(url);
  const towns = await Promise.all([discordTown(PEOPLE, ROOMS), slackTown(PEOPLE, ROOMS)]);
  const env = Object.assign({ DATABASE_URL: url }, ...towns.map((town) => town.env));
  const house = await openHouse(server, env);
  onTestFinished(async () => {
    await house.stop();
    await Promise.all(towns.map((town) => town.stop()));
  });
  await house.ready();
  // Every group has its time, somewhere in the storm.
  const begins = Math.ceil((Date.now() + SET_UP_MS) / MINUTE) * MINUTE;
  const due = (nth: number) => begins + (nth % STORM_MINUTES) * MINUTE;
  const lastDue = begins + (STORM_MINUTES - 1) * MINUTE;
  const rooms = towns.map((town) => town.channels.map((place, nth) => roomOf(town, place, due(nth))));
  await Promise.all(rooms.flat().map((room, nth) => setUp(room, PEOPLE[nth % ORGANIZERS] as Person)));

  const storm = { over: false };
  const gaveUp: string[] = [];
  const people = rooms.map((of) => live(of, storm, random, async (why) => void gaveUp.push(`${why}\n${await unfinished(rows)}`)));
  const blown = towns.map((town) => weather(town, house, storm, random));
  const hurrying = (async () => {
    for (; !storm.over; await sleep(SECOND)) await hurry(rooms.flat(), rows);
  })();
  while (house.kills.replica + house.kills.database < KILLS || Date.now() < lastDue + AFTER_MS) {
    await sleep(random() ** 2 * PAUSE_MS);
    const chosen = random();
    if (chosen < 0.1) await house.killDatabase(random());
    else if (chosen < 0.15) await house.killAll();
    else await house.killReplica(Math.floor(random() * 3));
  }
  storm.over = true;
  await Promise.all([...people, ...blown, hurrying]);
  await house.ready();
  await settled(rooms.flat(), rows);

  const all = rooms.flat();
  const problems = [
    ...gaveUp,
    ...(await drillProblems(all, rows)),
    ...(await roundProblems(all, rows)),
    ...(await storeProblems(rows)),
    ...(await laneProblems(towns, all, rows)),
    ...unexplained(house.complaints()),
  ];
  const twice = Object.fromEntries(towns.map((town) => [town.name, duplicates(town)]));
  console.table({
    seed: SEED,
    "replicas killed": house.kills.replica,
    "database killed": house.kills.database,
    "drills due and posted once": all.length,
    "answers to drills": all.reduce((sum, { answered }) => sum + answered.length, 0),
    "rounds played to their end": all.reduce((sum, { rounds }) => sum + rounds.length, 0),
    messages: towns.reduce((sum, town) => sum + town.marks().length, 0),
    "people told that nobody answers": towns.reduce((sum, town) => sum + town.unanswered(), 0),
    "twice on Discord": twice.discord?.length,
    "twice on Slack": twice.slack?.length,
  });
  expect(problems).toEqual([]);
  expect(twice).toEqual({ discord: [], slack: [] });
});

/** What a town's people do until the storm is over, and then finish; who gives up says why. */
async function live(
  rooms: readonly Room[],
  storm: { readonly over: boolean },
  random: () => number,
  giveUp: (why: unknown) => Promise<void>,
): Promise<void> {
  const drills = rooms.map((room, nth) => answerDrill(room, PEOPLE.slice(-ANSWERING * (nth + 1)).slice(0, ANSWERING)).catch(giveUp));
  const rounds = rooms.slice(0, PLAYING).map(async (room, nth) => {
    for (let played = 0; !storm.over || played === 0; played++) {
      const first = ORGANIZERS + 3 * (PLAYING * played + nth);
      const [candidate, interviewer, scorer] = PEOPLE.slice(first) as [Person, Person, Person];
      await playRound(room, candidate, interviewer, scorer);
      await sleep(random() * SECOND);
    }
  });
  await Promise.all([...drills, ...rounds.map((round) => round.catch(giveUp))]);
}

/** What the database has to say to somebody's having waited in vain. */
async function unfinished(rows: Rows): Promise<string> {
  const waiting = await rows(
    "select key, lane, attempt, leased, free_at - now() as free_in, reason from outbox where state <> 'sent' order by seq",
  );
  const playing = await rows(
    "select id, channel, deadline, interview -> 'phase' as phase, interview -> 'scores' as scores from round where not ended",
  );
  return [...waiting, ...playing].map((row) => JSON.stringify(row)).join("\n");
}

/** The platform's own trouble; some of it falls together with a kill. */
async function weather(town: Town, house: House, storm: { readonly over: boolean }, random: () => number): Promise<void> {
  while (!storm.over) {
    await sleep(random() * CALM_MS);
    const fault = town.faults[Math.floor(random() * town.faults.length)];
    const replica = Math.floor(random() * 3);
    fault?.(() => house.killReplica(replica));
  }
}

/** Drills that all have answered are revealed at once, not hours later. */
async function hurry(rooms: readonly Room[], rows: Rows): Promise<void> {
  const channels = rooms.flatMap(({ answered, place }) => (answered.length === ANSWERING ? `'${place.channel}'` : []));
  if (channels.length === 0) return;
  // Not before its delivery is noted, which says until when it is sealed.
  await rows(`
    update drill_post set reveal_at = now() from study_group
    where group_id = id and state = 'open' and delivered_at is not null and reveal_at > now() and channel in (${channels.join()})`);
}

/** Waits until nothing waits any more. */
async function settled(rooms: readonly Room[], rows: Rows): Promise<void> {
  for (const deadline = Date.now() + SETTLE_MS; Date.now() < deadline; await sleep(SECOND)) {
    await hurry(rooms, rows);
    const waiting = await rows(`
      select key from outbox where state = 'waiting'
      union all select drill from drill_post where state in ('due', 'open')`);
    if (waiting.length === 0) return;
  }
}

/** Asks until the database answers: it is killed, too. */
function asking(connectionString: string): Rows {
  return async (statement) => {
    for (const deadline = Date.now() + MINUTE; ; await sleep(100)) {
      const client = new pg.Client({ connectionString });
      client.on("error", () => undefined);
      try {
        await client.connect();
        return (await client.query<Record<string, unknown>>(statement)).rows;
      } catch (error) {
        // Class 42: the question itself is wrong.
        if (Date.now() > deadline || (error as pg.DatabaseError).code?.startsWith("42")) throw error;
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  };
}

/** Errors that the storm does not explain: the database was away, a platform was, a delivery is tried again. */
const EXPLAINED =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|57P0[123]|starting up|shutting down|recovery mode|connection has been discarded|connection error and is not queryable|timeout exceeded|socket hang up|could not be reached|a delivery failed|"status":5\d\d/;
/** Nothing explains that a process ended by itself. */
const CRASH = /Unhandled|throw |nobody caught/;
const unexplained = (told: readonly string[]): readonly string[] => [
  ...new Set(told.filter((one) => CRASH.test(one) || !EXPLAINED.test(one)).map((one) => `logged: ${one.slice(0, 900)}`)),
];
