/** One workspace, whose token the operator has. */
import { webApi } from "@slack/bolt";
import { refusedToken } from "./connection.ts";
import { type Bot, type ClientParts, clientOptions, makeWorkspace, type Workspace, type Workspaces } from "./workspaces.ts";

export interface OneWorkspace extends Workspaces {
  /** Learns who we are; fails as the request does. */
  identify(): Promise<Bot>;
}

/** `ended` is told in one line when Slack takes the token no longer: the process is of no use then. */
export function oneWorkspace(botToken: string, ended: (line: string) => void, parts: ClientParts): OneWorkspace {
  /** An organization's token serves several spaces, whose members differ. */
  const spaces = new Map<string, Workspace>();
  let told = false;
  const refused = async (code: string) => {
    if (!told) ended(refusedToken("SLACK_BOT_TOKEN", code));
    told = true;
  };
  let bot: Bot = { id: "", user: "", name: "drillroom" };
  return {
    async identify() {
      const { bot_id: id, user_id: user, user: name } = await new webApi.WebClient(botToken, clientOptions(parts)).auth.test();
      bot = { id: id ?? "", user: user ?? "", name: name ?? "drillroom" };
      spaces.clear();
      return bot;
    },
    async of(space) {
      const known = spaces.get(space) ?? makeWorkspace(space, { token: botToken, bot, refused }, parts);
      spaces.set(space, known);
      return known;
    },
    met: async () => undefined,
  };
}
