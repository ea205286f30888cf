/** Empties the outbox of one platform: claim, deliver, settle. Only here is a message tried again. */
import type { Logger } from "pino";
import { type Instant, MINUTE, SECOND } from "../core/place.ts";
import type { Library } from "./library.ts";
import { type Delivery, DeliveryError, type Messenger } from "./messenger.ts";
import type { Meter } from "./meter.ts";
import type { Claimed, Store } from "./ports.ts";
import { delivered, undeliverable } from "./settle.ts";

/** Longer than any delivery may take; after it another worker may try the same row. */
export const LEASE_MS = 30 * SECOND;
/** Tries while a platform is away; with the delays below about six hours, as long as a drill may be caught up. */
const MAX_ATTEMPTS = 80;
/** Tries when the fault is our own: about 18 minutes. */
export const MAX_FAULTS = 12;
const MAX_BACKOFF = 5 * MINUTE;
/** Lanes served at once. */
const BATCH = 16;

export interface Outbox {
  /** Delivers until nothing can be sent now. Calls that meet a running drain join it. */
  drain(): Promise<void>;
  /** Waits for the delivery under way and starts no other. */
  stop(): Promise<void>;
}

export function createOutbox(parts: {
  store: Store;
  messenger: Messenger;
  library: Library;
  now: () => Instant;
  log: Logger;
  meter: Meter;
}): Outbox {
  const { store, messenger, library, now, log } = parts;
  const { platform } = messenger;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const round = async (): Promise<boolean> => {
    const claimed = await store.queue.claim(platform, BATCH, LEASE_MS);
    await Promise.all(claimed.map(one));
    return claimed.length > 0;
  };

  const one = async (row: Claimed): Promise<void> => {
    if (row.orphaned) return giveUp(row, "What this message belongs to could not be delivered.");
    const began = performance.now();
    const count = (outcome: "sent" | "retry" | "dead") => parts.meter.delivered(platform, outcome, performance.now() - began);
    const sent = await messenger.deliver(deliveryOf(row)).catch(async (error: unknown) => count(await failed(row, error)));
    if (!sent) return;
    count("sent");
    try {
      await store.transaction(async (tx) => {
        if (await tx.outbox.sent(row.effect.key, sent.remote)) await delivered(tx, library, row.effect, sent.remote, now());
      });
    } catch (err) {
      // It was said: the lease runs out, and the next attempt finds the message that is there.
      log.error({ err, key: row.effect.key }, "a delivery could not be noted; it will be looked for again");
    }
  };

  const failed = async (row: Claimed, error: unknown): Promise<"retry" | "dead"> => {
    const { key } = row.effect;
    const known = error instanceof DeliveryError ? error : undefined;
    const reason = known?.message ?? "Drillroom itself failed while it delivered this message; its log says why.";
    const limited = known?.afterMs !== undefined;
    if ((known?.retry ?? true) && (limited || row.attempt < (known ? MAX_ATTEMPTS : MAX_FAULTS))) {
      log[known ? "warn" : "error"]({ err: error, key, attempt: row.attempt }, "a delivery failed; it will be tried again");
      await store.queue.retry(key, known?.afterMs ?? backoff(row.attempt), reason);
      return "retry";
    }
    await giveUp(row, reason, error);
    return "dead";
  };

  const giveUp = async ({ effect: { key }, attempt }: Claimed, reason: string, error?: unknown): Promise<void> => {
    log.error({ err: error, key, attempt }, "a delivery was given up");
    await store.transaction(async (tx) => undeliverable(tx, library, await tx.outbox.dead(key, reason), reason, now()));
  };

  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        while (!stopped && (await round()));
      } while (again && !stopped);
    } finally {
      // In the same step as the last look at `again`: who came between the two would wait for the next beat.
      running = undefined;
    }
  };

  return {
    drain() {
      again = true;
      running ??= run();
      return running;
    },
    async stop() {
      stopped = true;
      await running?.catch(() => undefined);
    },
  };
}

/** 1 s, 2 s, 4 s, … at most five minutes, of real time. */
const backoff = (attempt: number): number => Math.min(SECOND * 2 ** (attempt - 1), MAX_BACKOFF);

function deliveryOf({ effect, attempt, to, message }: Claimed): Delivery {
  const { key } = effect;
  switch (effect.kind) {
    case "post":
      return { kind: "post", key, attempt, to, view: effect.view };
    case "notice":
      return { kind: "notice", key, attempt, to, member: effect.member, view: effect.view };
    case "edit":
      return { kind: "edit", key, attempt, to, message: known(message, key), view: effect.view };
    case "thread":
      return {
        kind: "thread",
        key,
        attempt,
        to,
        message: known(message, key),
        title: effect.title,
        ...(effect.quietHours === undefined ? {} : { quietHours: effect.quietHours }),
      };
  }
}

function known(message: string | undefined, key: string): string {
  if (message === undefined) throw new Error(`The outbox handed out ${key} before the message it is about was sent.`);
  return message;
}
