/** A bot that many workspaces install, on the stand-in: browsers, replicas, and what each workspace sees. */

import type { Logger } from "pino";
import type { Dispatcher } from "../../../src/app/dispatch.ts";
import { createSlack, type SlackAdapter } from "../../../src/platforms/slack/index.ts";
import type { OpenStore } from "../../../src/store/index.ts";
import { pictures } from "../../kit/pictures.ts";
import { silent } from "./harness.ts";
import type { SlackStandIn } from "./stand_in/index.ts";
import { CLIENT, type Owner } from "./stand_in/oauth.ts";

export const KEY = Buffer.alloc(32, 1).toString("base64");
export const OTHER_KEY = Buffer.alloc(32, 2).toString("base64");

export interface Options {
  readonly standIn: SlackStandIn;
  readonly dispatcher: Dispatcher;
  readonly installations: OpenStore["installations"];
  readonly encryptionKeys?: readonly string[];
  readonly log?: Logger;
}

/** One replica: it is started, and not served. */
export async function replica({
  standIn,
  dispatcher,
  installations,
  encryptionKeys = [KEY],
  log = silent,
}: Options): Promise<SlackAdapter> {
  const { apiUrl, signingSecret } = standIn;
  const adapter = createSlack({
    transport: { kind: "http", signingSecret },
    tenancy: {
      kind: "many",
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      stateSecret: "a-state-secret-of-the-operator",
      encryptionKeys,
      publicUrl: "https://drill.example",
    },
    apiUrl,
    dispatcher,
    pictures,
    installations,
    ended: (line) => {
      throw new Error(`a bot of many workspaces does not end: ${line}`);
    },
    log,
  });
  await adapter.start();
  return adapter;
}

/** A browser: it keeps its cookies, and follows no redirect by itself. */
export class Browser {
  readonly #url: string;
  #cookies = "";

  constructor(standIn: SlackStandIn) {
    this.#url = standIn.http.url ?? "";
  }

  async get(
    path: string,
  ): Promise<{ readonly status: number; readonly location: URL | undefined; readonly page: string; readonly headers: Headers }> {
    const response = await fetch(`${this.#url}${path}`, { redirect: "manual", headers: { cookie: this.#cookies } });
    const set = response.headers.get("set-cookie");
    if (set !== null) this.#cookies = set.split(";")[0] ?? "";
    const location = response.headers.get("location");
    return {
      status: response.status,
      location: location === null ? undefined : new URL(location),
      page: await response.text(),
      headers: response.headers,
    };
  }

  /** Begins at our page and stops where Slack asks; the state that goes along. */
  async begin(): Promise<string> {
    const { location } = await this.get("/slack/install");
    return location?.searchParams.get("state") ?? "";
  }

  /** Comes back from Slack with a consent. */
  comeBack(state: string, code: string) {
    return this.get(`/slack/oauth_redirect?${new URLSearchParams({ code, state })}`);
  }
}

/** The whole of an installation, as a person does it. */
export async function install(standIn: SlackStandIn, owner: Owner): Promise<string> {
  const browser = new Browser(standIn);
  const { page } = await browser.comeBack(await browser.begin(), standIn.oauth.agree(owner));
  return page;
}
