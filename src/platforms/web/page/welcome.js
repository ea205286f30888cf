/** What a channel without messages shows: what this is, and what to try first. */
import { el } from "./dom.js";

const FIRST_STEPS = [
  ["/setup", "Give this channel a daily drill"],
  ["/daily", "Answer today's drill in a form"],
  ["/mock start", "Open the lobby of a mock interview"],
];

/** `fill` puts a line into the message box. */
export const welcome = (fill) =>
  el(
    "section",
    { class: "welcome" },
    el("h3", {}, "Welcome to Drillroom"),
    el(
      "p",
      {},
      "Practise machine learning system design interviews with your group: a drill a day, mock rounds in threads, a leaderboard. This page stands in for Discord and Slack; everything stays on this machine.",
    ),
    el("p", {}, "Three things to try, in this order:"),
    el(
      "ul",
      {},
      FIRST_STEPS.map(([line, words]) =>
        el("li", {}, el("button", { type: "button", on: { click: () => fill(line) } }, el("code", {}, line), el("span", {}, words))),
      ),
    ),
    el("p", { class: "note" }, "Open a second tab as another person, and move the clock forward when you do not want to wait."),
  );
