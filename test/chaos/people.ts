/** People who do not give up: whoever sees no answer looks whether it happened, and else does it again. */
import { setTimeout as sleep } from "node:timers/promises";
import { STEPS } from "../../src/core/content.ts";
import type { Instant, Place } from "../../src/core/place.ts";
import type { Person } from "../contract/receiver.ts";
import type { Standing } from "../kit/everything.ts";
import type { Town } from "./town.ts";

/** Longer than leases, retries and a database that is away take together. */
const PATIENCE_MS = 300_000;
/** Between two tries of the same thing. */
const AGAIN_MS = 5_000;
const LOOK_MS = 250;

/** Where they meet, and what they were promised there. */
export interface Room {
  readonly town: Town;
  readonly place: Place;
  /** When its drill comes. */
  readonly due: Instant;
  /** Members who were told that their answer to the drill is kept. */
  readonly answered: Person[];
  /** The rounds that were played to their end. */
  readonly rounds: PlayedRound[];
}

export interface PlayedRound {
  /** The message that it began with. */
  readonly lobby: string;
  readonly candidate: Person;
  readonly interviewer: Person;
  readonly scorer: Person;
  /** All that the candidate said, and that the interviewer asked, in order. */
  readonly said: readonly Said[];
  readonly asked: readonly Said[];
}

/** `confirmed`: its author was told that it arrived. */
export interface Said {
  readonly text: string;
  readonly confirmed: boolean;
}

export const roomOf = (town: Town, place: Place, due: Instant): Room => ({ town, place, due, answered: [], rounds: [] });

type Look = () => Promise<Standing | undefined>;

/** Does it until one sees that it happened. Trouble on the way is what these people are used to. */
async function until(what: string, look: Look, act?: () => Promise<unknown>): Promise<Standing> {
  let last: unknown;
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const before = await look();
    if (before) return before;
    last = await act?.().catch((error: Error) => error.message);
    for (const again = Date.now() + AGAIN_MS; Date.now() < again; await sleep(LOOK_MS)) {
      const found = await look();
      if (found) return found;
    }
  }
  throw new Error(`${what} was not seen; the last reply was: ${last}`);
}

/** Says it until the reply is one of those. */
async function insist(what: string, act: (time: number) => Promise<string>, fits: RegExp): Promise<void> {
  let last = "";
  for (let time = 1, deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; time++) {
    last = await act(time).catch((error: Error) => error.message);
    if (fits.test(last)) return;
    await sleep(AGAIN_MS / 5);
  }
  throw new Error(`${what} was not confirmed; the last reply was: ${last}`);
}

export async function setUp({ town, place, due }: Room, organizer: Person): Promise<void> {
  const input = { time: new Date(due).toISOString().slice(11, 16), zone: "UTC", weekdays: "daily", mix: "open choice" };
  await insist("/setup", () => town.slash(organizer, "setup", input, place), /set up/);
}

/** Waits for the drill, and answers it. */
export async function answerDrill({ town, place, due, answered }: Room, members: readonly Person[]): Promise<void> {
  await sleep(due - Date.now());
  await until(`the drill of ${place.channel}`, async () => (await town.everything(place)).find(({ text }) => text.includes("Daily drill")));
  for (const member of members) {
    const answer = () => town.slash(member, "daily answer", { answer: "1" }, place);
    await insist("/daily answer", answer, /choice is in|points covered|is kept/);
    answered.push(member);
  }
}

/** A whole round of three. */
export async function playRound({ town, place, rounds }: Room, candidate: Person, interviewer: Person, scorer: Person): Promise<void> {
  const slash = (who: Person, path: string, input: Parameters<Town["slash"]>[2]) => town.slash(who, path, input, place);
  // That the last round has begun may not be shown yet at its lobby.
  const isNew = (remote: string) => rounds.every((round) => round.lobby !== remote);
  const openLobby: Look = async () =>
    (await town.everything(place)).find(({ remote, buttons }) => buttons.includes("Begin") && isNew(remote));
  const { remote } = await until("a lobby", openLobby, () => slash(candidate, "mock start", { seat: "candidate" }));
  const thread = { ...place, thread: remote };
  const lobby: Look = async () => (await town.everything(place)).find((message) => message.remote === remote);
  const press = (who: Person, label: string) => async () => town.press(who, (await lobby()) as Standing, label, place);
  const shows =
    (words: string): Look =>
    async () =>
      (await town.everything(place)).find(({ where, text }) => where.thread === remote && text.includes(words));

  await insist("the interviewer's seat", press(interviewer, "Interviewer"), /You are the interviewer|no button/);
  await insist("the scorer's seat", press(scorer, "Scorer"), /You are the scorer/);
  await until("the first step", shows("Step 1 of 7"), press(interviewer, "Begin"));
  const said: Said[] = [];
  const asked: Said[] = [];
  /** Says something, in other words each time, until it is confirmed. */
  const say = (who: Person, path: string, field: string, kept: Said[], step: number) =>
    insist(
      path,
      async (time) => {
        const text = `${who.name} says on step ${step}, time ${time}: 500,000 requests a second`;
        const reply = await slash(who, path, { [field]: text }).catch((error: Error) => error.message);
        kept.push({ text, confirmed: CONFIRMED.test(reply) });
        return reply;
      },
      CONFIRMED,
    );
  for (let step = 1; step <= STEPS.length; step++) {
    const prompt = await until(`step ${step}`, shows(`Step ${step} of 7`));
    await Promise.all([say(candidate, "mock answer", "text", said, step), say(interviewer, "mock ask", "question", asked, step)]);
    const then = shows(step < STEPS.length ? `Step ${step + 1} of 7` : "All seven steps are done");
    await until(`the end of step ${step}`, then, () => town.press(interviewer, prompt, "Next step", thread));
  }
  for (const who of [interviewer, scorer])
    for (let step = 1; step <= STEPS.length; step++)
      await insist("a score", () => slash(who, "mock score", { step, level: 3 }), /is scored|no such round/i);
  await until("the scorecard", shows("Scorecard"));
  rounds.push({ lobby: remote, candidate, interviewer, scorer, said, asked });
}

const CONFIRMED = /^\W*(Said|Asked)/;
