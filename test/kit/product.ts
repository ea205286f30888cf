/** The whole product but for a platform: a real store, the real bank, a messenger that keeps what it is given. */
import { commands } from "../../commands/index.ts";
import type { Command, Invocation } from "../../src/app/command.ts";
import { createEngine, type Engine } from "../../src/app/engine.ts";
import type { Library } from "../../src/app/library.ts";
import type { Delivery, Messenger } from "../../src/app/messenger.ts";
import { type Meter, unmetered } from "../../src/app/meter.ts";
import type { ChatLog } from "../../src/app/playground.ts";
import type { Store } from "../../src/app/ports.ts";
import type { SecondReading } from "../../src/app/second_reader.ts";
import type { Group } from "../../src/core/group.ts";
import { HOUR, type Instant, type Place } from "../../src/core/place.ts";
import type { Permission } from "../../src/core/setup_views.ts";
import type { Button, View } from "../../src/core/view.ts";
import { createLog } from "../../src/operations/log.ts";
import { library as theLibrary } from "./bank.ts";
import type { DatabaseKind, TestStore } from "./database.ts";
import { openTestStore } from "./database.ts";
import { buttonsOf } from "./view.ts";

export const CHANNEL = { platform: "web", space: "s1", channel: "c1" } as const satisfies Place;
/** Monday 23 November 2026, 07:00 in Berlin. */
export const MONDAY = Date.parse("2026-11-23T06:00:00Z");

export interface Product {
  readonly store: Store;
  readonly chatLog: ChatLog;
  readonly rows: TestStore["rows"];
  readonly library: Library;
  readonly engine: Engine;
  readonly sent: readonly Delivery[];
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  now: Instant;
  /** What the platform says that the bot may do. */
  permissions: readonly Permission[];
  /** Called before a delivery is kept; throws to make it fail. */
  onDeliver: ((delivery: Delivery) => void | Promise<void>) | undefined;
  /** Does something as a member; managers' names begin with a capital A. */
  act(who: string, path: string, input?: Invocation["input"], where?: Partial<Invocation>): Promise<View>;
  press(who: string, button: Button, where?: Partial<Invocation>): Promise<View>;
  /** Moves the clock and beats. */
  pass(ms: number): Promise<void>;
  /** Views posted or edited so far, newest last, whose title contains the words. */
  said(words: string): readonly (Delivery & { readonly view: View })[];
  close(): Promise<void>;
}

export async function openProduct(
  kind: DatabaseKind = "pglite",
  extra: readonly Command[] = [],
  second?: SecondReading,
  meter: Meter = unmetered,
): Promise<Product> {
  const { store, chatLog, rows } = await openTestStore(kind);
  const library = second ? { ...theLibrary, reader: "model-1" } : theLibrary;
  const sent: Delivery[] = [];
  const logged: string[] = [];
  const log = createLog("info", [], { write: (line: string) => void logged.push(line) });
  const messenger: Messenger = {
    platform: "web",
    inspect: async () => product.permissions,
    async deliver(delivery) {
      await product.onDeliver?.(delivery);
      sent.push(delivery);
      return { remote: delivery.kind === "edit" ? delivery.message : `remote-${sent.length}` };
    },
  };
  const engine = createEngine({ commands: [...commands, ...extra], store, library, now: () => product.now, log, second, meter });
  engine.connect(messenger);
  let serial = 0;
  const product: Product = {
    store,
    chatLog,
    rows,
    library,
    engine,
    sent,
    logged,
    now: MONDAY,
    permissions: [],
    onDeliver: undefined,
    act: (who, path, input = {}, where = {}) =>
      engine.dispatcher.dispatch({
        id: `invocation-${++serial}`,
        path,
        input,
        who: {
          platform: "web",
          space: where.place?.space ?? CHANNEL.space,
          id: who.toLowerCase(),
          name: who,
          manager: who.startsWith("A"),
        },
        place: CHANNEL,
        ...where,
      }),
    press: (who, { command, input, revision }, where = {}) =>
      product.act(who, command, input, { ...(revision === undefined ? {} : { revision }), ...where }),
    async pass(ms) {
      product.now += ms;
      await engine.beat();
    },
    said: (words) => sent.filter((one): one is Delivery & { view: View } => "view" in one && one.view.title.includes(words)),
    async close() {
      await engine.stop();
      await store.close();
    },
  };
  return product;
}

/** A daily drill at 08:00 in Berlin, set up an hour before. */
export async function setUp(product: Product): Promise<string> {
  await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily" });
  return (await groupOf(product)).id;
}

/** The group that meets in CHANNEL. */
export async function groupOf({ store }: Product): Promise<Group> {
  const group = await store.read.groups.at(CHANNEL);
  if (!group) throw new Error("no group meets here");
  return group;
}

/** A group whose daily drill is paused: what comes by itself comes of something else. It is Monday, 07:00 in Berlin. */
export async function openQuietly(kind?: DatabaseKind): Promise<Product> {
  const product = await openProduct(kind);
  await setUp(product);
  await product.act("Ada", "daily pause");
  return product;
}

/** Sets up and lets the first drill be posted. */
export async function firstDrill(product: Product): Promise<string> {
  const group = await setUp(product);
  await product.pass(HOUR);
  return group;
}

export function buttonOf(view: View, label: string): Button {
  const button = buttonsOf(view).find((one) => one.label === label);
  if (!button) throw new Error(`"${view.title}" has no button "${label}"`);
  return button;
}

/** The first button whose label begins so: one that also says a number. */
export function buttonLike(view: View, beginning: string): Button {
  const all = buttonsOf(view);
  return buttonOf(view, all.find(({ label }) => label.startsWith(beginning))?.label ?? beginning);
}

/** All words of a view in one string, for looking something up. */
export const wordsOf = (view: View): string => JSON.stringify(view);
