/** What candidate and interviewer write in a round's thread, and what a message of theirs is made by its menu. */
import { z } from "zod";
import { command } from "../src/app/command.ts";
import { play } from "../src/app/rounds.ts";
import { seatOf, stepAt } from "../src/core/interview_state.ts";
import { askedView, LATE, longView, saidView, TALK_CHARACTERS, WORDLESS } from "../src/core/interview_talk.ts";
import { refusalView } from "../src/core/refusal.ts";
import { find, round } from "./mock_find.ts";

/** The longest message of the platforms: https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
const MESSAGE_CHARACTERS = 40_000;

export const say = command({
  path: "mock say",
  summary: "Words in a round's thread: an answer of the candidate, a question of the interviewer",
  access: "anyone",
  hidden: true,
  input: z.object({ text: z.string().trim().max(MESSAGE_CHARACTERS), round }),
  async run({ text, round: id }, scene) {
    // A refusal would give the words back, and keep them with the reply: they stand in the thread, and are not ours to keep.
    const reply = (view: ReturnType<typeof refusalView>) => ({ ok: true, reply: view }) as const;
    const found = await find(scene, id);
    if (!found.ok) return reply(refusalView(found.refusal));
    if (text === "") return reply(WORDLESS);
    if (text.length > TALK_CHARACTERS) return reply(longView(text.length));
    // In the channel it stands beside the round, and is said again where the others read.
    const inThread = scene.place.thread === undefined ? {} : ({ heard: true } as const);
    const shared = { who: scene.who.id, text, turn: scene.revision, ...inThread } as const;
    const asks = seatOf(found.round, scene.who.id) === "interviewer";
    const made = asks ? ({ kind: "ask", probe: undefined, ...shared } as const) : ({ kind: "answer", ...shared } as const);
    const played = await play(scene.tx, scene.library, found.round.id, made, scene.now, scene.invocation);
    if (!played.ok) return reply(refusalView(played.refusal));
    const { before, round: after, material, effects } = played;
    // The bot that interviews may have moved on.
    const step = stepAt(before, scene.revision);
    const late = after.steps[step]?.answers.at(-1)?.late;
    return { ok: true, effects, reply: asks ? askedView() : late ? LATE : saidView(step, material) };
  },
});
