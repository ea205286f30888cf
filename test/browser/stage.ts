/** A fresh playground for each test of the page: a server over a room that answers at once, and a browser. */
import { afterEach, beforeEach, expect } from "vitest";
import type { View } from "../../src/core/view.ts";
import { type Look, openPlayground, type PersonTab, type Playground } from "../kit/browser.ts";
import { MemoryChatLog } from "../platforms/web/chat_log.ts";
import { HandClock, type Started, startWeb } from "../platforms/web/playground.ts";
import { Room } from "./room.ts";

export const place = { platform: "web", space: "playground", channel: "ml-design-drills" } as const;
export const MORNING = Date.parse("2026-11-20T08:00:00Z");

/** Registers the hooks; what it returns is new in every test. No tab may end with an error or a foreign request. */
export function useStage() {
  const on = {} as { room: Room; chatLog: MemoryChatLog; started: Started };
  let playground: Playground;
  let tabs: PersonTab[];
  let serial = 0;

  beforeEach(async () => {
    tabs = [];
    on.room = new Room();
    on.chatLog = new MemoryChatLog();
    const clock = new HandClock();
    clock.at = MORNING;
    on.started = await startWeb(on.room, on.chatLog, 0, clock);
    playground = await openPlayground(on.started.web.url);
  });
  afterEach(async () => {
    await playground.close();
    await on.started.web.stop();
    expect(tabs.flatMap(({ troubles }) => troubles)).toEqual([]);
  });

  return {
    on,
    /** A new server with the same chat on the same port. */
    async restart(port: string) {
      on.started = await startWeb(on.room, on.chatLog, Number(port), on.started.clock);
    },
    async open(name: string, look?: Look) {
      const tab = await playground.openPerson(name, look);
      tabs.push(tab);
      return tab;
    },
    async post(view: View, thread?: string) {
      const to = thread === undefined ? place : { ...place, thread };
      return (await on.started.web.messenger.deliver({ kind: "post", key: `page/${++serial}`, attempt: 1, to, view })).remote;
    },
    /** Starts a thread from a message. */
    async start(message: string, title: string) {
      return (await on.started.web.messenger.deliver({ kind: "thread", key: `page/${++serial}`, attempt: 1, to: place, message, title }))
        .remote;
    },
  };
}
