/** People at work on a platform's stand-in, and the product behind it. */
import { expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { createClock, type MovableClock } from "../../src/app/clock.ts";
import type { Dispatcher } from "../../src/app/dispatch.ts";
import { createEngine } from "../../src/app/engine.ts";
import type { Library } from "../../src/app/library.ts";
import type { Store } from "../../src/app/ports.ts";
import { DAY, type Place } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import type { MessengerHarness, Shown } from "../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen } from "../contract/receiver.ts";
import { library } from "../kit/bank.ts";
import { everyRow, openTestStore, type Row } from "../kit/database.ts";

export type Walker = ReceiverHarness & Pick<MessengerHarness, "shown">;
export type FormSeen = Seen & { kind: "form" };

export const PEOPLE = {
  ada: { id: "1001", name: "Ada", manager: true },
  ben: { id: "1002", name: "Ben", manager: false },
  chen: { id: "1003", name: "Chen", manager: false },
} as const satisfies Record<string, Person>;

export interface Stage {
  readonly walker: Walker;
  readonly channel: Place;
  readonly store: Store;
  /** All that the database holds. */
  rows(): Promise<readonly Row[]>;
  readonly library: Library;
  readonly clock: MovableClock;
  /** The engine dies between two actions and another takes over. */
  restart(): Promise<void>;
  beat(): Promise<void>;
  /** The newest message there that contains the words. */
  find(where: Place, words: string): Promise<Shown>;
  text(seen: Seen): string;
  slash(who: Person, path: string, input?: Readonly<Record<string, string | number | boolean>>): Promise<string>;
  press(who: Person, on: Shown | { readonly token: unknown }, label: string, where?: Place): Promise<Seen>;
  /** Presses, fills the form that opens, and reads the reply. */
  fill(
    who: Person,
    on: Shown | { readonly token: unknown },
    label: string,
    values: (form: FormSeen) => Record<string, string>,
    where?: Place,
  ): Promise<string>;
  /** Types a command without its input, fills the form that opens, and reads the reply. */
  fillSlash(who: Person, path: string, values: (form: FormSeen) => Record<string, string>): Promise<string>;
  /** The thread that starts from a message: every messenger answers a second request for it with the first one. */
  threadOf(root: Shown): Promise<Place>;
}

/** `start` connects real people to the platform's stand-in, and the platform to our dispatcher. */
export type Start = (dispatcher: Dispatcher, people: readonly Person[]) => Promise<Walker>;

export function walk(name: string, start: Start, script: (stage: Stage) => Promise<void>): void {
  it(name, async () => {
    const { store, chatLog, rows } = await openTestStore("pglite");
    const log = createLog("warn", []);
    // At noon, so that a walk does not depend on the hour at which it is taken.
    const noon = Math.ceil(Date.now() / DAY) * DAY + DAY / 2;
    const clock = createClock(noon - Date.now(), { chatLog, store, beat: () => engine.beat() });
    const make = () => createEngine({ commands, store, library, now: clock.now, log });
    let engine = make();
    // What a receiver holds outlives a restart of the engine in the middle of the walk.
    const dispatcher: Dispatcher = {
      commands,
      wantsForm: (path, input) => engine.dispatcher.wantsForm(path, input),
      open: (invocation) => engine.dispatcher.open(invocation),
      hear: (words) => engine.dispatcher.hear(words),
      dispatch: (invocation) => engine.dispatcher.dispatch(invocation),
      complete: (...typed) => engine.dispatcher.complete(...typed),
    };
    const walker = await start(dispatcher, Object.values(PEOPLE));
    engine.connect(walker.messenger);
    const { channel } = walker;
    const text = (seen: Seen) => (seen.kind === "reply" ? seen.text : `a form: ${seen.title}`);
    const submit = async (who: Person, seen: Seen, values: (form: FormSeen) => Record<string, string>) => {
      if (seen.kind !== "form") return expect.fail(`no form opened: ${seen.text}`);
      return text(await walker.submit(who, seen.token, values(seen)));
    };
    const press: Stage["press"] = (who, on, label, where = channel) => walker.press(who, on, label, where);

    try {
      await script({
        walker,
        channel,
        store,
        rows: () => everyRow(rows),
        library,
        clock,
        async restart() {
          await engine.stop();
          engine = make();
          engine.connect(walker.messenger);
        },
        beat: () => engine.beat(),
        async find(where, words) {
          await engine.beat();
          const all = await walker.shown(where);
          const found = all.findLast((message) => message.text.includes(words));
          return found ?? expect.fail(`"${words}" is not among: ${all.map((message) => message.text.slice(0, 60)).join(" | ")}`);
        },
        text,
        slash: async (who, path, input = {}) => text(await walker.slash(who, path, input)),
        press,
        fill: async (who, on, label, values, where) => submit(who, await press(who, on, label, where), values),
        fillSlash: async (who, path, values) => submit(who, await walker.slash(who, path, {}), values),
        async threadOf({ remote: message }) {
          const again = { kind: "thread", key: "walk/thread", attempt: 2, to: channel, message, title: "again" } as const;
          return { ...channel, thread: (await walker.messenger.deliver(again)).remote };
        },
      });
    } finally {
      await walker.stop();
      await engine.stop();
      await store.close();
    }
  });
}
