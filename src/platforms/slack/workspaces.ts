/** The workspaces that the bot serves: who it is there, and the client that has its token. */
import { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { Pictures } from "../../app/pictures.ts";
import { SECOND } from "../../core/place.ts";
import { slackFailure } from "./errors.ts";
import { boltLogger } from "./logger.ts";
import { People } from "./people.ts";
import { Uploads } from "./pictures.ts";

/** One request: a delivery makes at most three beside those for its pictures, and the outbox's lease is 30 s. */
const REQUEST_MS = 6 * SECOND;

/** The bot as a workspace knows it. */
export interface Bot {
  readonly id: string;
  readonly user: string;
  /** For `/invite @name`. */
  readonly name: string;
}

export interface Workspace {
  readonly client: webApi.WebClient;
  readonly people: People;
  readonly uploads: Uploads;
  readonly bot: Bot;
}

/** The app is not installed there, or not any more. */
export class NotInstalled extends Error {
  override readonly name = "NotInstalled";
}

export interface Workspaces {
  /** Throws NotInstalled. */
  of(space: string): Promise<Workspace>;
  /** A space was heard from; `organization` when an installation in all of its organization serves it. */
  met(space: string, organization: string | undefined): Promise<void>;
}

export interface ClientParts {
  readonly apiUrl?: string | undefined;
  readonly pictures: Pictures;
  readonly log: Logger;
}

/** For every client of Slack's API that the bot makes. */
export const clientOptions = ({ apiUrl, log }: Pick<ClientParts, "apiUrl" | "log">): webApi.WebClientOptions => ({
  logger: boltLogger(log),
  timeout: REQUEST_MS,
  // The outbox alone retries: a second post after a lost answer would be a second message.
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
});

interface Access {
  readonly token: string;
  readonly bot: Bot;
  /** Called before the caller hears that Slack refuses the token itself, whatever was asked for. */
  refused(code: string): Promise<void>;
  /** An organization's token has to be told for which of its workspaces it speaks. */
  readonly teamId?: string;
}

/** Slack's words for a token that is good for nothing. https://docs.slack.dev/reference/methods/auth.test#errors */
export const TOKEN_CODES: ReadonlySet<string> = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
]);

class Client extends webApi.WebClient {
  readonly #refused: Access["refused"];

  constructor({ token, refused, teamId }: Access, parts: ClientParts) {
    super(token, { ...clientOptions(parts), ...(teamId === undefined ? {} : { teamId }) });
    this.#refused = refused;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<webApi.WebAPICallResult> {
    try {
      return await super.apiCall(method, options);
    } catch (error) {
      const code = slackFailure(error)?.code ?? "";
      if (TOKEN_CODES.has(code)) await this.#refused(code);
      throw error;
    }
  }
}

export function makeWorkspace(space: string, access: Access, parts: ClientParts): Workspace {
  const client = new Client(access, parts);
  return { client, bot: access.bot, people: new People(client, space, parts.log), uploads: new Uploads(client, parts.pictures, parts.log) };
}
