/** Tokens as Slack gives, exchanges and revokes them. https://docs.slack.dev/reference/methods/oauth.v2.access */
import type { Answer } from "./methods.ts";

/** Whose token it is. */
export interface Owner {
  /** Absent when the app is installed in the whole organization. */
  readonly team?: string | undefined;
  readonly organization?: string | undefined;
}

export const CLIENT = { id: "12.34", secret: "stand-in-client-secret" } as const;
/** https://docs.slack.dev/authentication/using-token-rotation */
const EXPIRES_SECONDS = 43_200;

export class OAuth {
  readonly #tokens = new Map<string, { readonly owner: Owner; revoked: string | undefined }>();
  readonly #codes = new Map<string, Owner>();
  readonly #refreshes = new Map<string, Owner>();
  #serial = 0;
  /** Whether new tokens expire. */
  rotates = false;
  /** Seconds that a new token lives. */
  lives = EXPIRES_SECONDS;
  /** How often tokens were exchanged for newer ones. */
  exchanges = 0;

  /** Someone agreed on Slack's page: the code comes back to the app, once. */
  agree(owner: Owner): string {
    const code = `code-${++this.#serial}`;
    this.#codes.set(code, owner);
    return code;
  }

  keep(token: string, owner: Owner): void {
    this.#tokens.set(token, { owner, revoked: undefined });
  }

  /** From now on Slack refuses all tokens of that owner. */
  revoke(id: string, error = "token_revoked"): void {
    for (const token of this.#tokens.values()) if (token.owner.team === id || token.owner.organization === id) token.revoked = error;
    for (const [refresh, owner] of this.#refreshes) if (owner.team === id || owner.organization === id) this.#refreshes.delete(refresh);
  }

  /** The owner of a token, or Slack's error. */
  read(token: string | undefined): Owner | { readonly error: string } {
    const known = token === undefined ? undefined : this.#tokens.get(token);
    if (!known) return { error: "invalid_auth" };
    return known.revoked === undefined ? known.owner : { error: known.revoked };
  }

  access(args: Readonly<Record<string, string>>): Answer {
    if (args.client_id !== CLIENT.id || args.client_secret !== CLIENT.secret) return { ok: false, error: "bad_client_secret" };
    if (args.grant_type === "refresh_token") {
      const owner = this.#refreshes.get(args.refresh_token ?? "");
      if (!owner) return { ok: false, error: "invalid_refresh_token" };
      this.#refreshes.delete(args.refresh_token ?? "");
      this.exchanges += 1;
      return this.#grant(owner);
    }
    const owner = this.#codes.get(args.code ?? "");
    if (!owner) return { ok: false, error: "invalid_code" };
    this.#codes.delete(args.code ?? "");
    return this.#grant(owner);
  }

  #grant(owner: Owner): Answer {
    const n = ++this.#serial;
    const token = this.rotates ? `xoxe.xoxb-${n}` : `xoxb-${n}`;
    this.keep(token, owner);
    const refresh = `xoxe-${n}`;
    if (this.rotates) this.#refreshes.set(refresh, owner);
    return {
      ok: true,
      app_id: "A1",
      authed_user: { id: "U1" },
      scope: "commands,chat:write",
      token_type: "bot",
      access_token: token,
      bot_user_id: "UBOT",
      team: owner.team === undefined ? null : { id: owner.team, name: `Team <b>${owner.team}</b>` },
      enterprise: owner.organization === undefined ? null : { id: owner.organization, name: "Org" },
      is_enterprise_install: owner.team === undefined,
      ...(this.rotates ? { refresh_token: refresh, expires_in: this.lives } : {}),
    };
  }
}
