/** People, and other apps, who write messages, as the Events API tells of it. https://docs.slack.dev/apis/events-api */
import type { Carrier } from "./carrier.ts";
import type { StandInMessage, Workspace } from "./workspace.ts";

export interface Written {
  readonly ageMs?: number | undefined;
  /** How often each event is delivered. */
  readonly times?: number | undefined;
  readonly file?: true | undefined;
  /** Another app, or ours, instead of a person. */
  readonly by?: "bot" | "self" | undefined;
}

const BOT = "UBOT";
/** How often an event that nobody acknowledged is delivered again. https://docs.slack.dev/apis/events-api#retries */
const RETRIES = 3;

export class Writer {
  readonly #workspace: Workspace;
  readonly #carrier: Carrier;
  readonly #team: string;

  constructor(workspace: Workspace, carrier: Carrier, team: string) {
    this.#workspace = workspace;
    this.#carrier = carrier;
    this.#team = team;
  }

  write(user: string, channel: string, thread: string | undefined, words: string, how: Written = {}): StandInMessage {
    const { ageMs = 0, times = 1, file, by } = how;
    const message = this.#workspace.write({ author: user, channel, thread, text: words }, ageMs);
    const author = by === undefined ? { user } : { user: by === "self" ? BOT : "UOTHER", bot_id: by === "self" ? "B1" : "B9" };
    const event = {
      type: "message",
      ...author,
      ...this.#where(message),
      text: words,
      ...(file ? { subtype: "file_share", files: [{ id: "F0123456789", name: "drawing.png" }] } : {}),
    };
    this.#tell(event, times);
    if (by === undefined && words.includes(`<@${BOT}>`) && !channel.startsWith("D")) this.#tell({ ...event, type: "app_mention" }, times);
    return message;
  }

  /** Its author changes it, and then takes it away. */
  edit(message: StandInMessage, words: string): void {
    const { author: user, text } = message;
    const { ts, ...where } = this.#where(message);
    const previous = { type: "message", user, text, ts };
    const hidden = { ...where, type: "message", hidden: true, ts: this.#workspace.timestamp() };
    const changed = { ...previous, text: words, edited: { user, ts: hidden.ts } };
    this.#tell({ ...hidden, subtype: "message_changed", message: changed, previous_message: previous });
    this.#tell({ ...hidden, subtype: "message_deleted", deleted_ts: ts, previous_message: changed });
  }

  #where({ channel, thread, ts }: StandInMessage) {
    const root = thread === undefined ? undefined : this.#workspace.messages(channel).find((one) => one.ts === thread);
    return {
      channel,
      channel_type: channel.startsWith("D") ? "im" : "channel",
      ts,
      event_ts: ts,
      ...(thread === undefined ? {} : { thread_ts: thread, parent_user_id: root?.author ?? BOT }),
    };
  }

  #tell(event: object, times = 1): void {
    const id = this.#workspace.id("Ev");
    const payload = { token: "verification-token", team_id: this.#team, api_app_id: "A1", event, type: "event_callback", event_id: id };
    const deliver = (retry: number) => {
      const late = () => {
        if (retry < RETRIES) deliver(retry + 1);
      };
      this.#carrier.deliver({ type: "events_api", payload, acknowledged: () => undefined, late }, retry);
    };
    for (let time = 0; time < times; time += 1) deliver(time);
  }
}
