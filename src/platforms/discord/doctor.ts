/** What an operator wants to know of Discord before, or while, the bot runs there. Asks, and changes nothing. */
import {
  type APIApplication,
  type APIGatewayBotInfo,
  type APIUser,
  ApplicationFlags,
  DiscordAPIError,
  type REST,
  type RESTAPIPartialCurrentUserGuild,
  REST as RestClient,
  Routes,
} from "discord.js";
import type { Command } from "../../app/command.ts";
import { amiss, type Finding, fine } from "../../app/finding.ts";
import { within } from "../../app/within.ts";
import { type Place, SECOND } from "../../core/place.ts";
import { harmless } from "./errors.ts";
import type { DiscordOptions } from "./index.ts";
import { createInspector, inviteUrl, NEEDED, PERMISSIONS } from "./permissions.ts";
import { isRegistered } from "./register.ts";
import { addressOf } from "./rest.ts";

const PORTAL = "https://discord.com/developers/applications";
const REQUEST_MS = 10 * SECOND;
/** Channels looked at: three requests each. */
const LOOKED_AT = 100;

export interface DiscordCheck extends Pick<DiscordOptions, "token" | "apiUrl" | "guildId" | "shards" | "messageContent"> {
  readonly commands: readonly Command[];
  /** Channels of groups that have a schedule. */
  readonly channels: readonly Place[];
}

export async function inspectDiscord(check: DiscordCheck): Promise<readonly Finding[]> {
  const rest = new RestClient({ ...addressOf(check.apiUrl), timeout: REQUEST_MS, retries: 1 }).setToken(check.token);
  try {
    const bot = (await rest.get(Routes.user())) as APIUser;
    const application = (await rest.get(Routes.currentApplication())) as APIApplication;
    const guilds = (await rest.get(Routes.userGuilds())) as readonly RESTAPIPartialCurrentUserGuild[];
    return [
      fine(`DISCORD_TOKEN is the bot ${bot.username}'s.`),
      ...aboutApplication(application, check.messageContent ?? false),
      ...(await aboutGateway(rest, check.shards)),
      ...aboutServers(application, guilds, check.guildId),
      await aboutCommands(rest, application, check),
      ...(await aboutChannels(rest, guilds, check.channels)),
    ];
  } catch (error) {
    return [unreachable(error)];
  }
}

function unreachable(error: unknown): Finding {
  if (error instanceof DiscordAPIError && error.status === 401)
    return amiss("Discord refuses DISCORD_TOKEN.", `Under Bot at ${PORTAL} reset the token, copy it anew, and set it without quotes.`);
  const { name, code, status, message } = harmless(error);
  const why = [status, code ?? message ?? name].filter((part) => part !== undefined).join(" ");
  return error instanceof DiscordAPIError
    ? amiss(`Discord refused a question (${why}).`, "Try again; when it stays, look at https://discordstatus.com.")
    : amiss(
        `Discord cannot be reached (${why}).`,
        "Look at this machine's way to the internet and at DISCORD_API_URL, which is to be left out for Discord itself.",
      );
}

/** Bits of the application's flags that say that a privileged intent is on. */
const PRIVILEGED =
  ApplicationFlags.GatewayPresence |
  ApplicationFlags.GatewayPresenceLimited |
  ApplicationFlags.GatewayGuildMembers |
  ApplicationFlags.GatewayGuildMembersLimited;
const NONE = 0 as ApplicationFlags;
const CONTENT = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

function aboutApplication({ flags = NONE, bot_require_code_grant, install_params }: APIApplication, readsAll: boolean): readonly Finding[] {
  const findings = [aboutContent((flags & CONTENT) !== 0, readsAll)];
  if ((flags & PRIVILEGED) !== 0)
    findings.push(
      fine("The application has privileged intents (presence or members) that Drillroom never asks for: they can be switched off."),
    );
  if (bot_require_code_grant)
    findings.push(
      amiss("The application requires an OAuth2 code grant, so nobody can invite the bot.", `Switch it off under Bot at ${PORTAL}.`),
    );
  const asked = BigInt(install_params?.permissions ?? PERMISSIONS);
  const lacking = NEEDED.filter(({ flag }) => (asked & flag) === 0n).map(({ name }) => name);
  if (lacking.length > 0)
    findings.push(
      amiss(`The application's own install link does not ask for ${lacking.join(", ")}.`, `Add them under Installation at ${PORTAL}.`),
    );
  return findings;
}

function aboutContent(granted: boolean, wanted: boolean): Finding {
  if (wanted && !granted)
    return amiss(
      "DISCORD_MESSAGE_CONTENT is 1, and Message Content is off for this application: Discord would close the connection.",
      `Switch Message Content Intent on under Bot at ${PORTAL}, or leave the variable out.`,
    );
  if (wanted) return fine("Message Content is on, and in a round's thread one writes without calling the bot.");
  return fine(
    granted
      ? "Message Content is on for this application, and not used: DISCORD_MESSAGE_CONTENT is not 1."
      : "Message Content is off for this application, and Drillroom does without it.",
  );
}

async function aboutGateway(rest: REST, shards: DiscordCheck["shards"]): Promise<readonly Finding[]> {
  const { url, shards: advised, session_start_limit: limit } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
  const [here, all] = shards === "auto" ? [advised, advised] : [shards.ids.length, shards.of];
  const hour = Math.ceil(limit.reset_after / 3_600_000);
  return [
    (await greets(url))
      ? fine("Discord's gateway answers.")
      : amiss(
          `Discord's gateway at ${new URL(url).host} does not answer.`,
          "Let this machine open WebSocket connections to it (port 443).",
        ),
    limit.remaining >= here
      ? fine(`${here} of ${all} shards run here; Discord advises ${advised}. ${limit.remaining} of ${limit.total} starts are left today.`)
      : amiss(
          `Only ${limit.remaining} starts of a shard are left, and this process needs ${here}.`,
          `Wait until Discord counts anew, in ${hour} h, and find out what keeps restarting.`,
        ),
    ...(all * 2 < advised
      ? [amiss(`DISCORD_SHARDS makes ${all} shards, and Discord advises ${advised}.`, "Raise it, or leave it out.")]
      : []),
  ];
}

/** Whether the gateway says hello: nothing is asked of it, and no session begins. */
async function greets(url: string): Promise<boolean> {
  const socket = new WebSocket(`${url}/?v=10&encoding=json`);
  const hello = new Promise<true | undefined>((resolve) => {
    socket.addEventListener("message", () => resolve(true));
    socket.addEventListener("error", () => resolve(undefined));
    socket.addEventListener("close", () => resolve(undefined));
  });
  const greeted = await within(hello, REQUEST_MS);
  socket.close();
  return greeted ?? false;
}

function aboutServers(
  { id }: APIApplication,
  guilds: readonly RESTAPIPartialCurrentUserGuild[],
  only: string | undefined,
): readonly Finding[] {
  const invite = `Open this address to invite it: ${inviteUrl(id)}`;
  if (guilds.length === 0) return [amiss("The bot is in no server.", invite)];
  if (only !== undefined && !guilds.some((guild) => guild.id === only))
    return [amiss(`DISCORD_GUILD_ID is ${only}, a server that the bot is not in.`, `Leave it out, or invite the bot. ${invite}`)];
  // Discord gives 200 of them at once.
  const number = guilds.length === 200 ? "200 servers or more" : `${guilds.length} ${guilds.length === 1 ? "server" : "servers"}`;
  return [fine(`The bot is in ${number}. Its invite: ${inviteUrl(id)}`)];
}

async function aboutCommands(rest: REST, { id }: APIApplication, { guildId, commands }: DiscordCheck): Promise<Finding> {
  const where = guildId === undefined ? "in all servers" : `in the server ${guildId} alone`;
  const there = await isRegistered(rest, id, guildId, commands).catch((error: unknown) => {
    if (!(error instanceof DiscordAPIError)) throw error;
    return undefined;
  });
  if (there === undefined)
    return amiss(`The commands ${where} cannot be read.`, `Invite the bot with the scope applications.commands: ${inviteUrl(id)}`);
  return there
    ? fine(`The commands are registered ${where}.`)
    : amiss(`The commands registered ${where} are not this version's.`, "Start Drillroom with this configuration: it registers them.");
}

async function aboutChannels(
  rest: REST,
  guilds: readonly RESTAPIPartialCurrentUserGuild[],
  channels: readonly Place[],
): Promise<readonly Finding[]> {
  const inspect = createInspector(rest);
  const findings: Finding[] = [];
  for (const place of channels.slice(0, LOOKED_AT)) {
    const link = `https://discord.com/channels/${place.space}/${place.channel}`;
    if (guilds.length < 200 && !guilds.some(({ id }) => id === place.space)) {
      findings.push(amiss(`The group at ${link} is in a server that the bot is not in.`, "Invite it again; the group's history is kept."));
      continue;
    }
    const missing = (await inspect(place)).filter(({ granted }) => !granted);
    findings.push(
      missing.length === 0
        ? fine(`The group at ${link}: the bot may do all it needs.`)
        : amiss(
            `The group at ${link}: the bot lacks ${missing.map(({ name }) => name).join(", ")}.`,
            missing.map(({ name, fix }) => `${name}: ${fix}`).join(" "),
          ),
    );
  }
  if (channels.length > LOOKED_AT) findings.push(fine(`${channels.length - LOOKED_AT} more groups were not looked at.`));
  return findings;
}
