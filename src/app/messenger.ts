/** What the outbox needs of a platform: to say one thing, once. */
import type { Place, Platform } from "../core/place.ts";
import type { Permission } from "../core/setup_views.ts";
import type { View } from "../core/view.ts";

interface Attempt {
  /** The effect's key: the platform derives its own mark against duplicates from it. */
  readonly key: string;
  /** 1 for the first try. From 2 on, an earlier try may have reached the platform. */
  readonly attempt: number;
}

export type Delivery =
  | (Attempt & { readonly kind: "post"; readonly to: Place; readonly view: View })
  | (Attempt & { readonly kind: "edit"; readonly to: Place; readonly message: string; readonly view: View })
  | (Attempt & {
      readonly kind: "thread";
      readonly to: Place;
      readonly message: string;
      readonly title: string;
      readonly quietHours?: number;
    })
  | (Attempt & { readonly kind: "notice"; readonly to: Place; readonly member: string; readonly view: View });

export interface Delivered {
  /** The platform's id of the message ("post", "edit", "notice") or of the thread ("thread"). */
  readonly remote: string;
}

export interface Messenger {
  readonly platform: Platform;
  /**
   * Sends one thing. Does not retry: it throws a `DeliveryError` and the outbox decides.
   * Delivering the same key again returns the first message where the platform offers a way.
   */
  deliver(delivery: Delivery): Promise<Delivered>;
  /** What the bot needs in a channel, and whether it has it; empty when the platform cannot say. */
  inspect(place: Place): Promise<readonly Permission[]>;
  /**
   * Whether the bot is in a server, asked before what is kept of it is deleted; throws when the platform cannot
   * say. Left out where the installation that is stored tells.
   */
  isIn?(space: string): Promise<boolean>;
}

/** Made only in a platform's `deliver.ts`. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  /** Whether another try can help. */
  readonly retry: boolean;
  /** Milliseconds that the platform asked us to wait, when it did (rate limit). */
  readonly afterMs: number | undefined;

  /** `reason` is read by an organizer: what failed and how to mend it, without secrets. */
  constructor(reason: string, options: { retry: boolean; afterMs?: number | undefined; cause?: unknown }) {
    super(reason, { cause: options.cause });
    this.retry = options.retry;
    this.afterMs = options.afterMs;
  }
}

/** A platform's adapter, started and stopped by main. */
export interface PlatformAdapter {
  readonly messenger: Messenger;
  /** Resolves when invocations arrive. Throws an Error with one clear line when it cannot. */
  start(): Promise<void>;
  /** Stops taking invocations, lets running ones finish, closes connections. */
  stop(): Promise<void>;
}
