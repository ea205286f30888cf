/** What one does with a round that is over: take it along, and play another with the seats turned. */
import { z } from "zod";
import { command } from "../src/app/command.ts";
import { exportOf } from "../src/app/round_export.ts";
import { startRound } from "../src/app/rounds.ts";
import { hasBegun } from "../src/core/case_seen.ts";
import { MODE_RULES } from "../src/core/interview_modes.ts";
import { turnedSeats } from "../src/core/interview_seats.ts";
import { scorersOf, seatOf } from "../src/core/interview_state.ts";
import { refuse } from "../src/core/refusal.ts";
import { inTurn } from "../src/core/seat_ledger.ts";
import { pseudonyms } from "../src/core/transcript.ts";
import { EXPORT_FORMATS, exportView } from "../src/core/transcript_views.ts";
import { done } from "../src/core/view.ts";
import { find, findLast, round } from "./mock_find.ts";

export const exported = command({
  path: "mock export",
  summary: "Take a finished round along: transcript, times, scores, missed points",
  access: "anyone",
  input: z.object({
    format: z.enum(EXPORT_FORMATS).default("markdown").describe("For a notebook, or for a program"),
    part: z.int().min(1).max(1_000).default(1).meta({ carried: true }),
    round,
  }),
  async run({ format, part, round: id }, scene) {
    const found = await findLast(scene, id, (ended) => hasBegun(ended) && pseudonyms(ended).has(scene.who.id));
    if (!found.ok) return found;
    if (found.round.phase.name !== "ended") return refuse("The round is still running", "It can be exported when all scores are open.");
    if (!pseudonyms(found.round).has(scene.who.id)) return refuse("You had no seat in that round", "Who took part can export it.");
    // All that it has is what a strong answer says: nobody would be known to have read it.
    if (!hasBegun(found.round))
      return refuse("That round never began", "There is nothing to take along. `/mock export` in the channel finds your last one.");
    const text = exportOf(found.round, found.material, scene.who.id, format);
    return { ok: true, reply: exportView(found.round.id, format, text, part) };
  },
});

export const swap = command({
  path: "mock swap",
  summary: "Open another round with the seats turned",
  access: "anyone",
  hidden: true,
  input: z.object({ round }),
  async run(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    const { group, place, mode, pace, turnHours, phase, case: played } = found.round;
    if (seatOf(found.round, scene.who.id) === undefined)
      return refuse("You had no seat in that round", "Start one of your own with `/mock start`.");
    if (phase.name !== "ended") return refuse("The round is still running", "Seats can be swapped when it is over.");
    const plan = { id: scene.newId(), group, place, mode, pace, turnHours, host: scene.who.id, played: [played] };
    const last = await scene.tx.seats.lastCandidate(group, scorersOf(found.round));
    const seats = turnedSeats(inTurn(found.round, last), scene.who.id);
    const started = await startRound(scene.tx, scene.library, plan, seats, scene.now);
    if (!started.ok) return started;
    const reply = MODE_RULES[mode].lobby
      ? done("The seats are swapped", "The lobby is in the channel. Whoever cannot come leaves the seat there.")
      : done("Your next round begins", "The first question is in its thread, under the new message in the channel.");
    return { ...started, reply };
  },
});
