/** The Slack app as a manifest, from the command definitions. https://docs.slack.dev/reference/app-manifest */
import type { Command } from "../../app/command.ts";
import { fieldsOf } from "../../app/input.ts";
import { clip } from "../../core/markup.ts";
import { usage } from "./grammar.ts";
import { RESERVED_SLASH_NAMES, SLASH_COMMANDS, SLASH_DESCRIPTION_CHARACTERS, SLASH_HINT_CHARACTERS, SLASH_NAME } from "./limits.ts";
import { EVENTS_PATH, REDIRECT_PATH } from "./paths.ts";
import { SHORTCUTS } from "./shortcuts.ts";

interface SlashCommand {
  readonly command: string;
  readonly url?: string;
  readonly description: string;
  readonly usage_hint?: string;
  readonly should_escape: boolean;
}

/** The least that works. Reading covers only conversations that the bot was invited to. */
export const BOT_SCOPES = [
  // To be called by slash commands.
  "commands",
  // To post drills and rounds, and to edit its own messages.
  "chat:write",
  // To show display names, and to know who may manage the workspace.
  "users:read",
  // To be answered by writing in a round's thread; and to look, after an answer of Slack's was lost,
  // whether the message was posted: none is posted twice.
  "channels:history",
  // The same in private channels.
  "groups:history",
  // The same for direct messages: to answer them, and for an organizer's …
  "im:history",
  // … whose conversation it must open to look into it.
  "im:write",
  // To show diagrams, boards and scorecards as pictures, and to hand members their data.
  "files:write",
  // To be called by name.
  "app_mentions:read",
  // To mark an answer that was written in a thread as taken.
  "reactions:write",
] as const;

/**
 * What Slack tells the bot of by itself: what is written where it may read (the history scopes above are
 * what it needs for that), that somebody looks at the home tab, and that the app was removed.
 */
const BOT_EVENTS = [
  "app_mention",
  "message.channels",
  "message.groups",
  "message.im",
  "app_home_opened",
  "app_uninstalled",
  "tokens_revoked",
] as const;
/** The same of single workspaces in an organization. */
const ORGANIZATION_EVENTS = ["team_access_revoked"] as const;

export interface ManifestOptions {
  readonly prefix?: string | undefined;
  /** An origin: over HTTP. Without it over Socket Mode. */
  readonly publicUrl?: string | undefined;
  /** To be installed by everybody, whose tokens then rotate; Slack never turns that off again. Needs `publicUrl`. */
  readonly many?: boolean;
}

/** One slash command per first word of a path. Throws an Error that names a command Slack would refuse. */
export function slackManifest(commands: readonly Command[], { prefix = "", publicUrl, many = false }: ManifestOptions = {}) {
  const url = publicUrl === undefined ? undefined : `${publicUrl}${EVENTS_PATH}`;
  if (many && publicUrl === undefined) throw new Error("PUBLIC_URL is missing: an app of many workspaces is called over HTTP.");
  const request_url = url === undefined ? {} : { request_url: url };
  return {
    display_information: {
      name: "Drillroom",
      description: "Daily drills and mock interviews for machine learning system design",
      background_color: "#1f2d3d",
    },
    features: {
      bot_user: { display_name: "drillroom", always_online: true },
      // In the messages tab notices to organizers arrive, and one may write to the bot.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      shortcuts: SHORTCUTS,
      slash_commands: slashCommands(commands, prefix, url),
    },
    oauth_config: { ...(many ? { redirect_urls: [`${publicUrl}${REDIRECT_PATH}`] } : {}), scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { ...request_url, bot_events: many ? [...BOT_EVENTS, ...ORGANIZATION_EVENTS] : BOT_EVENTS },
      interactivity: { is_enabled: true, ...request_url },
      socket_mode_enabled: url === undefined,
      org_deploy_enabled: many,
      token_rotation_enabled: many,
    },
  };
}

function slashCommands(commands: readonly Command[], prefix: string, url: string | undefined): SlashCommand[] {
  const families = Map.groupBy(
    commands.filter(({ hidden }) => !hidden),
    ({ path }) => path.split(" ")[0] ?? path,
  );
  if (families.size > SLASH_COMMANDS) throw new Error(`Slack takes ${SLASH_COMMANDS} slash commands; these are ${families.size}.`);
  return [...families].map(([word, family]) => {
    const name = `${prefix}${word}`;
    if (!SLASH_NAME.test(name)) throw new Error(`Slack takes no slash command "/${name}": up to 31 of a-z, 0-9, - and _ are allowed.`);
    if (RESERVED_SLASH_NAMES.has(name))
      throw new Error(`"/${name}" is Slack's own command: rename the command, or set SLACK_COMMAND_PREFIX.`);
    const usage_hint = clip(family.map((command) => hint(command, word)).join(" | "), SLASH_HINT_CHARACTERS);
    return {
      command: `/${name}`,
      ...(url === undefined ? {} : { url }),
      description: clip(describe(family), SLASH_DESCRIPTION_CHARACTERS),
      ...(usage_hint === "" ? {} : { usage_hint }),
      should_escape: false,
    };
  });
}

const describe = (family: readonly Command[]): string => family.map(({ summary }) => summary).join(" · ");

/** What follows the slash command: the rest of the path, then the input. */
const hint = (command: Command, word: string): string =>
  [command.path.slice(word.length + 1), ...fieldsOf(command).map(usage)].filter(Boolean).join(" ");
