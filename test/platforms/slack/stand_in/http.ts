/** Slack's requests over HTTP, signed. https://docs.slack.dev/authentication/verifying-requests-from-slack */
import { createHmac } from "node:crypto";
import { ACK_MS, type Carrier, type Envelope } from "./carrier.ts";

export interface Sent {
  readonly status: number;
  readonly body: string;
}

/** What can be wrong with a request. */
export interface Forgery {
  readonly secret?: string;
  /** Seconds that its timestamp is old. */
  readonly ageSeconds?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A request to the last byte, as somebody on the way could have kept it. */
export interface Captured {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export class HttpCarrier implements Carrier {
  readonly #secret: string;
  /** Where the app listens; undefined until it does. */
  url: string | undefined;
  #last: Envelope | undefined;
  /** All that was sent, oldest first. */
  readonly captured: Captured[] = [];

  constructor(secret: string) {
    this.#secret = secret;
  }

  get connected(): boolean {
    return this.url !== undefined;
  }

  /** Slack tries again up to three times, with a mark. https://docs.slack.dev/apis/events-api#retries */
  deliver(envelope: Envelope, retry = 0): void {
    this.#last = envelope;
    void this.#carry(envelope, retry === 0 ? {} : { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_timeout" });
  }

  redeliver(): void {
    if (this.#last) this.deliver(this.#last, 1);
  }

  async #carry({ type, payload, acknowledged, late }: Envelope, marks: Record<string, string>): Promise<void> {
    const { form, body } = encoded(type, payload);
    const answer = await this.send(body, form, { headers: marks }).catch(() => undefined);
    if (answer?.status !== 200) return late();
    acknowledged(answer.body === "" ? undefined : answer.body.startsWith("{") ? JSON.parse(answer.body) : { text: answer.body });
  }

  /** One request as Slack makes it, or as somebody else would. */
  async send(body: string, form: boolean, { secret = this.#secret, ageSeconds = 0, headers = {} }: Forgery = {}): Promise<Sent> {
    const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
    const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
    const all = {
      "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": signature,
      ...headers,
    };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const request = { headers: Object.fromEntries(kept), body };
    this.captured.push(request);
    return this.replay(request);
  }

  async replay({ headers, body }: Captured): Promise<Sent> {
    const response = await fetch(`${this.url}/slack/events`, { method: "POST", headers, body, signal: AbortSignal.timeout(ACK_MS) });
    return { status: response.status, body: await response.text() };
  }
}

/** Commands are a form, interactions a form with JSON in it, events JSON. */
function encoded(type: Envelope["type"], payload: object): { readonly form: boolean; readonly body: string } {
  if (type === "events_api") return { form: false, body: JSON.stringify(payload) };
  if (type === "interactive") return { form: true, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
  return { form: true, body: new URLSearchParams(fields).toString() };
}
