/**
 * Kills the process at its worst moments, in the middle of a drill, a turn and a score, starts it
 * again, and looks at what people find: nothing lost, nothing twice.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import type { MessengerHarness } from "../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen } from "../contract/receiver.ts";
import { everything, type Standing } from "../kit/everything.ts";
import { type Running, start } from "../kit/process.ts";

/** A platform's stand-in as its people use it, while the bot runs in a process of its own. */
export interface StandInPlatform extends Pick<ReceiverHarness, "slash" | "press" | "channel"> {
  readonly shown: MessengerHarness["shown"];
  /** The variables that lead a bot here. */
  readonly env: Readonly<Record<string, string>>;
  /** Turns the next message away for some seconds, so that it is committed and not sent. */
  turnAwayNextPost(run: () => void): void;
  /** Runs when the next message was made, before its sender hears of it. */
  afterNextPost(run: () => Promise<void>): void;
  /** Runs when the next private reply arrives; nobody gets to see it. */
  beforeNextReply(run: () => Promise<void>): void;
  /** What the platform would have refused. */
  readonly violations: readonly string[];
  stop(): Promise<void>;
}

/** So that a message is still unsent when the process dies. */
export const TURNED_AWAY_SECONDS = 2;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** The embedded database: the one process that uses it takes up at once what a killed one held. */
export async function folderOfItsOwn(): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), "drillroom-kill-"));
  folders.push(folder);
  return { DATA_DIR: folder };
}

const PEOPLE = {
  ada: { id: "1001", name: "Ada", manager: true },
  ben: { id: "1002", name: "Ben", manager: false },
} as const satisfies Record<string, Person>;
const { ada, ben } = PEOPLE;

export const MOMENTS = ["between commit and send", "between send and mark", "between commit and reply"] as const;
type Moment = (typeof MOMENTS)[number];

/** Longer than the outbox's lease on PostgreSQL, which a killed process leaves behind. */
const PATIENCE_MS = 60_000;
/** Several leases may have to run out in one. */
const SCENARIO_MS = 300_000;
/** How long one looks for a second copy of what must be there once. */
const SETTLE_MS = 2_500;

export function killScenario(
  open: (people: readonly Person[]) => Promise<StandInPlatform>,
  database: () => Promise<Readonly<Record<string, string>>>,
  moments: readonly Moment[] = MOMENTS,
): void {
  describe.each(moments)("killed %s", (moment) => {
    it(
      "loses and repeats neither drill nor turn nor score",
      async () => {
        const platform = await open([ada, ben]);
        const env = { ...platform.env, ...(await database()) };
        let bot: Running = await start(env);
        try {
          await walk(platform, moment, {
            kill: () => bot.kill(),
            restart: async () => {
              await bot.exit();
              bot = await start(env);
            },
          });
          expect(platform.violations).toEqual([]);
          expect(await bot.stop()).toBe(0);
        } finally {
          await bot.kill();
          await platform.stop();
        }
      },
      SCENARIO_MS,
    );
  });
}

interface Process {
  kill(): Promise<void>;
  restart(): Promise<void>;
}

async function walk(platform: StandInPlatform, moment: Moment, process: Process): Promise<void> {
  const { channel } = platform;
  const text = (seen: Seen) => (seen.kind === "reply" ? seen.text : seen.title);
  const all = async (words: string) => (await everything(platform.shown, channel)).filter(({ text }) => text.includes(words));
  const find = async (words: string): Promise<Standing> => {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(100)) {
      const [found] = await all(words);
      if (found) return found;
    }
    throw new Error(`"${words}" did not come`);
  };
  const once = async (words: string): Promise<void> => {
    await find(words);
    await pause(SETTLE_MS);
    expect(await all(words), words).toHaveLength(1);
  };

  /** Does something, dies of it at the moment, comes back; then does it again if no reply was seen. */
  const dyingly = async (act: () => Promise<Seen>, again: RegExp): Promise<void> => {
    const killed = new Promise<void>((done) => {
      const kill = async () => {
        await process.kill();
        done();
      };
      if (moment === "between commit and send") platform.turnAwayNextPost(() => void kill());
      if (moment === "between send and mark") platform.afterNextPost(kill);
      if (moment === "between commit and reply") platform.beforeNextReply(kill);
    });
    // Whoever acts may see nothing, for nobody is there to answer.
    void act().catch(() => undefined);
    await killed;
    await process.restart();
    if (moment === "between commit and reply") expect(text(await act())).toMatch(again);
  };

  // A drill: its post, and an answer to it.
  expect(text(await platform.slash(ada, "setup", { time: "09:00", zone: "UTC", weekdays: "daily", mix: "open choice" }))).toContain(
    "set up",
  );
  await dyingly(() => platform.slash(ada, "daily now", {}), /Today already has its drill/);
  await once("Daily drill");
  const answer = () => platform.slash(ben, "daily answer", { answer: "1" });
  if (moment === "between commit and reply") await dyingly(answer, /choice is in|points covered/);
  else expect(text(await answer())).toMatch(/choice is in|points covered/);

  // A turn: a step that closes, the next one that opens, an answer in it.
  expect(text(await platform.slash(ada, "mock start", { seat: "candidate" }))).toContain("The lobby is open");
  const lobby = await find("Mock round");
  expect(text(await platform.press(ben, lobby, "Interviewer"))).toContain("You are the interviewer");
  expect(text(await platform.press(ben, lobby, "Begin"))).toContain("The round begins");
  const first = await find("Step 1 of 7");
  await dyingly(() => platform.press(ben, first, "Next step", first.where), /has closed already/);
  await once("Step 2 of 7");
  await dyingly(() => platform.slash(ada, "mock answer", { text: "half a million requests a second" }), /Said/);
  await once("half a million requests a second");
  expect(text(await platform.slash(ada, "mock status", {}))).toMatch(/step 2 of 7/);
  for (let step = 2; step <= STEPS.length; step++) {
    await find(`Step ${step} of 7`);
    if (step <= 5 && step > 2) await platform.slash(ada, "mock answer", { text: `answer to step ${step}` });
    const confirm = await platform.slash(ben, "mock next", {});
    expect(text(await platform.press(ben, confirm, `Close step ${step}`))).toContain("On to the next");
  }

  // A score: the last one ends the round with its card and its points.
  await find("All seven steps are done");
  for (let step = 1; step < STEPS.length; step++)
    expect(text(await platform.slash(ben, "mock score", { step, level: 3 }))).toContain("is scored");
  await dyingly(() => platform.slash(ben, "mock score", { step: STEPS.length, level: 3 }), /round is over|no such round|No round/i);
  await once("Scorecard");
  const board = text(await platform.slash(ada, "leaderboard", { window: "all" }));
  expect(board).toMatch(/Ada[\s\S]*33/);
  expect(board).toMatch(/Ben[\s\S]*1[5-9]|Ben[\s\S]*2[0-5]/);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
