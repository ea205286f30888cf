/** The store: the application's ports over PostgreSQL or PGlite. */
import { Kysely, type LogEvent, sql } from "kysely";
import type { Installations } from "../app/installations.ts";
import type { ChatLog } from "../app/playground.ts";
import type { Reads, Store, Tx } from "../app/ports.ts";
import type { Instant } from "../core/place.ts";
import { agenda } from "./agenda.ts";
import { readAnswers, writeAnswers } from "./answers.ts";
import { backlog } from "./backlog.ts";
import { readBoards, writeBoards } from "./boards.ts";
import { readCalendar } from "./calendar.ts";
import { readSeen, writeSeen } from "./case_seen.ts";
import { createChatLog } from "./chat_log.ts";
import { readDaysOff, writeDaysOff } from "./days_off.ts";
import { writeDigests } from "./digests.ts";
import { readDisputes, writeDisputes } from "./disputes.ts";
import { type Driver, pgliteDriver, postgresDriver } from "./drivers.ts";
import { readGroups, writeGroups } from "./groups.ts";
import { readHomes, writeHomes } from "./homes.ts";
import { createInstallations } from "./installations.ts";
import { writeInvocations } from "./invocations.ts";
import { readLedger, writeLedger } from "./ledger.ts";
import { lock } from "./lock.ts";
import { readMembers, writeMembers } from "./members.ts";
import { migrate } from "./migrate.ts";
import { readPlans, writePlans } from "./mock_plans.ts";
import { writeModelCalls } from "./model_calls.ts";
import { writeOutbox } from "./outbox.ts";
import { readPairing, writePairing } from "./pairing.ts";
import { writePersonal } from "./personal.ts";
import { readPosts, writePosts } from "./posts.ts";
import { readProgress, writeProgress } from "./progress.ts";
import { readQuestions, writeQuestions } from "./questions.ts";
import { createQueue } from "./queue.ts";
import { readRecall, writeRecall } from "./recall.ts";
import { readReminders, writeReminders } from "./reminders.ts";
import { readReports, writeReports } from "./reports.ts";
import { readRounds, writeRounds } from "./rounds.ts";
import { readSeasons, writeSeasons } from "./seasons.ts";
import { readSeats } from "./seats.ts";
import { readShares, writeShares } from "./shares.ts";
import { writeSpaces } from "./spaces.ts";
import { readStudies, writeStudies } from "./studies.ts";
import { sweep } from "./sweep.ts";
import type { Db, Tables } from "./tables.ts";
import { transaction } from "./transaction.ts";
import { StorableCompiler } from "./values.ts";

export type StoreTarget = { readonly kind: "postgres"; readonly url: string } | { readonly kind: "pglite"; readonly dir: string };

export interface OpenStore {
  readonly store: Store;
  readonly chatLog: ChatLog;
  readonly installations: Installations;
}

/** Hears of each statement how long it took, in milliseconds, and whether it failed. */
type OnQuery = (ms: number, failed: boolean) => void;

/** Opens and migrates. Throws one line that names the variable to look at. */
export async function openStore(target: StoreTarget, onQuery?: OnQuery, connections?: number): Promise<OpenStore> {
  if (target.kind === "postgres") return openOn(postgresDriver(target.url, connections), onQuery).catch(unusable("DATABASE_URL"));
  return openOn(pgliteDriver(target.dir), onQuery).catch(unusable(`DATA_DIR ${target.dir}`));
}

/** A refused connection to a name with several addresses has a code and no message. */
const unusable = (what: string) => (cause: Error & { readonly code?: string }) => {
  throw new Error(`${what} cannot be used: ${cause.message || cause.code}`, { cause });
};

/** The store over a driver that is at hand; closing it releases the driver. */
export async function openOn(driver: Driver, onQuery?: OnQuery): Promise<OpenStore> {
  const log = onQuery && ((event: LogEvent) => onQuery(event.queryDurationMillis, event.level === "error"));
  driver.dialect.createQueryCompiler = () => new StorableCompiler();
  const db = new Kysely<Tables>({ dialect: driver.dialect, ...(log ? { log } : {}) });
  const close = () => db.destroy().finally(driver.release);
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { store: createStore(db, close), chatLog: createChatLog(db), installations: createInstallations(db) };
}

const createStore = (db: Db, close: () => Promise<void>): Store => ({
  read: reads(db),
  queue: createQueue(db),
  transaction: (work) => transaction(db, (tx) => work(writes(tx))),
  agenda: agenda(db),
  nextDue: async (after) => earliest(Object.values(await agenda(db)(after))),
  backlog: backlog(db),
  ping: async () => void (await sql`select 1`.execute(db)),
  close,
});

const reads = (db: Db): Reads => ({
  groups: readGroups(db),
  calendar: readCalendar(db),
  posts: readPosts(db),
  answers: readAnswers(db),
  rounds: readRounds(db),
  ledger: readLedger(db),
  boards: readBoards(db),
  seasons: readSeasons(db),
  members: readMembers(db),
  shares: readShares(db),
  disputes: readDisputes(db),
  reports: readReports(db),
  questions: readQuestions(db),
  daysOff: readDaysOff(db),
  reminders: readReminders(db),
  recall: readRecall(db),
  homes: readHomes(db),
  progress: readProgress(db),
  studies: readStudies(db),
  plans: readPlans(db),
  seats: readSeats(db),
  seen: readSeen(db),
  pairing: readPairing(db),
});

const writes = (db: Db): Tx => ({
  sweep: sweep(db),
  lock: (aggregate) => lock(db, aggregate),
  invocations: writeInvocations(db),
  outbox: writeOutbox(db),
  groups: writeGroups(db),
  calendar: readCalendar(db),
  posts: writePosts(db),
  answers: writeAnswers(db),
  rounds: writeRounds(db),
  ledger: writeLedger(db),
  boards: writeBoards(db),
  seasons: writeSeasons(db),
  digests: writeDigests(db),
  members: writeMembers(db),
  modelCalls: writeModelCalls(db),
  shares: writeShares(db),
  disputes: writeDisputes(db),
  reports: writeReports(db),
  questions: writeQuestions(db),
  daysOff: writeDaysOff(db),
  reminders: writeReminders(db),
  spaces: writeSpaces(db),
  recall: writeRecall(db),
  homes: writeHomes(db),
  progress: writeProgress(db),
  studies: writeStudies(db),
  personal: writePersonal(db),
  plans: writePlans(db),
  seats: readSeats(db),
  seen: writeSeen(db),
  pairing: writePairing(db),
});

const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce((first, one) => (first === undefined || (one !== undefined && one < first) ? one : first), undefined);
