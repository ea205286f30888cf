/** Draws a view: one entry per kind of block, spans as elements, and never any HTML from text. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { drawPicture } from "./picture.js";
import { timeElement } from "./time.js";

const spans = {
  plain: ({ text }) => text,
  bold: ({ text }) => el("strong", {}, text),
  italic: ({ text }) => el("em", {}, text),
  code: ({ text }) => el("code", {}, text),
  link: ({ text, href }) => el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text),
  member: ({ id, name }) => el("span", { class: "mention", "data-member": id }, `@${name}`),
  channel: ({ id }) => el("span", { class: "mention" }, `#${id}`),
  time: ({ at, style }) => timeElement(at, style),
};

const inline = (drawn) => drawn.map((span) => spans[span.kind](span));

const withBreaks = (rows) => rows.flatMap((row, at) => (at === 0 ? inline(row) : [el("br"), ...inline(row)]));

export const drawParts = (parts) =>
  parts.map(({ kind, rows }) =>
    kind === "list"
      ? el(
          "ul",
          {},
          rows.map((row) => el("li", {}, inline(row))),
        )
      : el("p", {}, withBreaks(rows)),
  );

/** Sign and words of how a rubric point stands; colour only helps. */
const STATES = {
  covered: ["check", "Covered"],
  mentioned: ["half", "Mentioned"],
  unsure: ["question", "Unsure"],
  missed: ["cross", "Missed"],
};

/** The page's policy refuses style attributes; a custom property set by script is allowed. */
function bar(share) {
  const element = el("span", { class: "bar", "aria-hidden": "true" });
  element.style.setProperty("--share", share);
  return element;
}

const blocks = {
  text: ({ parts }) => el("div", { class: "text" }, drawParts(parts)),

  quote: ({ text, by }) => el("figure", { class: "quote" }, el("blockquote", {}, text), by && el("figcaption", {}, by)),

  facts: ({ facts }) =>
    el(
      "dl",
      { class: "facts" },
      facts.map(({ name, value }) => el("div", {}, el("dt", {}, name), el("dd", {}, inline(value)))),
    ),

  ranking({ unit, rows }) {
    const most = Math.max(1, ...rows.map(({ value }) => value));
    const row = ({ rank, name, value, note, own, gap }) => [
      gap && el("tr", { class: "gap", "aria-hidden": "true" }, el("td", { colspan: 3 }, "…")),
      el(
        "tr",
        { class: own && "own" },
        el("td", { class: "rank" }, String(rank)),
        el("th", { scope: "row" }, name, own && el("span", { class: "tag" }, "you"), note && el("span", { class: "note" }, note)),
        el("td", { class: "value" }, el("div", {}, bar(value / most), el("span", {}, value.toLocaleString()))),
      ),
    ];
    const head = el(
      "tr",
      {},
      el("th", { scope: "col" }, el("span", { class: "unseen" }, "Rank")),
      el("th", { scope: "col" }, "Member"),
      el("th", { scope: "col", class: "value" }, unit),
    );
    return el("table", { class: "ranking" }, el("thead", {}, head), el("tbody", {}, rows.flatMap(row)));
  },

  rubric: ({ points }) =>
    el(
      "ul",
      { class: "rubric" },
      points.map(({ state, text, evidence }) => {
        const [sign, words] = STATES[state];
        return el(
          "li",
          { class: state },
          el("span", { class: "sign" }, icon(sign)),
          el("span", {}, el("span", { class: "unseen" }, `${words}: `), inline(text), evidence && el("q", {}, evidence)),
        );
      }),
    ),

  picture: drawPicture,

  // A click saves it: nothing is asked of anybody, and the page's policy lets no document be opened from it.
  file: ({ name, type, text }) =>
    el(
      "p",
      { class: "file" },
      el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name }, icon("file"), el("span", {}, name)),
      el("small", {}, `${Math.max(1, Math.round(new Blob([text]).size / 1024)).toLocaleString()} KB`),
    ),

  buttons: ({ buttons }, press) =>
    el(
      "div",
      { class: "buttons" },
      buttons.map((button) =>
        el(
          "button",
          { type: "button", class: button.style ?? "plain", on: { click: ({ currentTarget }) => press(button, currentTarget) } },
          button.label,
        ),
      ),
    ),
};

/** `press` is told which button of the view was pressed, and its element. */
export function drawView(view, press) {
  return el(
    "div",
    { class: `card ${view.tone ?? "plain"}` },
    el("h3", {}, view.title),
    view.blocks.map((block) => blocks[block.kind](block, press)),
  );
}
