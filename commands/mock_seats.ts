/** Opening a round, its seats, and what one may ask about it at any time. */
import { z } from "zod";
import { command } from "../src/app/command.ts";
import { startRound } from "../src/app/rounds.ts";
import { MODE_RULES, MODES } from "../src/core/interview_modes.ts";
import { PACES, SEATS, seatsIn, TURN_HOURS } from "../src/core/interview_state.ts";
import { statusView } from "../src/core/interview_views.ts";
import { refuse } from "../src/core/refusal.ts";
import { done } from "../src/core/view.ts";
import { findCase } from "./case_find.ts";
import { offered } from "./lookup.ts";
import { findLast, move, round } from "./mock_find.ts";

export const start = command({
  path: "mock start",
  summary: "Start a mock interview in a thread: with peers, in turns, or alone with the bot",
  access: "anyone",
  opensThreads: true,
  input: z.object({
    case: z.string().trim().max(80).optional().describe("Which case; one for you is chosen when left out").meta({ completes: true }),
    mode: z.enum(MODES).default("peer").describe("peer: others interview you; relay: all answer in turn; solo: the bot interviews"),
    seat: z.enum(SEATS).default("candidate").describe("Where you sit"),
    pace: z.enum(PACES).default("live").describe("live: minutes per step; async: hours per turn"),
    hours: z.int().min(1).max(168).default(TURN_HOURS).describe("Hours per turn of an async round"),
  }),
  complete: async (_field, typed, { library }) => offered(library.bank.cases, typed),
  async run({ case: named, mode, seat, pace, hours: turnHours }, scene) {
    const { tx, library, place, who, now, newId } = scene;
    if (place.channel === undefined) return refuse("This needs a channel", "Use `/mock start` in the channel where your group meets.");
    if (!MODE_RULES[mode].lobby && seat !== "candidate")
      return refuse("In a solo round you answer", "The bot interviews, and others can join as scorers. Leave the seat out.");
    if (!seatsIn(mode).includes(seat)) return refuse("The bot interviews in that round", "Take the candidate's or a scorer's seat.");
    const found = named ? findCase(scene, named) : undefined;
    if (found && !found.ok) return found;
    const home = { platform: place.platform, space: place.space, channel: place.channel };
    const group = await tx.groups.ensure(home, newId(), now);
    const round = { id: newId(), group: group.id, place: home, host: who.id, mode, pace, turnHours, case: found?.slug };
    const started = await startRound(tx, library, round, [{ who: who.id, seat }], now);
    if (!started.ok) return started;
    const reply = MODE_RULES[mode].lobby
      ? done("The lobby is open", `You are the ${seat}. When the other seats are taken, press **Begin**.`)
      : done("The round begins", "The first question is in the thread.");
    return { ...started, reply };
  },
});

export const take = command({
  path: "mock take",
  summary: "Take a seat in a round",
  access: "anyone",
  hidden: true,
  input: z.object({ seat: z.enum(SEATS), round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "take", who: scene.who.id, seat: input.seat }, () =>
      done(`You are the ${input.seat}`, seatWords[input.seat]),
    ),
});

const seatWords = {
  candidate: "You answer in the thread, when it is your turn.",
  interviewer: "With each step you get a private brief: what to probe, what a strong answer has.",
  scorer: "After each step you score it from 1 to 4; nobody sees the scores before the end.",
} as const;

export const leave = command({
  path: "mock leave",
  summary: "Leave your seat in a lobby, or the line of a relay",
  access: "anyone",
  hidden: true,
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "leave", who: scene.who.id }, () =>
      done("You left your seat", "Take another one while the lobby is open."),
    ),
});

export const begin = command({
  path: "mock begin",
  summary: "Begin the round",
  access: "anyone",
  hidden: true,
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "begin", who: scene.who.id }, () => done("The round begins", "The first step is in the thread.")),
});

export const status = command({
  path: "mock status",
  summary: "Which step is open, and until when; or how the last round ended",
  access: "anyone",
  input: z.object({ round }),
  async run(input, scene) {
    const found = await findLast(scene, input.round);
    return found.ok ? { ok: true, reply: statusView(found.round, found.material) } : found;
  },
});

export const cancel = command({
  path: "mock cancel",
  summary: "Cancel a round that runs, as its host or an organizer",
  access: "anyone",
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "cancel", who: scene.who.id, organizer: scene.organizer }, () =>
      done("The round is cancelled", "What was answered is kept."),
    ),
});
