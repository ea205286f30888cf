/** The running product without its platforms: what main and the tests put together the same way. */
import type { Logger } from "pino";
import type { Instant, Platform } from "../core/place.ts";
import type { Command } from "./command.ts";
import { createDispatcher, type Dispatcher } from "./dispatch.ts";
import type { Library } from "./library.ts";
import type { Messenger } from "./messenger.ts";
import { type Meter, unmetered } from "./meter.ts";
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
  /** Waits for the tick and the invocations under way, whose replies still need the platforms. */
  settle(): Promise<void>;
  /** Starts nothing new, and waits for the deliveries under way. */
  stop(): Promise<void>;
}

export function createEngine({
  meter = unmetered,
  ...given
}: {
  readonly commands: readonly Command[];
  readonly store: Store;
  readonly library: Library;
  readonly now: () => Instant;
  readonly log: Logger;
  readonly meter?: Meter;
  /** The operator's language model, if there is one. */
  readonly second?: SecondReading | undefined;
}): Engine {
  const parts = { ...given, meter };
  const { second } = parts;
  const messengers = new Map<Platform, Messenger>();
  const outboxes = new Map<Platform, Outbox>();
  const { tick, aside } = createTick({
    ...parts,
    async isIn({ platform, space }) {
      const messenger = messengers.get(platform);
      if (!messenger) throw new Error(`${platform} is not connected, and cannot be asked`);
      return (await messenger.isIn?.(space)) ?? false;
    },
  });
  let ticking: Promise<void> = Promise.resolve();
  const beat = () => (ticking = tick(parts.now(), [...outboxes.keys()]));
  const drain = () => Promise.all([...outboxes.values()].map((outbox) => outbox.drain()));
  const nudge = () => void drain().catch((err) => parts.log.error({ err }, "the outbox stopped; the next beat goes on"));

  const { settled, ...dispatcher } = createDispatcher({
    ...parts,
    nudge,
    readAgain: second && ((toRead) => readAgain({ ...parts, ...second }, toRead)),
    inspect: async (place) => (await messengers.get(place.platform)?.inspect(place)) ?? [],
  });

  return {
    dispatcher,
    connect(messenger) {
      messengers.set(messenger.platform, messenger);
      outboxes.set(messenger.platform, createOutbox({ ...parts, messenger }));
    },
    async beat() {
      await beat();
      await aside();
      await drain();
    },
    async pulse() {
      await beat();
      nudge();
    },
    async settle() {
      await ticking;
      await settled();
    },
    async stop() {
      await Promise.all([...outboxes.values()].map((outbox) => outbox.stop()));
    },
  };
}
