/** The left rail: channels, the channel's threads, whom this tab is, and the clock. */
import { moveClock } from "./actions.js";
import { announce, el } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./message.js";
import { personNamed, state, threads } from "./state.js";
import { now, words } from "./time.js";

const HOUR_MS = 3_600_000;

/** For <input type="datetime-local">: local time, without a zone, to the minute. */
const localInput = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Older threads are found at the messages they start from. */
const NEWEST_THREADS = 6;

/** `go` has channel(id), thread(id), be(person) and close(). */
export function createRail(element, go) {
  const channelList = el("ul", { "aria-label": "Channels" });
  const threadList = el("ul", { "aria-label": "Threads of this channel" });
  const threadSection = el("section", {}, el("h2", {}, "Threads"), threadList);
  const peopleList = el("ul", { "aria-label": "People" });
  const newName = el("input", {
    type: "text",
    maxlength: 40,
    placeholder: "Somebody else",
    "aria-label": "Name of somebody else to be",
    autocomplete: "off",
  });
  const adding = el(
    "form",
    { class: "add", on: { submit: add } },
    newName,
    el("button", { type: "submit", "aria-label": "Be this person" }, "+"),
  );
  const clock = createClock();

  element.append(
    el(
      "header",
      {},
      el("img", { src: "/page/icon.svg", alt: "", width: 28, height: 28 }),
      el("h1", {}, "Drillroom", el("small", {}, "playground")),
      el("button", { type: "button", class: "close", "aria-label": "Close the menu", on: { click: () => go.close() } }, "×"),
    ),
    el("section", {}, el("h2", {}, "Channels"), channelList),
    threadSection,
    el(
      "section",
      {},
      el("h2", {}, "You are"),
      peopleList,
      adding,
      el("p", { class: "note" }, "One person per tab: ", icon("newTab"), " opens another."),
    ),
    clock.element,
  );

  function add(event) {
    event.preventDefault();
    const person = personNamed(newName.value);
    if (!person) return;
    newName.value = "";
    go.be(person);
  }

  const link = (current, press, ...children) =>
    el("button", { type: "button", class: "row", "aria-current": current && "true", on: { click: press } }, ...children);

  function personRow(person) {
    const mine = person.id === state.me.id;
    return el(
      "li",
      { "data-key": `p${person.id}` },
      link(
        mine,
        () => go.be(person),
        avatar(person),
        el("span", {}, person.name),
        person.manager && el("span", { class: "tag" }, "organizer"),
      ),
      el(
        "a",
        {
          class: "new-tab",
          href: `/?as=${encodeURIComponent(person.name)}#${state.channel}`,
          target: "_blank",
          "aria-label": `Open a tab as ${person.name}`,
          title: `Open a tab as ${person.name}`,
        },
        icon("newTab"),
      ),
    );
  }

  let drawn;
  function render() {
    const all = threads().filter(({ id }, at) => at < NEWEST_THREADS || id === state.thread);
    // Redrawn only when something in it changed, so that the focus stays where it is.
    const looks = JSON.stringify([
      state.channel,
      state.thread,
      state.me,
      state.people,
      all.map(({ id, title, count }) => [id, title, count]),
    ]);
    if (looks === drawn) return;
    drawn = looks;
    const focused = document.activeElement?.closest("#rail li")?.dataset.key;
    channelList.replaceChildren(
      ...state.channels.map(({ id }) =>
        el(
          "li",
          { "data-key": `c${id}` },
          link(id === state.channel, () => go.channel(id), el("span", { class: "hash", "aria-hidden": "true" }, "#"), el("span", {}, id)),
        ),
      ),
    );
    threadList.replaceChildren(
      ...all.map(({ id, title, count }) =>
        el(
          "li",
          { "data-key": `t${id}` },
          link(id === state.thread, () => go.thread(id), el("span", {}, title), el("small", {}, String(count))),
        ),
      ),
    );
    threadSection.hidden = all.length === 0;
    peopleList.replaceChildren(...peopleShown().map(personRow));
    element.querySelector(`[data-key="${CSS.escape(focused ?? "")}"] button`)?.focus();
  }

  return { render, tick: clock.tick };
}

const peopleShown = () => (state.people.some(({ id }) => id === state.me.id) ? state.people : [...state.people, state.me]);

function createClock() {
  const date = el("span", { class: "date" });
  const time = el("span", { class: "time" });
  const trouble = el("p", { class: "note", role: "status" });
  const until = el("input", { type: "datetime-local", "aria-label": "Move the clock to" });
  const button = (label, move) => el("button", { type: "button", on: { click: () => go(move()) } }, label);
  const buttons = el(
    "div",
    { class: "moves" },
    button("+1 h", () => ({ advanceMs: HOUR_MS })),
    button("+1 day", () => ({ advanceMs: 24 * HOUR_MS })),
    button("Next event", () => ({ next: true })),
  );
  const custom = el(
    "form",
    {
      class: "add",
      on: {
        submit: (event) => {
          event.preventDefault();
          if (until.value) go({ to: new Date(until.value).getTime() });
        },
      },
    },
    until,
    el("button", { type: "submit" }, "Go"),
  );
  const element = el(
    "section",
    { class: "clock" },
    el("h2", {}, "Clock"),
    el("p", { class: "face" }, time, date),
    buttons,
    el("details", {}, el("summary", {}, "Move to a time"), custom),
    trouble,
  );

  async function go(move) {
    element.toggleAttribute("data-busy", true);
    trouble.textContent = "Moving…";
    try {
      const { moved, now: at } = await moveClock(move);
      trouble.textContent = moved
        ? ""
        : "next" in move
          ? "Nothing is due: set up a schedule first."
          : "The clock only moves forward, a year at most, and not beside Discord or Slack.";
      if (moved) announce(`The clock shows ${words(at, "datetime")}`);
    } catch (error) {
      trouble.textContent = error.message;
    }
    element.toggleAttribute("data-busy", false);
  }

  function tick() {
    time.textContent = words(now(), "time");
    date.textContent = words(now(), "date");
    if (document.activeElement !== until) until.min = localInput(now());
  }
  return { element, tick };
}
