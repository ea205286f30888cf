/** What a person does: commands, buttons, forms, plain words. */
import { ask, askOnce, Refused } from "./api.js";
import { announce } from "./dom.js";
import { openForm } from "./form.js";
import { change, state } from "./state.js";

/** Every request says who asks and where. `pane` is the thread whose panel shows the answer. */
const here = (thread) => ({ who: state.me, channel: state.channel, ...(thread === undefined ? {} : { thread }) });

const problem = (text) => ({
  title: "That did not work",
  tone: "warn",
  blocks: [{ kind: "text", parts: [{ kind: "lines", rows: [[{ kind: "plain", text }]] }] }],
});

const lastMessage = () => Math.max(0, ...state.messages.keys());

/** It shows below the message `after`. */
function addPrivate(pane, caption, after = lastMessage()) {
  const reply = { key: `p${crypto.randomUUID()}`, owner: state.me.id, channel: state.channel, pane, after, caption };
  change({ privates: [...state.privates, reply] });
  return reply.key;
}

function updatePrivate(key, patch) {
  change({ privates: state.privates.map((reply) => (reply.key === key ? { ...reply, ...patch } : reply)) });
}

export function dismiss(key) {
  change({ privates: state.privates.filter((reply) => reply.key !== key) });
}

/**
 * Runs a command or a pressed button: its private reply shows in `pane`, in place of the private
 * reply `replaces` when the button stood in one. A form opens instead when the command wants one.
 */
export async function invoke({ path, input, revision }, { thread, pane, caption, replaces }) {
  const press = { id: crypto.randomUUID(), path, input, ...(revision === undefined ? {} : { revision }), ...here(thread) };
  const key = replaces ?? addPrivate(pane, caption);
  const waiting = () => updatePrivate(key, { waiting: true });
  try {
    const { form, press: opened, reply } = await ask("invoke", press, { waiting });
    if (reply) return show(key, reply);
    if (replaces === undefined) dismiss(key);
    else updatePrivate(key, { waiting: false });
    // What it was opened for: the drill of that moment, though another may be posted while one writes.
    const { command, ...carried } = opened;
    const filled = { ...press, revision: undefined, ...carried, path: command };
    openForm(form, draftKey(filled), async (values, progress) => {
      // One id per set of values: sending the same again is the same invocation.
      const { reply: answer } = await ask("submit", { ...filled, id: progress.id, values }, progress);
      show(replaces && state.privates.some((one) => one.key === replaces) ? replaces : addPrivate(pane, caption), answer);
      return answer;
    });
  } catch (error) {
    show(key, problem(error instanceof Refused ? error.message : "The page could not read the answer. Reload it and try again."));
  }
}

const draftKey = ({ who, path, input }) => `draft ${who.id} ${path} ${JSON.stringify(input)}`;

function show(key, view) {
  updatePrivate(key, { view, waiting: false });
  announce(`Only you can see this: ${view.title}`);
}

/** Words that may have arrived although no answer came: sent again, they are the same. */
let unsure;

/** Plain words; in a round's thread they may be an answer. Returns what went wrong, if anything. */
export async function say(text, thread) {
  const again = unsure?.text === text && unsure.thread === thread;
  const id = again ? unsure.id : crypto.randomUUID();
  unsure = { id, text, thread };
  try {
    const { id: message, reply } = await askOnce("say", { id, text, ...here(thread) });
    unsure = undefined;
    if (reply) show(addPrivate(thread, "About your message", message), reply);
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.message : "The playground does not answer just now; your words are still in the box.";
  }
}

export async function choices({ path, field, typed }, thread) {
  try {
    return (await askOnce("complete", { path, field, typed: typed.slice(0, 200), ...here(thread) })).choices;
  } catch {
    return [];
  }
}

/** Resolves to whether the clock moved. */
export const moveClock = (move) => askOnce("clock", move);
