/** What brings an interaction or an event to the app: a socket, or signed requests over HTTP. */
export interface Envelope {
  readonly type: "slash_commands" | "interactive" | "events_api";
  readonly payload: object;
  /** Called once, with what the acknowledgement carries. */
  acknowledged(payload: unknown): void;
  /** Called when nobody acknowledges in time. */
  late(): void;
}

export interface Carrier {
  readonly connected: boolean;
  /** `retry`: how often it was delivered before. */
  deliver(envelope: Envelope, retry?: number): void;
  /** The last one once more, as after an acknowledgement that got lost. */
  redeliver(): void;
}

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
export const ACK_MS = 3_000;
