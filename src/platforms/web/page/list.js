/** The messages of one pane: drawn once each, replaced when they change, scrolled like a chat. */
import { dismiss, invoke } from "./actions.js";
import { el } from "./dom.js";
import { drawView } from "./draw.js";
import { state } from "./state.js";
import { dayOf, timeElement, words } from "./time.js";

/** Closer to the end than this many pixels, a pane follows new messages. */
const NEAR_END = 120;

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();

/** A calm colour per person, the same in every tab; it only helps, the name stands beside it. */
export function avatar({ id, name } = { id: "", name: "" }) {
  if (!id) return el("span", { class: "avatar bot", "aria-hidden": "true" }, "≡");
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 12, 7);
  return el("span", { class: `avatar hue-${hue}`, "aria-hidden": "true" }, initials(name));
}

function head(author, at, ...tags) {
  return el(
    "header",
    {},
    el("strong", { class: "author" }, author?.name ?? "Drillroom"),
    !author && el("span", { class: "tag" }, "bot"),
    tags,
    at && timeElement(at, "time"),
  );
}

function messageElement({ message, thread, openThread }, pane) {
  const { author, view, text, at, edited, direct, starts } = message;
  const press = (button, element) => {
    element.setAttribute("aria-busy", "true");
    invoke(
      { path: button.command, input: button.input, revision: button.revision },
      { thread: message.thread, pane, caption: button.label },
    ).finally(() => element.removeAttribute("aria-busy"));
  };
  const called = view?.notify?.includes(state.me.id);
  return el(
    "article",
    { class: ["message", direct && "only-you", called && "called"].filter(Boolean).join(" "), tabindex: -1, "data-id": message.id },
    avatar(author),
    el(
      "div",
      { class: "body" },
      head(author, at, edited && el("span", { class: "note" }, "edited"), called && el("span", { class: "tag called" }, "for you")),
      direct && el("p", { class: "note" }, "A direct message: only you can see this"),
      view ? drawView(view, press) : el("p", { class: "said" }, text),
      starts &&
        thread &&
        pane === undefined &&
        el(
          "button",
          { type: "button", class: "thread-link", on: { click: () => openThread(starts.thread) } },
          el("span", {}, starts.title),
          el("small", {}, thread.count === 1 ? "1 message" : `${thread.count} messages`),
        ),
    ),
  );
}

function privateElement({ reply }, pane) {
  const { key, view, caption, waiting } = reply;
  const press = (button) =>
    invoke(
      { path: button.command, input: button.input, revision: button.revision },
      { thread: pane, pane, caption: button.label, replaces: key },
    );
  return el(
    "article",
    { class: "message only-you", tabindex: -1, "aria-busy": !view && "true" },
    avatar(),
    el(
      "div",
      { class: "body" },
      head(undefined, undefined, el("span", { class: "note" }, caption)),
      view
        ? drawView(view, press)
        : el("p", { class: "awaited" }, waiting ? "The playground does not answer just now; asking again…" : "Drillroom is thinking…"),
      el(
        "p",
        { class: "note" },
        "Only you can see this · ",
        el("button", { type: "button", class: "quiet", on: { click: () => dismiss(key) } }, "Dismiss"),
      ),
    ),
  );
}

/** What must differ for an element to be drawn anew. */
const sameItem = (a, b) => a.message === b.message && a.reply === b.reply && a.thread?.count === b.thread?.count && a.who === b.who;

/**
 * A list for `pane` (a thread's id, or undefined for the channel). `sync(items, empty)` shows
 * them; `empty()` draws what stands there when there are none.
 */
export function createList({ label, openThread }) {
  const end = el(
    "button",
    { type: "button", class: "to-end", hidden: true, on: { click: () => scroll.scrollTo({ top: scroll.scrollHeight }) } },
    "New messages ↓",
  );
  const list = el("div", { class: "messages", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": label });
  const scroll = el("div", { class: "scroll", tabindex: 0, "aria-label": label, role: "region" }, list);
  const element = el("div", { class: "list" }, scroll, end);
  let shown = new Map();
  let view;

  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END;
  scroll.addEventListener("scroll", () => {
    if (atEnd()) end.hidden = true;
  });
  new ResizeObserver(() => {
    if (end.hidden) scroll.scrollTop = scroll.scrollHeight;
  }).observe(scroll);

  function elementOf(item, pane) {
    const old = shown.get(item.key);
    if (old && sameItem(old.item, item)) return old.element;
    const fresh = item.kind === "message" ? messageElement(item, pane) : item.kind === "private" ? privateElement(item, pane) : item.draw();
    if (old?.element.contains(document.activeElement)) queueMicrotask(() => fresh.focus({ preventScroll: true }));
    return fresh;
  }

  function sync(items, { pane, id, empty }) {
    const changedView = view !== id;
    if (changedView) shown = new Map();
    view = id;
    const follow = changedView || atEnd();
    const newest = items.at(-1)?.key;
    const grown = newest !== undefined && !shown.has(newest);
    const next = new Map();
    for (const item of withDays(items.length > 0 ? items : [{ kind: "empty", key: "empty", draw: empty }])) {
      const one = { ...item, openThread, who: state.me.id };
      next.set(item.key, { item: one, element: elementOf(one, pane) });
    }
    place(
      list,
      [...next.values()].map((one) => one.element),
    );
    const own = grown && (items.at(-1).kind === "private" || items.at(-1).message.author?.id === state.me.id);
    shown = next;
    if (follow || own) scroll.scrollTop = scroll.scrollHeight;
    else if (grown) end.hidden = false;
  }
  return { element, sync };
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
    return [
      { kind: "day", key: `day ${today}`, draw: () => el("p", { class: "day" }, el("span", {}, words(item.message.at, "date"))) },
      item,
    ];
  });
}
