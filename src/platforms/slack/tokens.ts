/**
 * The tokens of an installation: sealed at rest, and exchanged before they expire where the app's
 * tokens rotate. https://docs.slack.dev/authentication/using-token-rotation
 */
import { setTimeout as pause } from "node:timers/promises";
import { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import type { Installation, Installations } from "../../app/installations.ts";
import { HOUR, SECOND } from "../../core/place.ts";
import { slackFailure } from "./errors.ts";
import { SealBroken, type Sealer } from "./seal.ts";
import { NotInstalled, TOKEN_CODES } from "./workspaces.ts";

const kept = z.object({
  token: z.string(),
  bot: z.object({ id: z.string(), user: z.string(), name: z.string() }),
  /** Absent where tokens do not rotate. `expires` in ms. */
  rotation: z.object({ refresh: z.string(), expires: z.number() }).optional(),
});
export type Tokens = z.output<typeof kept>;

/** A token lives 12 hours; exchanged this long before, a Slack that fails for a while is no trouble. */
const AHEAD_MS = 2 * HOUR;
/** Longer than the exchange may take; then another replica may try. */
const LEASE_MS = 20 * SECOND;
const WAIT_MS = SECOND / 2;
/**
 * Slack's words for tokens that are over. Any other refusal, such as of the client's secret, is the operator's
 * to mend and says nothing of the workspaces. https://docs.slack.dev/reference/methods/oauth.v2.access#errors
 */
const OVER: ReadonlySet<string> = new Set([...TOKEN_CODES, "invalid_refresh_token"]);

export interface OpenInstallation {
  readonly installation: Installation;
  readonly tokens: Tokens;
}

interface Parts {
  readonly installations: Installations;
  readonly sealer: Sealer;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly log: Logger;
}

export class TokenKeeper {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  seal = (id: string, tokens: Tokens): Installation => ({ id, sealed: this.#parts.sealer.seal(JSON.stringify(tokens), id) });

  /** Throws SealBroken. */
  open = ({ id, sealed }: Installation): Tokens => kept.parse(JSON.parse(this.#parts.sealer.open(sealed, id)));

  /**
   * With tokens that are good for a while. Whoever has the lease exchanges them; the others go on with
   * what they have, or wait when that is over. Throws NotInstalled when Slack exchanges them no more.
   */
  async fresh(installation: Installation): Promise<OpenInstallation> {
    const tokens = this.open(installation);
    const left = tokens.rotation ? tokens.rotation.expires - Date.now() : Number.POSITIVE_INFINITY;
    if (left > AHEAD_MS) return { installation, tokens };
    const { installations } = this.#parts;
    const leased = await installations.lease(installation.id, LEASE_MS);
    if (leased?.sealed === installation.sealed) return this.#exchange(leased, tokens, left > 0);
    // Somebody has just done it.
    if (leased) {
      await installations.reseal(leased, leased.sealed);
      return { installation: leased, tokens: this.open(leased) };
    }
    if (left > 0) return { installation, tokens };
    await pause(WAIT_MS);
    const now = await installations.serving(installation.id);
    if (!now) throw new NotInstalled(`${installation.id} was removed`);
    return this.fresh(now);
  }

  async #exchange(before: Installation, tokens: Tokens, usable: boolean): Promise<OpenInstallation> {
    const { installations, clientId, clientSecret, clientOptions, log } = this.#parts;
    try {
      const answer = await new webApi.WebClient(undefined, clientOptions).oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "refresh_token",
        refresh_token: tokens.rotation?.refresh ?? "",
      });
      const next = { ...tokens, ...grantOf(answer) };
      const installation = this.seal(before.id, next);
      await installations.reseal(before, installation.sealed);
      return { installation, tokens: next };
    } catch (err) {
      const failure = slackFailure(err);
      if (OVER.has(failure?.code ?? "")) {
        log.error({ err, installation: before.id }, "Slack exchanges the tokens of an installation no more");
        throw new NotInstalled(`${before.id}: ${failure?.code}`, { cause: err });
      }
      await installations.reseal(before, before.sealed);
      if (!usable) throw err;
      log.warn({ err, installation: before.id }, "tokens could not be exchanged; they are good for a while yet");
      return { installation: before, tokens };
    }
  }

  /** Seals anew what an older key sealed. Throws one line when a key is missing altogether. */
  async rekey(): Promise<void> {
    const { installations, sealer, log } = this.#parts;
    let moved = 0;
    for (const installation of await installations.all()) {
      try {
        const tokens = this.open(installation);
        if (sealer.current(installation.sealed)) continue;
        await installations.reseal(installation, this.seal(installation.id, tokens).sealed);
        moved += 1;
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        if (error.keyMissing)
          throw new Error(`${error.message}, with which tokens of Slack were sealed: add it after the new one, with a comma.`);
        log.error(
          { err: error, installation: installation.id },
          "the tokens of an installation cannot be opened; it has to be installed again",
        );
      }
    }
    if (moved > 0) log.info({ installations: moved }, "tokens were sealed anew with the newest key; older keys are not needed any more");
  }
}

const grant = z.object({ access_token: z.string(), refresh_token: z.string().optional(), expires_in: z.number().optional() });

/** What Slack grants, at an installation and at every exchange. */
export function grantOf(answer: unknown): Pick<Tokens, "token" | "rotation"> {
  const { access_token: token, refresh_token: refresh, expires_in: seconds } = grant.parse(answer);
  return refresh === undefined || seconds === undefined
    ? { token }
    : { token, rotation: { refresh, expires: Date.now() + seconds * SECOND } };
}
