/** Puts the page together: address, stream, panes. */
import { ask, follow } from "./api.js";
import { createBox } from "./box.js";
import { announce, el } from "./dom.js";
import { icon } from "./icons.js";
import { createList } from "./list.js";
import { avatar } from "./message.js";
import { createRail } from "./rail.js";
import { change, itemsOf, onChange, personNamed, state, takeNews, threads } from "./state.js";
import { refreshTimes, setNow } from "./time.js";
import { welcome } from "./welcome.js";

const app = document.getElementById("app");
const railElement = document.getElementById("rail");
const channelElement = document.getElementById("channel");
const threadElement = document.getElementById("thread");
const veil = document.getElementById("veil");

const go = {
  channel(id) {
    drawer(false);
    if (id === state.channel) return go.thread(undefined);
    change({ channel: id, thread: undefined, messages: new Map(), loaded: false });
    remember();
    listen();
  },
  thread(id) {
    drawer(false);
    const before = state.thread;
    change({ thread: id });
    remember();
    if (id !== undefined) queueMicrotask(() => threadBox.focus());
    else if (before !== undefined) queueMicrotask(() => channelBox.focus());
  },
  be(person) {
    drawer(false);
    sessionStorage.setItem("person", JSON.stringify(person));
    change({ me: person, messages: new Map(), loaded: false });
    remember();
    listen();
    announce(`You are ${person.name} now`);
  },
  close: () => drawer(false),
};

const rail = createRail(railElement, go);
const openThread = (id) => go.thread(id);
const channelList = createList({ label: "Messages", openThread });
const threadList = createList({ label: "Messages of the thread", openThread });
const channelBox = createBox({ label: "Write a message, or / for a command", where: () => undefined });
const threadBox = createBox({ label: "Write in the thread", where: () => state.thread });

const channelName = el("h2", {});
const topic = el("p", { class: "note" });
const status = el("p", { class: "status", role: "status" });
const menu = el(
  "button",
  {
    type: "button",
    class: "menu",
    "aria-label": "Menu: channels, people, clock",
    "aria-expanded": "false",
    "aria-controls": "rail",
    on: { click: () => drawer(true) },
  },
  icon("menu"),
);
const chip = el("button", { type: "button", class: "chip", on: { click: () => drawer(true) } });
channelElement.append(el("header", {}, menu, el("div", {}, channelName, topic), status, chip), channelList.element, channelBox.element);

const threadName = el("h2", {});
threadElement.append(
  el(
    "header",
    {},
    el("div", {}, threadName, el("p", { class: "note" }, "Thread")),
    el("button", { type: "button", class: "close", "aria-label": "Close the thread", on: { click: () => go.thread(undefined) } }, "×"),
  ),
  threadList.element,
  threadBox.element,
);

/** On a narrow screen the rail is a drawer. */
function drawer(open) {
  const was = app.hasAttribute("data-drawer");
  app.toggleAttribute("data-drawer", open);
  veil.hidden = !open;
  menu.setAttribute("aria-expanded", String(open));
  if (open) railElement.querySelector("button.close").focus();
  else if (was) menu.focus();
}
veil.addEventListener("click", () => drawer(false));
/** Escape closes what lies on top: a form by itself, suggestions in the box, then the drawer, then the thread. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (app.hasAttribute("data-drawer")) drawer(false);
  else if (state.thread !== undefined) go.thread(undefined);
});

onChange(() => {
  const all = threads();
  const open = all.find(({ id }) => id === state.thread);
  const decorated = (items) => items.map((item) => ({ ...item, thread: all.find(({ root }) => root === item.message) }));
  rail.render();
  channelName.textContent = `# ${state.channel}`;
  topic.textContent = state.channels.find(({ id }) => id === state.channel)?.topic ?? "";
  status.textContent = state.online ? "" : "Reconnecting…";
  chip.replaceChildren(avatar(state.me), state.me.name);
  chip.setAttribute("aria-label", `You are ${state.me.name}: change the person`);
  document.title = `${state.me.name} · #${state.channel} · Drillroom playground`;
  const view = `${state.me.id} ${state.channel}`;
  channelList.sync(decorated(itemsOf(undefined)), { pane: undefined, id: view, empty: state.loaded && (() => welcome(channelBox.fill)) });
  threadElement.hidden = !open;
  app.toggleAttribute("data-thread", Boolean(open));
  if (!open) return;
  threadName.textContent = open.title;
  threadList.sync(decorated(itemsOf(open.id)), { pane: open.id, id: `${view} ${open.id}` });
});

function remember() {
  const thread = state.thread === undefined ? "" : `/${state.thread}`;
  history.replaceState(null, "", `?as=${encodeURIComponent(state.me.name)}#${state.channel}${thread}`);
}

let stop = () => {};
function listen() {
  stop();
  const { id, name, manager } = state.me;
  stop = follow({ channel: state.channel, who: id, name, manager }, 0, {
    news(fresh) {
      setNow(fresh.now);
      takeNews(fresh);
      rail.tick();
      refreshTimes();
    },
    async online(is) {
      if (is === state.online) return;
      change({ online: is });
      // A restart may have brought other commands.
      if (is) change({ commands: (await ask("state")).commands });
    },
  });
}

async function begin() {
  const { commands, people, channels, now } = await ask("state");
  setNow(now);
  Object.assign(state, { commands, people, channels });
  const asked = new URLSearchParams(location.search).get("as");
  const kept = JSON.parse(sessionStorage.getItem("person") ?? "null");
  const [channel, thread] = location.hash.slice(1).split("/");
  const me = (asked && (asked === kept?.name ? kept : personNamed(asked))) || kept || people[0];
  sessionStorage.setItem("person", JSON.stringify(me));
  change({ me, channel: channels.some(({ id }) => id === channel) ? channel : channels[0].id, thread });
  remember();
  listen();
  setInterval(() => {
    rail.tick();
    refreshTimes();
  }, 1_000);
  rail.tick();
  channelBox.focus();
}

await begin();
