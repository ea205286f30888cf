/** The chat platforms Drillroom speaks to. `web` is the local playground. */
export const PLATFORMS = ["discord", "slack", "web"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Milliseconds since the Unix epoch. The core is always told the time; it never asks. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Where something happens. `space` is the server (Discord), workspace (Slack) or playground.
 * `channel` is absent in a direct message or a home page; `thread` is present inside a thread,
 * whose channel is then the parent channel.
 */
export interface Place {
  readonly platform: Platform;
  readonly space: string;
  readonly channel?: string;
  readonly thread?: string;
}

/** A person as the platform reports them with an invocation. `id` is unique within `space`. */
export interface Member {
  readonly platform: Platform;
  readonly space: string;
  readonly id: string;
  /** The display name there: hostile text, at most as long as the platform lets it be. */
  readonly name: string;
  /** Whether the platform lets this person manage the server or workspace. */
  readonly manager: boolean;
}

/** Somebody in a space. */
export type Who = Pick<Member, "platform" | "space" | "id">;
