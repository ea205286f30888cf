/** What this tab knows. Change it through `change`, which redraws once for all changes of a moment. */

export const state = {
  /** { id, name, manager }: whom this tab is. */
  me: undefined,
  channels: [],
  people: [],
  commands: [],
  channel: "",
  /** The id of the thread that is open beside the channel. */
  thread: undefined,
  /** Messages of the channel and its threads, by id. */
  messages: new Map(),
  /** Private replies: { key, owner, channel, pane, after, caption, view }. `view` is absent while it is awaited. */
  privates: [],
  /** Whether the channel's messages have come. */
  loaded: false,
  online: true,
};

const listeners = [];
let queued = false;

export const onChange = (listener) => listeners.push(listener);

export function change(patch = {}) {
  Object.assign(state, patch);
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    for (const listener of listeners) listener(state);
  });
}

/** Threads of the open channel, newest first: { id, title, root, count }. */
export function threads() {
  const all = [...state.messages.values()];
  return all
    .filter(({ starts }) => starts)
    .map((root) => ({
      id: root.starts.thread,
      title: root.starts.title,
      root,
      count: all.filter(({ thread }) => thread === root.starts.thread).length,
    }))
    .reverse();
}

/** What a pane shows, in order: messages, with this person's private replies where they came. */
export function itemsOf(thread) {
  const messages = [...state.messages.values()].filter(
    (message) => message.thread === thread || (thread !== undefined && message.starts?.thread === thread),
  );
  const mine = state.privates.filter(({ owner, channel, pane }) => owner === state.me.id && channel === state.channel && pane === thread);
  return [
    ...messages.map((message) => ({ kind: "message", order: message.id, key: `m${message.id}`, message })),
    ...mine.map((reply) => ({ kind: "private", order: reply.after + 0.5, key: reply.key, reply })),
  ].sort((a, b) => a.order - b.order);
}

const byId = (a, b) => a[0] - b[0];

export function takeNews({ messages, people }) {
  for (const message of messages) state.messages.set(message.id, message);
  // An edit of an old message comes late: the map stays in the order of the chat.
  if (messages.length > 0) state.messages = new Map([...state.messages].sort(byId));
  change({ people, loaded: true });
}

const SLUG = /[^\p{L}\p{N}]+/gu;

/** The person of that name: one who is known, or somebody new. */
export function personNamed(name) {
  const id = name.trim().toLowerCase().replace(SLUG, "-").replace(/^-|-$/g, "").slice(0, 60);
  return state.people.find((person) => person.id === id) ?? (id && { id, name: name.trim().slice(0, 40), manager: false });
}
