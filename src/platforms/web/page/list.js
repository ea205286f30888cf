/** The messages of one pane: drawn once each, replaced when they change, scrolled like a chat. */
import { el } from "./dom.js";
import { messageElement, privateElement } from "./message.js";
import { state } from "./state.js";
import { dayOf, words } from "./time.js";

/** Closer to the end than this many pixels, a pane follows new messages. */
const NEAR_END = 40;
/** How long a pane that was just opened may fill without being read aloud, in ms. */
const SETTLE_MS = 1_000;

/** What must differ for an element to be drawn anew. */
const sameItem = (a, b) => a.message === b.message && a.reply === b.reply && a.thread?.count === b.thread?.count && a.who === b.who;

const drawItem = {
  message: messageElement,
  private: privateElement,
  day: ({ at }) => el("p", { class: "day" }, el("span", {}, words(at, "date"))),
  empty: ({ draw }) => draw(),
};

/**
 * A list of messages. `sync(items, { pane, id, empty })` shows them: `pane` is a thread's id, or
 * undefined for the channel; another `id` is another view and starts at its end; `empty` draws
 * what stands there when there is nothing, or is undefined while nobody knows yet.
 */
export function createList({ label, openThread }) {
  const toEnd = () => scroll.scrollTo({ top: scroll.scrollHeight });
  const more = el("button", { type: "button", class: "to-end", hidden: true, on: { click: toEnd } }, "New messages");
  const list = el("div", { class: "messages", role: "log", "aria-relevant": "additions" });
  const scroll = el("div", { class: "scroll", tabindex: 0, "aria-label": label, role: "region" }, list);
  const element = el("div", { class: "list" }, scroll, more);
  let shown = new Map();
  let view;
  /** Whether the reader is at the end and wants to stay there. */
  let stuck;

  function stick(is) {
    stuck = is;
    if (stuck) more.hidden = true;
    // Scroll anchoring would move a list that grows narrower, as if the reader had scrolled away.
    scroll.classList.toggle("stuck", stuck);
  }
  scroll.addEventListener("scroll", () => stick(scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END));
  new ResizeObserver(() => stuck && toEnd()).observe(scroll);

  function elementOf(item, pane) {
    const old = shown.get(item.key);
    if (old && sameItem(old.item, item)) return old.element;
    const fresh = drawItem[item.kind](item, pane);
    if (old?.element.contains(document.activeElement)) keepFocus(document.activeElement, fresh);
    return fresh;
  }

  function sync(items, { pane, id, empty }) {
    const entered = view !== id;
    if (entered) enter(id);
    const before = shown;
    const all = items.length === 0 && empty ? [{ kind: "empty", key: "empty", draw: empty }] : withDays(items);
    const next = all.map((one) => {
      const item = { ...one, openThread, who: state.me.id };
      return { item, element: elementOf(item, pane) };
    });
    shown = new Map(next.map((one) => [one.item.key, one]));
    place(
      list,
      next.map((one) => one.element),
    );
    const fresh = next.filter(({ item, element }) => before.get(item.key)?.element !== element);
    follow(entered ? [] : fresh, items.length > 0 && !before.has(items.at(-1).key));
  }

  /** Where to look after `fresh` was drawn; `grown`: something new stands at the end. */
  function follow(fresh, grown) {
    const reply = fresh.findLast(({ item }) => item.reply?.view)?.element;
    if (reply && reply.offsetHeight > scroll.clientHeight) {
      // At once, and not with the event that follows: what is drawn in between would go to the end.
      stick(false);
      reply.scrollIntoView({ block: "start" });
    } else if (stuck || fresh.some(({ item }) => isOwn(item))) toEnd();
    else if (grown) more.hidden = false;
  }

  function enter(id) {
    view = id;
    shown = new Map();
    stick(true);
    // What stood there before one came is not news to read aloud.
    list.setAttribute("aria-live", "off");
    setTimeout(() => list.setAttribute("aria-live", "polite"), SETTLE_MS);
  }
  return { element, sync };
}

const isOwn = ({ kind, message }) => kind === "private" || message?.author?.id === state.me.id;

/** A message that is drawn anew keeps the focus on the same button, or takes it itself. */
function keepFocus(focused, fresh) {
  const twin = [...fresh.querySelectorAll("button")].find((button) => button.textContent === focused.textContent);
  queueMicrotask(() => (twin ?? fresh).focus({ preventScroll: true }));
}

/** Puts elements in order, moving only what is out of place: what stays keeps its focus. */
function place(list, elements) {
  const wanted = new Set(elements);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, at) => {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  });
}

function withDays(items) {
  let day;
  return items.flatMap((item) => {
    const today = item.message && dayOf(item.message.at);
    if (!today || today === day) return [item];
    day = today;
    return [{ kind: "day", key: `day ${today}`, at: item.message.at }, item];
  });
}
