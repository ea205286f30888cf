/**
 * The state that goes to Slack and comes back with an installation: signed, good for ten minutes, for
 * one browser (bolt compares a cookie) and for once. Only what came back is stored, so that looking at
 * the installation page costs nothing. https://docs.slack.dev/authentication/installing-with-oauth
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { InstallURLOptions, StateStore } from "@slack/bolt";
import { z } from "zod";
import type { Installations } from "../../app/installations.ts";
import { MINUTE } from "../../core/place.ts";

const GOOD_FOR_MS = 10 * MINUTE;
const options = z.object({ scopes: z.array(z.string()), redirectUri: z.string().optional() });
const signed = z.object({ mark: z.string(), expires: z.number(), options });

/** bolt answers with a page of its own kind for this code. */
export class BadState extends Error {
  override readonly name = "BadState";
  readonly code = "slack_oauth_invalid_state";
}

export function createStates(secret: string, installations: Pick<Installations, "spend">): StateStore {
  const sign = (body: string): Buffer => createHmac("sha256", secret).update(body).digest();
  return {
    async generateStateParam({ scopes, redirectUri }: InstallURLOptions, now) {
      const state = { mark: randomBytes(16).toString("base64url"), expires: now.getTime() + GOOD_FOR_MS, options: { scopes, redirectUri } };
      const body = Buffer.from(JSON.stringify(state)).toString("base64url");
      return `${body}.${sign(body).toString("base64url")}`;
    },
    async verifyStateParam(now, state) {
      const [body = "", signature = ""] = state.split(".");
      const [given, wanted] = [Buffer.from(signature, "base64url"), sign(body)];
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new BadState("it was not made here");
      const { mark, expires, options } = signed.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
      if (now.getTime() > expires) throw new BadState("it took longer than ten minutes");
      if (!(await installations.spend(mark, expires, now.getTime()))) throw new BadState("it was used before");
      const { redirectUri, scopes } = options;
      return redirectUri === undefined ? { scopes } : { scopes, redirectUri };
    },
  };
}
