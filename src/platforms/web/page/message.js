/** One message, and one private reply, as elements. */
import { dismiss, invoke } from "./actions.js";
import { el } from "./dom.js";
import { drawView } from "./draw.js";
import { icon } from "./icons.js";
import { state } from "./state.js";
import { timeElement } from "./time.js";

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();

/** A calm colour per person, the same in every tab; it only helps, the name stands beside it. */
export function avatar({ id, name } = { id: "", name: "" }) {
  if (!id) return el("span", { class: "avatar bot" }, icon("lines"));
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

/** What pressing a button does, once at a time. */
const presser = (where) => async (button, element) => {
  if (element.hasAttribute("aria-busy")) return;
  element.setAttribute("aria-busy", "true");
  await invoke({ path: button.command, input: button.input, revision: button.revision }, { ...where, caption: button.label });
  element.removeAttribute("aria-busy");
};

/** A message of the chat in `pane`: the thread whose panel it stands in, or undefined. */
export function messageElement({ message, thread, openThread }, pane) {
  const { author, view, text, sign, at, edited, direct, starts } = message;
  const press = presser({ thread: message.thread, pane });
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
      sign && el("p", { class: "sign" }, el("span", { "aria-hidden": "true" }, sign.emoji), ` ${sign.meaning}`),
      starts &&
        thread &&
        pane === undefined &&
        el(
          "button",
          { type: "button", class: "thread-link", on: { click: () => openThread(starts.thread) } },
          icon("reply"),
          el("span", {}, starts.title),
          el("small", {}, thread.count === 1 ? "1 message" : `${thread.count} messages`),
        ),
    ),
  );
}

/** A private reply, or the wait for one. */
export function privateElement({ reply }, pane) {
  const { key, view, caption, waiting } = reply;
  const press = presser({ thread: pane, pane, replaces: key });
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
