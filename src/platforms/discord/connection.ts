/** Opens the gateway, and says in one line why it stays closed. discord.js keeps it open from then on. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import type { Logger } from "pino";
import { MINUTE, SECOND } from "../../core/place.ts";
import { harmless, hasCode } from "./errors.ts";

const FIRST_PAUSE = SECOND / 2;
const LONGEST_PAUSE = MINUTE;

/** Close codes after which discord.js does not come back: what the operator must do. */
const FATAL: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "Discord refused DISCORD_TOKEN: copy the bot's token anew from https://discord.com/developers/applications.",
  [GatewayCloseCodes.InvalidShard]: "Discord refused the shards of DISCORD_SHARDS (close code 4010): let Discord choose by leaving it out.",
  [GatewayCloseCodes.InvalidIntents]:
    "Discord does not know an intent that the bot asks for (close code 4013): this version of Drillroom is too old for Discord's gateway. Update it.",
  [GatewayCloseCodes.DisallowedIntents]:
    "Discord refused the bot's intents (close code 4014). With DISCORD_MESSAGE_CONTENT=1, switch Message Content Intent on under Bot at https://discord.com/developers/applications, or leave the variable out; without it Drillroom asks for none that needs approval, and the application may be restricted.",
  [GatewayCloseCodes.ShardingRequired]:
    "The bot is in more servers than its shards may serve (close code 4011): leave DISCORD_SHARDS out, or raise the number after the slash.",
};

const fatal = (code: number): Error => new Error(FATAL[code] ?? `Discord closed the connection for good (close code ${code}).`);

/**
 * Waits for Discord as long as it takes; throws one clear line when waiting cannot help. `lost` is told
 * such a line when Discord closes for good later on: a shard that is closed so never comes back.
 */
export async function connect(
  client: Client,
  token: string,
  log: Logger,
  stopping: AbortSignal,
  lost: (reason: Error) => void,
): Promise<Client<true>> {
  // `login` gives up at the first failure, and a client that gave up cannot log in again: ask first.
  await insist(
    () => {
      client.rest.setToken(token);
      return client.rest.get(Routes.gatewayBot());
    },
    log,
    stopping,
  );
  const { promise, resolve, reject } = Promise.withResolvers<Client<true>>();
  client.once(Events.ClientReady, resolve);
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (client.readyAt) lost(fatal(code));
    else reject(fatal(code));
  });
  client.login(token).catch((error: unknown) => reject(explain(error)));
  return promise;
}

/** Repeats a request while Discord cannot be reached or has a fault of its own. */
export async function insist<T>(request: () => Promise<T>, log: Logger, stopping: AbortSignal): Promise<T> {
  for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
    try {
      return await request();
    } catch (error) {
      if (error instanceof DiscordAPIError) throw explain(error);
      log.warn({ err: harmless(error), againInMs: wait }, "Discord cannot be reached; trying again");
      await pause(wait, undefined, { signal: stopping });
    }
  }
}

function explain(error: unknown): Error {
  const wrongToken =
    error instanceof DiscordAPIError
      ? error.status === 401
      : error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (wrongToken) return fatal(GatewayCloseCodes.AuthenticationFailed);
  if (hasCode(error, RESTJSONErrorCodes.MissingAccess))
    return new Error("DISCORD_GUILD_ID is a server that the bot is not in: invite it there, or leave the variable out.");
  const { name, status, message } = harmless(error);
  return new Error(`Discord refused the bot's start: ${[name, status, message].filter((part) => part !== undefined).join(" ")}.`);
}
