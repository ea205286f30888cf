/**
 * `npm run bench:rounds`: 200 mock rounds at once on one process and one PostgreSQL, with the real
 * heartbeat, as main.ts has it. Every step closes by itself; what is measured is how late the next
 * prompt is handed to the platform. The aim is two seconds. Prints a table; nothing is asserted.
 */
import cron from "node-cron";
import { createEngine } from "../src/app/engine.ts";
import { createLibrary, materialOf } from "../src/app/library.ts";
import type { Messenger } from "../src/app/messenger.ts";
import { play } from "../src/app/rounds.ts";
import { openLobby } from "../src/core/interview.ts";
import type { RoundMaterial } from "../src/core/interview_material.ts";
import { MODES, type Mode } from "../src/core/interview_modes.ts";
import { type Interview, type Seat, turnOf } from "../src/core/interview_state.ts";
import { voice } from "../src/core/interview_voice.ts";
import { MINUTE, SECOND } from "../src/core/place.ts";
import { createLog } from "../src/operations/log.ts";
import { loadBank } from "../src/store/bank.ts";
import { openStore } from "../src/store/index.ts";
import { startPostgres } from "../test/kit/postgres.ts";

const ROUNDS = 200;
/** A tenth of what a step has in earnest: ten times the load, and short enough to wait for. */
const STEP_MS = 30 * SECOND;
/** All rounds begin within one step, as people would: not in the same second. */
const SPREAD_MS = STEP_MS;
/** What a message takes on a good day of Discord or Slack. */
const DELIVERY_MS = 120;
const SLUG = "news-feed";

const SEATS: { readonly [M in Mode]: readonly { readonly who: string; readonly seat: Seat }[] } = {
  peer: [
    { who: "ada", seat: "candidate" },
    { who: "ben", seat: "interviewer" },
  ],
  relay: [
    { who: "ada", seat: "candidate" },
    { who: "ben", seat: "candidate" },
  ],
  solo: [{ who: "ada", seat: "candidate" }],
};

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const seconds = (ms: number): string => `${(ms / SECOND).toFixed(2)} s`;

const server = await startPostgres();
const { store } = await openStore({ kind: "postgres", url: await server.create() });
const library = createLibrary(await loadBank(new URL("../content/", import.meta.url)));
const material = theMaterial();

function theMaterial(): RoundMaterial {
  const found = materialOf(library, SLUG);
  if (!found) throw new Error(`there is no case ${SLUG}`);
  return found;
}

let delivered = 0;
/** When the platform was first asked to show something, by key. */
const handed = new Map<string, number>();
const messenger: Messenger = {
  platform: "web",
  inspect: async () => [],
  async deliver(delivery) {
    if (!handed.has(delivery.key)) handed.set(delivery.key, Date.now());
    await pause(DELIVERY_MS);
    return { remote: delivery.kind === "edit" ? delivery.message : `remote-${++delivered}` };
  },
};
const engine = createEngine({ commands: [], store, library, now: Date.now, log: createLog("warn", []) });
engine.connect(messenger);
const heartbeat = cron.schedule("* * * * * *", () => engine.pulse(), { noOverlap: true });

async function begin(nth: number): Promise<string> {
  const mode = MODES[nth % MODES.length] ?? "peer";
  const id = `bench-${nth}`;
  const place = { platform: "web", space: "s", channel: `c${nth}` } as const;
  const now = Date.now();
  const minutes = Array.from({ length: 7 }, () => STEP_MS / MINUTE);
  const plan = { id, group: `g${nth}`, place, case: SLUG, host: "ada", mode, pace: "live", minutes, turnHours: 24 } as const;
  await store.transaction(async (tx) => {
    await tx.groups.ensure(place, plan.group, now);
    const { state, says } = openLobby(plan, SEATS[mode], now);
    await tx.rounds.save(state);
    await tx.outbox.put(voice(state, says, material, "start"), now);
    if (state.phase.name !== "lobby") return;
    const begun = await play(tx, library, id, { kind: "begin", who: "ada" }, now, "begin");
    if (begun.ok) await tx.outbox.put(begun.effects, now);
  });
  return id;
}

/** Everybody answers once a step, so that nobody is a no-show; the steps close by themselves. */
async function answer(id: string, round: Interview): Promise<void> {
  const { candidate } = round;
  if (candidate === undefined) return;
  await store.transaction(async (tx) => {
    const said = { kind: "answer", who: candidate, text: "Half a million requests a second within 150 ms.", turn: turnOf(round) } as const;
    const played = await play(tx, library, id, said, Date.now(), `answer/${turnOf(round)}`);
    if (played.ok) await tx.outbox.put(played.effects, Date.now());
  });
}

console.log(`${ROUNDS} rounds at once, seven steps of ${seconds(STEP_MS)}, a message takes ${DELIVERY_MS} ms`);
const began = Date.now();
const ids = await Promise.all(
  Array.from({ length: ROUNDS }, async (_, nth) => {
    await pause((nth / ROUNDS) * SPREAD_MS);
    return begin(nth);
  }),
);

const late: number[] = [];
const answeredTurns = new Map<string, number>();
const ended = new Set<string>();
const PATIENCE_MS = 10 * MINUTE;
while (ended.size < ROUNDS && Date.now() - began < PATIENCE_MS) {
  for (const id of ids) {
    if (ended.has(id)) continue;
    const round = await store.read.rounds.find(id);
    const open = round?.phase.name === "step" && round.phase.until !== undefined;
    if (round && open && answeredTurns.get(id) !== turnOf(round)) {
      answeredTurns.set(id, turnOf(round));
      await answer(id, round);
    }
    if (!round || (round.phase.name !== "ended" && round.phase.name !== "scoring")) continue;
    ended.add(id);
    for (const [step, { openedAt }] of round.steps.entries()) {
      const next = handed.get(`interview/${id}/prompt/${step + 1}`);
      if (openedAt !== undefined && next !== undefined) late.push(next - openedAt - STEP_MS);
    }
  }
  await pause(SECOND);
}
await heartbeat.stop();

const kept = late.sort((a, b) => a - b);
console.table({
  "rounds ended": `${ended.size} of ${ROUNDS}`,
  deadlines: kept.length,
  "late, p50": seconds(quantile(kept, 0.5)),
  "late, p95": seconds(quantile(kept, 0.95)),
  "late, max": seconds(kept.at(-1) ?? 0),
  messages: delivered,
  took: seconds(Date.now() - began),
});
await engine.stop();
await store.close();
await server.stop();
