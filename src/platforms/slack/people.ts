/** Who is who in the workspace: display names, and who may manage it. */
import type { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { MINUTE } from "../../core/place.ts";

export interface SlackPerson {
  readonly name: string;
  readonly manager: boolean;
}

/** How long an answer holds: an organizer made one today should not wait until tomorrow. */
const FRESH_MS = 5 * MINUTE;
/** More than are active in one workspace within five minutes; keeps the memory bounded. */
const KEPT = 5_000;

export class People {
  readonly #client: webApi.WebClient;
  readonly #space: string;
  readonly #log: Logger;
  readonly #known = new Map<string, { readonly at: number; readonly person: SlackPerson }>();

  /** `space` is the workspace whose managers may manage. */
  constructor(client: webApi.WebClient, space: string, log: Logger) {
    this.#client = client;
    this.#space = space;
    this.#log = log;
  }

  /** Never throws: what was known before is better than no answer, and undefined better than a lost command. */
  async find(id: string): Promise<SlackPerson | undefined> {
    const known = this.#known.get(id);
    if (known && Date.now() - known.at < FRESH_MS) return known.person;
    try {
      const person = await this.#ask(id);
      if (this.#known.size >= KEPT) this.#known.clear();
      this.#known.set(id, { at: Date.now(), person });
      return person;
    } catch (err) {
      this.#log.warn({ err, user: id }, "Slack did not say who this is");
      return known?.person;
    }
  }

  /** Display names by id, for members that are shown but not called. */
  async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await Promise.all(ids.map(async (id) => [id, (await this.find(id))?.name ?? "a member"] as const));
    return new Map(found);
  }

  async #ask(id: string): Promise<SlackPerson> {
    const { user } = await this.#client.users.info({ user: id });
    return {
      name: user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name || id,
      manager: this.#belongs(user) && Boolean(user?.is_admin || user?.is_owner || user?.is_primary_owner),
    };
  }

  /**
   * In a channel shared with other companies one meets strangers, and who manages their workspace
   * manages nothing in ours. A member of an organization is at home in each of its workspaces that lists them.
   * https://docs.slack.dev/reference/objects/user-object
   */
  #belongs(user: webApi.UsersInfoResponse["user"]): boolean {
    if (user?.is_stranger) return false;
    return user?.team_id === undefined || user.team_id === this.#space || (user.enterprise_user?.teams?.includes(this.#space) ?? false);
  }
}
