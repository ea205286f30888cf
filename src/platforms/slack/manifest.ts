/** The Slack app as a manifest, from the command definitions. https://docs.slack.dev/reference/app-manifest */
import type { Command } from "../../app/command.ts";
import { fieldsOf } from "../../app/input.ts";
import { clip } from "../../core/markup.ts";
import { usage } from "./grammar.ts";
import { RESERVED_SLASH_NAMES, SLASH_COMMANDS, SLASH_DESCRIPTION_CHARACTERS, SLASH_HINT_CHARACTERS, SLASH_NAME } from "./limits.ts";
import { SHORTCUTS } from "./shortcuts.ts";

interface SlashCommand {
  readonly command: string;
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

/** What Slack tells the bot of by itself; the history scopes above are what it needs for that. */
const BOT_EVENTS = ["app_mention", "message.channels", "message.groups", "message.im"] as const;

/** One slash command per first word of a path. Throws an Error that names a command Slack would refuse. */
export function slackManifest(commands: readonly Command[], { prefix = "" }: { prefix?: string | undefined } = {}) {
  return {
    display_information: {
      name: "Drillroom",
      description: "Daily drills and mock interviews for machine learning system design",
      background_color: "#1f2d3d",
    },
    features: {
      bot_user: { display_name: "drillroom", always_online: true },
      // No home page yet. In the messages tab notices to organizers arrive, and one may write to the bot.
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      shortcuts: SHORTCUTS,
      slash_commands: slashCommands(commands, prefix),
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      interactivity: { is_enabled: true },
      event_subscriptions: { bot_events: BOT_EVENTS },
      socket_mode_enabled: true,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

function slashCommands(commands: readonly Command[], prefix: string): SlashCommand[] {
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
