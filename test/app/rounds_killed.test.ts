/** However often the process dies: rounds of all modes end as if it never had. */
import { expect, it, onTestFinished } from "vitest";
import { createEngine, type Engine } from "../../src/app/engine.ts";
import { materialOf } from "../../src/app/library.ts";
import type { Messenger } from "../../src/app/messenger.ts";
import { play, startRound } from "../../src/app/rounds.ts";
import { hash } from "../../src/core/hash.ts";
import { MODES } from "../../src/core/interview_modes.ts";
import { coverages, readSteps } from "../../src/core/interview_reading.ts";
import { roundPoints } from "../../src/core/points.ts";
import { asJson, transcriptOf } from "../../src/core/transcript.ts";
import type { View } from "../../src/core/view.ts";
import { createLog } from "../../src/operations/log.ts";
import { library } from "../kit/bank.ts";
import { earnedIn } from "../kit/board.ts";
import { openTestStore } from "../kit/database.ts";
import { BEAT, dice, scriptedRound } from "../kit/scripted_round.ts";

/** Set one that failed to see it again. */
const SEED = Number(process.env.ROUNDS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const ROUNDS = 100;
const CASES = ["ad-click-prediction", "news-feed", "video-search"];
const FROM = Date.parse("2026-11-23T06:00:00Z");

it(`plays ${ROUNDS} rounds through kills at random moments, seed ${SEED}`, async () => {
  const { store } = await openTestStore("postgres");
  onTestFinished(() => store.close());
  const material = (slug: string) => materialOf(library, slug) ?? expect.fail(`there is no case ${slug}`);
  const roll = dice(SEED);
  const scripts = Array.from({ length: ROUNDS }, (_, nth) => {
    const slug = CASES[nth % CASES.length] ?? "";
    const place = { platform: "web", space: "s1", channel: `c${nth}` } as const;
    const mode = MODES[nth % MODES.length] ?? "peer";
    const plan = { id: `r${SEED}-${nth}`, group: `g${nth}`, place, case: slug, host: "ada", mode, pace: "live", turnHours: 24 } as const;
    return scriptedRound(plan, material(slug), hash(`${SEED}/${nth}`), FROM);
  });

  /** What the platform holds: it knows a message by its key, and takes it once. */
  const shown = new Map<string, View | undefined>();
  let now = FROM;
  let kills = 0;
  let untilDeath = 0;
  let dead = Promise.withResolvers<void>();
  /** One process; from its death on nothing that it sent is heard of again. */
  const start = (): Engine => {
    const died = Promise.withResolvers<void>();
    dead = died;
    let alive = true;
    // Between commit and send, or between send and mark.
    const silence = () => new Promise<never>(() => undefined);
    const messenger: Messenger = {
      platform: "web",
      inspect: async () => [],
      async deliver(delivery) {
        if (!alive) return silence();
        const dies = untilDeath > 0 && --untilDeath === 0;
        if (dies && roll() < 0.5) {
          alive = false;
          died.resolve();
          return silence();
        }
        if (delivery.kind === "post" && !shown.has(delivery.key)) shown.set(delivery.key, delivery.view);
        if (dies) {
          alive = false;
          died.resolve();
          return silence();
        }
        return { remote: delivery.kind === "edit" ? delivery.message : `remote/${delivery.key}` };
      },
    };
    const engine = createEngine({ commands: [], store, library, now: () => now, log: createLog("silent", []) });
    engine.connect(messenger);
    return engine;
  };
  let engine = start();
  /** Until nothing is due any more; several deaths may follow each other before that. */
  const beat = async () => {
    do {
      untilDeath = roll() < 0.8 ? 1 + Math.floor(roll() * 40) : 0;
      const survived = await Promise.race([engine.beat().then(() => true), dead.promise.then(() => false)]);
      if (!survived) {
        kills += 1;
        await store.queue.releaseLeases();
        engine = start();
        await engine.beat();
      }
    } while (((await store.nextDue(0)) ?? Number.POSITIVE_INFINITY) <= now);
  };
  const live = (id: string, move: Parameters<typeof play>[3], nonce: string) =>
    store.transaction(async (tx) => {
      const played = await play(tx, library, id, move, now, nonce);
      if (played.ok) await tx.outbox.put(played.effects, now);
    });

  await Promise.all(
    scripts.map(({ plan, seats }) =>
      store.transaction(async (tx) => {
        await tx.groups.ensure(plan.place, plan.group, now);
        const started = await startRound(tx, library, plan, seats, now);
        if (!started.ok) return expect.fail(started.refusal.title);
        await tx.outbox.put(started.effects, now);
      }),
    ),
  );
  await beat();
  for (let nth = 1; nth <= Math.max(...scripts.map(({ beats }) => beats)); nth++) {
    now = FROM + nth * BEAT.live;
    await Promise.all(
      scripts.map(async ({ plan, moves }) => {
        const move = moves.get(nth);
        if (!move) return;
        await live(plan.id, move, `${nth}`);
        // Whoever saw no reply, because we died before it, does it again.
        if (roll() < 0.2 && "turn" in move && move.turn !== undefined) await live(plan.id, move, `${nth} again`);
      }),
    );
    await beat();
  }

  const iso = (at: number) => new Date(at).toISOString();
  for (const { plan, end, thread } of scripts) {
    const played = (await store.read.rounds.find(plan.id)) ?? expect.fail("the round is lost");
    const content = material(plan.case);
    expect(asJson(transcriptOf(played, content, "ada", iso)), plan.id).toBe(asJson(transcriptOf(end, content, "ada", iso)));
    const said = [...shown].filter(([key]) => key.startsWith(`interview/${plan.id}/`) && !key.endsWith("/lobby"));
    expect(said, plan.id).toEqual(thread.map(({ key, view }) => [key, view]));
    const points = roundPoints(end, coverages(readSteps(end, content), content));
    const board = await earnedIn(store, plan.group);
    expect(Object.fromEntries(board.map(({ member, points }) => [member, points])), plan.id).toEqual(
      Object.fromEntries(points.map(({ member, points }) => [member, points])),
    );
  }
  const ends = Map.groupBy(scripts, ({ end }) => (end.phase.name === "ended" ? `${end.mode} ${end.phase.how}` : "open"));
  console.log(`seed ${SEED}: ${kills} kills; ${[...ends].map(([how, all]) => `${all.length} ${how}`).join(", ")}`);
  expect(kills).toBeGreaterThan(5);
  for (const mode of MODES) expect(ends.get(`${mode} finished`)?.length, mode).toBeGreaterThan(0);
});
