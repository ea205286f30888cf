/** Faults on demand: each meets the next request of its kind, once. */

/** Requests as the faults tell them apart. A "reply" brings the words, as the first answer or after it. */
export type RequestKind =
  | "gateway"
  | "commands"
  | "callback"
  | "follow-up"
  | "reply"
  | "create"
  | "edit"
  | "thread"
  | "direct"
  | "reaction"
  | "self"
  | "other";

export type Fault = Kind & {
  /** Runs while the request is under way: before a drop, or when it is done and not answered. */
  meanwhile?(): void | Promise<void>;
};

type Kind =
  /** "user": this route is limited, and says so; "shared": only this request; "global": everything. */
  | { readonly kind: "rateLimit"; readonly seconds: number; readonly scope?: "user" | "shared" | "global" }
  | { readonly kind: "serverError"; readonly status?: number }
  /** Discord does it, and the connection drops before its answer. */
  | { readonly kind: "lostAnswer" }
  /** The connection drops before Discord has read it. */
  | { readonly kind: "dropped" }
  /** Discord does it, and answers nothing at all. */
  | { readonly kind: "silence" }
  | { readonly kind: "refuse"; readonly status: number; readonly code: number; readonly message: string };

export class Faults {
  readonly #waiting: { readonly on: RequestKind; readonly fault: Fault }[] = [];

  next(on: RequestKind, fault: Fault): void {
    this.#waiting.push({ on, fault });
  }

  take(on: RequestKind): Fault | undefined {
    const at = this.#waiting.findIndex((one) => one.on === on);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0]?.fault;
  }

  /** How many have not happened yet. */
  get left(): number {
    return this.#waiting.length;
  }
}

/** What every answer says of its route's limit. https://discord.com/developers/docs/topics/rate-limits#header-format */
export const limitHeaders = (on: RequestKind, remaining = 49, seconds = 1): Readonly<Record<string, string>> => ({
  "x-ratelimit-limit": "50",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(Date.now() / 1_000 + seconds),
  "x-ratelimit-reset-after": String(seconds),
  "x-ratelimit-bucket": `stand-in-${on}`,
});

/** https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit */
export function rateLimited(on: RequestKind, { seconds, scope = "user" }: Extract<Fault, { kind: "rateLimit" }>) {
  const global = scope === "global";
  return {
    status: 429,
    headers: {
      ...limitHeaders(on, scope === "user" ? 0 : 49, seconds),
      "retry-after": String(seconds),
      "x-ratelimit-scope": scope,
      ...(global ? { "x-ratelimit-global": "true" } : {}),
    },
    body: { message: "You are being rate limited.", retry_after: seconds, global },
  };
}
