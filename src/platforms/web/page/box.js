/** The message box: plain words, and slash commands that complete while one types. */
import { choices, invoke, say } from "./actions.js";
import { announce, el } from "./dom.js";
import { parseLine } from "./grammar.js";
import { icon } from "./icons.js";
import { createPopup } from "./popup.js";
import { state } from "./state.js";
import { suggest } from "./suggest.js";

/** Quiet time before the server is asked for suggestions, in ms. */
const ASK_AFTER_MS = 120;
/** As much as the server takes of plain words; a longer text belongs into a form. */
const LINE_CHARACTERS = 2_000;
/** About six lines; a longer text scrolls. */
const TALLEST_PX = 160;

/** `where()` is the thread of the pane, or undefined in the channel. */
export function createBox({ label, where }) {
  const input = el("textarea", {
    rows: 1,
    maxlength: LINE_CHARACTERS,
    placeholder: label,
    "aria-label": label,
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    enterkeyhint: "send",
    on: { input: refresh, click: refresh, keydown: onKey, blur: close },
  });
  const popup = createPopup(input, take);
  const about = el("p", { class: "about", hidden: true });
  const trouble = el("p", { class: "trouble", role: "alert" });
  // Pressing it must not take the focus, and a phone's keyboard with it, away from the box.
  const keepFocus = (event) => event.preventDefault();
  const send = el(
    "button",
    { type: "button", class: "send", "aria-label": "Send", on: { click: submit, mousedown: keepFocus } },
    icon("send"),
  );
  const above = el("div", { class: "above", hidden: true }, about, popup.element);
  const element = el("div", { class: "box" }, above, trouble, el("div", { class: "line" }, input, send));

  /** Where the text begins that a suggestion replaces. */
  let from = 0;
  /** Grows with every keystroke: a late answer of the server to an older one is dropped. */
  let turn = 0;

  async function refresh() {
    const mine = ++turn;
    trouble.textContent = "";
    grow();
    const found = suggest(input.value.slice(0, input.selectionStart), state.commands);
    describe(found);
    offer(found.items, found.from, found.active);
    if (!found.ask) return;
    await new Promise((done) => setTimeout(done, ASK_AFTER_MS));
    if (mine !== turn) return;
    const offered = await choices(found.ask, where());
    if (mine !== turn) return;
    const typed = found.ask.typed.trim();
    const settled = offered.some(({ value }) => value === typed);
    // The value is there, or the server knows none: what was offered besides, the next field, stays.
    if (offered.length === 0 || (settled && found.items.length > 0)) return;
    offer(offered.map(asItem), found.ask.from, settled || typed === "" ? -1 : 0);
  }

  function offer(items, start, active) {
    from = start;
    popup.show(items, active);
    above.hidden = about.hidden && items.length === 0;
  }

  function describe({ about: what, active }) {
    about.hidden = !what;
    if (!what) return;
    const { command, field } = what;
    const text = field ? `${field.name}: ${field.description}` : command.summary;
    const keys = el("span", { class: "note" }, active >= 0 ? "Tab takes it" : "Enter sends");
    about.replaceChildren(el("strong", {}, `/${command.path}`), el("span", {}, text), keys);
  }

  function close() {
    turn++;
    describe({});
    offer([], 0, -1);
  }

  function take(item) {
    const head = input.value.slice(0, from) + item.text;
    input.value = head + input.value.slice(input.selectionStart);
    input.setSelectionRange(head.length, head.length);
    input.focus();
    refresh();
  }

  function onKey(event) {
    if (event.isComposing || event.shiftKey) return;
    const taken = popup.key(event.key);
    if (!taken && event.key === "Enter") submit();
    else if (!taken && event.key === "Escape" && !above.hidden) close();
    else if (!taken) return;
    event.preventDefault();
    event.stopPropagation();
  }

  async function submit() {
    const line = input.value.trim();
    if (line === "") return;
    close();
    const meant = parseLine(line, state.commands);
    if (meant.kind === "problem") {
      trouble.textContent = meant.text;
      return;
    }
    set("");
    if (meant.kind === "words") return speak(line);
    invoke({ path: meant.command.path, input: meant.input }, { thread: where(), pane: where(), caption: `/${meant.command.path}` });
  }

  async function speak(line) {
    const wrong = await say(line, where());
    if (!wrong) return;
    if (input.value === "") set(line);
    trouble.textContent = wrong;
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
  }

  function set(text) {
    input.value = text;
    trouble.textContent = "";
    grow();
  }

  /** Puts a line into the box for the person to send. */
  function fill(text) {
    set(text);
    input.focus();
    input.setSelectionRange(text.length, text.length);
    refresh();
    announce(`${text} is in the message box. Enter sends it.`);
  }
  return { element, fill, focus: () => input.focus() };
}

const asItem = ({ label, value }) => ({ text: `${value} `, label, detail: label === value ? "" : value });
