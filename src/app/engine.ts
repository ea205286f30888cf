/** The running product without its platforms: what main and the tests put together the same way. */
import type { Logger } from "pino";
import type { Instant, Platform } from "../core/place.ts";
import type { Command } from "./command.ts";
import { createDispatcher, type Dispatcher } from "./dispatch.ts";
import type { Library } from "./library.ts";
import type { Messenger } from "./messenger.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Store } from "./ports.ts";
import { readAgain, type SecondReading } from "./second_reader.ts";
import { createTick } from "./tick.ts";

export interface Engine {
  readonly dispatcher: Dispatcher;
  /** From now on what is meant for this platform is delivered by this messenger. */
  connect(messenger: Messenger): void;
  /** Does what has become due, then says what there is to say, and waits until it is said. */
  beat(): Promise<void>;
  /** The heartbeat's: as `beat`, without waiting, so that a slow platform holds no other's clock. */
  pulse(): Promise<void>;
  /** What follows when the bot was removed from a server of that platform, or came to one. */
  comings(platform: Platform): Record<"removed" | "added", (space: string) => Promise<void>>;
  /** Starts nothing new, and waits for the deliveries under way. */
  stop(): Promise<void>;
}

/** Why groups pause then: those that paused for this go on when the bot is back. */
const REMOVED = "Drillroom was removed from this server. Nothing was deleted.";

export function createEngine(parts: {
  readonly commands: readonly Command[];
  readonly store: Store;
  readonly library: Library;
  readonly now: () => Instant;
  readonly log: Logger;
  /** The operator's language model, if there is one. */
  readonly second?: SecondReading | undefined;
}): Engine {
  const { second } = parts;
  const messengers = new Map<Platform, Messenger>();
  const outboxes = new Map<Platform, Outbox>();
  const tick = createTick(parts);
  const drain = () => Promise.all([...outboxes.values()].map((outbox) => outbox.drain()));
  const nudge = () => void drain().catch((err) => parts.log.error({ err }, "the outbox stopped; the next beat goes on"));

  return {
    dispatcher: createDispatcher({
      ...parts,
      nudge,
      readAgain: second && ((toRead) => readAgain({ ...parts, ...second }, toRead)),
      inspect: async (place) => (await messengers.get(place.platform)?.inspect(place)) ?? [],
    }),
    connect(messenger) {
      messengers.set(messenger.platform, messenger);
      outboxes.set(messenger.platform, createOutbox({ ...parts, messenger }));
    },
    async beat() {
      await tick(parts.now(), [...outboxes.keys()]);
      await drain();
    },
    async pulse() {
      await tick(parts.now(), [...outboxes.keys()]);
      nudge();
    },
    comings: (platform) => ({
      async removed(space) {
        const groups = await parts.store.transaction((tx) => tx.groups.pauseSpace(platform, space, REMOVED, parts.now()));
        parts.log.info({ platform, space, groups }, "removed from a server; its groups are paused");
      },
      async added(space) {
        const groups = await parts.store.transaction((tx) => tx.groups.resumeSpace(platform, space, REMOVED, parts.now()));
        parts.log.info({ platform, space, groups }, "added to a server; its groups that were paused for want of the bot go on");
      },
    }),
    async stop() {
      await Promise.all([...outboxes.values()].map((outbox) => outbox.stop()));
    },
  };
}
