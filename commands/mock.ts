import { z } from "zod";
import { type Command, command, type ReadScene, type Refused, type Scene } from "../src/app/command.ts";
import { materialOf } from "../src/app/library.ts";
import { type Played, play, startRound } from "../src/app/rounds.ts";
import { STEPS } from "../src/core/content.ts";
import { caseOf, chooseCase } from "../src/core/drill_choice.ts";
import type { Move } from "../src/core/interview.ts";
import { closedSteps, type Interview, SEATS, scorersOf, stepAt, turnOf } from "../src/core/interview_state.ts";
import { anyStepForm, briefView, type RoundMaterial, scoredView, scoreForm, stepAnswerForm } from "../src/core/interview_views.ts";
import { clip, mention, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { done, type View } from "../src/core/view.ts";

/** The id of the round, from a button; otherwise the one of this thread or channel is meant. */
const round = z.string().max(20).optional().meta({ carried: true });
const note = (name: string) => z.string().trim().max(500).optional().describe(name);

/** The round a button names, the thread's, or the channel's only one; never one of another group. */
async function find(
  { library, group, place, ...scene }: ReadScene | Scene,
  id: string | undefined,
): Promise<{ ok: true; round: Interview; material: RoundMaterial } | Refused> {
  const reads = "tx" in scene ? scene.tx : scene.read;
  if (!group) return refuse("No round was played here yet", "Start one with `/mock start`.");
  const active = id === undefined ? await reads.rounds.active(group.id) : [];
  const found =
    id !== undefined ? await reads.rounds.find(id) : place.thread !== undefined ? await reads.rounds.inThread(place) : active[0];
  if (id === undefined && place.thread === undefined && active.length > 1)
    return refuse("Several rounds are running here", "Use the buttons in the thread of the one you mean.");
  const material = found && materialOf(library, found.case);
  if (!found || !material || found.group !== group.id) return refuse("There is no such round here", "Start one with `/mock start`.");
  return { ok: true, round: found, material };
}

/** Plays a move and says what came of it. */
async function move(scene: Scene, id: string | undefined, made: Move, reply: (played: Extract<Played, { ok: true }>) => View) {
  const found = await find(scene, id);
  if (!found.ok) return found;
  const played = await play(scene.tx, scene.library, found.round.id, made, scene.now, scene.invocation);
  return played.ok ? ({ ok: true, reply: reply(played), effects: played.effects } as const) : played;
}

const start = command({
  path: "mock start",
  summary: "Open the lobby of a mock interview in a thread",
  access: "anyone",
  input: z.object({
    case: z.string().max(80).optional().describe("Which case; one for you is chosen when left out").meta({ completes: true }),
    seat: z.enum(SEATS).default("candidate").describe("Where you sit"),
  }),
  async complete(_field, typed, { library }) {
    const wanted = typed.toLowerCase();
    return [...library.bank.cases]
      .filter(([slug, { title }]) => `${slug} ${title}`.toLowerCase().includes(wanted))
      .map(([value, { title }]) => ({ label: clip(title, 100), value }));
  },
  async run(input, { tx, library, place, who, now, newId }) {
    if (place.channel === undefined) return refuse("This needs a channel", "Use `/mock start` in the channel where your group meets.");
    const { cases } = library.bank;
    const noCase = refuse("There is no such case", `There is ${[...cases.keys()].map((known) => `\`${known}\``).join(", ")}.`);
    if (input.case !== undefined && !cases.has(input.case)) return noCase;
    const home = { platform: place.platform, space: place.space, channel: place.channel };
    const group = await tx.groups.ensure(home, newId(), now);
    await tx.lock(`group/${group.id}`);
    const lobby = (await tx.rounds.active(group.id)).find(({ phase }) => phase.name === "lobby");
    if (lobby) return refuse("A lobby is open already", "Take a seat there; another can be opened when it has begun.");
    // A reveal would post its reference in the middle of the round.
    const open = new Set((await tx.posts.openDrills(home)).map(caseOf));
    if (input.case !== undefined && open.has(input.case))
      return refuse(
        "A drill is on this case",
        "Its reference would be revealed during the round. Choose another one, or leave the case out.",
      );
    const free = [...cases.keys()].filter((known) => !open.has(known));
    const slug = input.case ?? chooseCase(free.length > 0 ? free : cases.keys(), await tx.posts.drillsSeen(group.id), newId()) ?? "";
    const material = materialOf(library, slug);
    if (!material) return noCase;
    const minutes = material.framework.steps.map((step) => step.minutes);
    const effects = await startRound(
      tx,
      material,
      { id: newId(), group: group.id, place: home, case: slug, host: who.id, minutes },
      input.seat,
      now,
    );
    return {
      ok: true,
      reply: done("The lobby is open", `You are the ${input.seat}. When the other seats are taken, press **Begin**.`),
      effects,
    };
  },
});

const take = command({
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
  candidate: "You answer, step by step, in the thread.",
  interviewer: "With each step you get a private brief: what to probe, what a strong answer has.",
  scorer: "After each step you score it from 1 to 4; nobody sees the scores before the end.",
} as const;

const leave = command({
  path: "mock leave",
  summary: "Leave your seat in a lobby",
  access: "anyone",
  hidden: true,
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "leave", who: scene.who.id }, () =>
      done("You left your seat", "Take another one while the lobby is open."),
    ),
});

const begin = command({
  path: "mock begin",
  summary: "Begin the round",
  access: "anyone",
  hidden: true,
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "begin", who: scene.who.id }, () => done("The round begins", "The first step is in the thread.")),
});

const answer = command({
  path: "mock answer",
  summary: "Answer the open step, as the candidate",
  access: "anyone",
  input: z.object({ text: z.string().trim().min(1, "write an answer first").max(2_000).describe("Your answer"), round }),
  async form(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    if (found.round.candidate !== scene.who.id)
      return refuse("Only the candidate answers", "As interviewer or scorer, keep your thoughts for the scores.");
    return stepAnswerForm(found.round, found.material, scene.revision);
  },
  run: (input, scene) =>
    move(scene, input.round, { kind: "answer", who: scene.who.id, text: input.text, turn: scene.revision }, ({ round: after }) =>
      after.steps[stepAt(after, scene.revision)]?.answers.at(-1)?.late ? late(input.text) : said,
    ),
});

const said = done("Said", "It is in the thread. You can add to it while the step is open.");
const late = (text: string): View => ({
  title: "The step had closed",
  tone: "warn",
  blocks: [
    { kind: "text", markdown: "Your answer is kept as practice; it is not scored." },
    { kind: "quote", text },
  ],
});

const next = command({
  path: "mock next",
  summary: "Close the open step and move on, as the interviewer",
  access: "anyone",
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "next", who: scene.who.id, turn: scene.revision }, () =>
      done("On to the next", "What comes next is in the thread."),
    ),
});

const brief = command({
  path: "mock brief",
  summary: "Your private brief for the open step, as the interviewer",
  access: "anyone",
  input: z.object({ round }),
  async run(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    const { phase, interviewer } = found.round;
    if (interviewer !== scene.who.id) return refuse("The brief is for the interviewer", "It would give the answers away.");
    if (phase.name !== "step") return refuse("No step is open", "A brief comes with each step.");
    return { ok: true, reply: briefView(phase.step, found.material) };
  },
});

const score = command({
  path: "mock score",
  summary: "Score a step that has closed, from 1 to 4",
  access: "anyone",
  input: z.object({
    step: z.coerce.number().int().min(1).max(STEPS.length).describe("Which step, 1 to 7"),
    level: z.coerce.number().int().min(1).max(4).describe("1 to 4, as the form describes them"),
    worked: note("What worked"),
    change: note("What to change"),
    round,
  }),
  async form(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    if (!scorersOf(found.round).includes(scene.who.id))
      return refuse(
        "Only the interviewer and scorers score",
        "Nobody scores themselves. A scorer's seat can still be taken in the channel.",
      );
    const step = (input.step ?? closedSteps(found.round)) - 1;
    if (input.step === undefined && step >= 0) return anyStepForm(found.round);
    if (step < 0 || step >= closedSteps(found.round))
      return refuse("That step is not closed yet", "It can be scored when the round has moved on.");
    return scoreForm(found.round, step, scene.who.id, found.material);
  },
  run: (input, scene) =>
    move(
      scene,
      input.round,
      {
        kind: "score",
        who: scene.who.id,
        step: input.step - 1,
        level: input.level,
        worked: input.worked || undefined,
        change: input.change || undefined,
      },
      ({ round: after }) => scoredView(after, scene.who.id, input.step - 1),
    ),
});

const status = command({
  path: "mock status",
  summary: "Which step is open, and until when",
  access: "anyone",
  input: z.object({ round }),
  async run(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    const { phase, candidate, interviewer } = found.round;
    const until = "until" in phase ? phase.until : undefined;
    const name = phase.name === "step" ? `step ${phase.step + 1} of ${STEPS.length}` : phase.name;
    return {
      ok: true,
      reply: {
        title: `Mock round · ${found.material.case.title}`,
        blocks: [
          {
            kind: "facts",
            facts: [
              { name: "Now", value: name },
              { name: "Until", value: until === undefined ? "not started" : `${moment(until, "time")}, ${moment(until, "relative")}` },
              { name: "Candidate", value: candidate === undefined ? "_free_" : mention(candidate) },
              { name: "Interviewer", value: interviewer === undefined ? "_free_" : mention(interviewer) },
            ],
          },
          ...(phase.name === "step"
            ? [
                {
                  kind: "buttons",
                  buttons: [
                    { label: "Answer", command: "mock answer", input: { round: found.round.id }, revision: turnOf(found.round) },
                    { label: "Show my brief", command: "mock brief", input: { round: found.round.id } },
                  ],
                } as const,
              ]
            : []),
        ],
      },
    };
  },
});

const cancel = command({
  path: "mock cancel",
  summary: "Cancel a round that you host",
  access: "anyone",
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "cancel", who: scene.who.id, organizer: scene.organizer }, () =>
      done("The round is cancelled", "What was answered is kept."),
    ),
});

export const mock: readonly Command[] = [start, take, leave, begin, answer, next, brief, score, status, cancel];
