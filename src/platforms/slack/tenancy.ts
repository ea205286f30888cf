/** One workspace or many: what differs between them, behind one face. */
import type { RequestListener } from "node:http";
import type { Installations } from "../../app/installations.ts";
import { refusedToken } from "./connection.ts";
import { installRoutes } from "./install.ts";
import { manyWorkspaces } from "./many.ts";
import { oneWorkspace } from "./one.ts";
import type { SlackSetup } from "./options.ts";
import { INSTALL_PATH } from "./paths.ts";
import type { Removals } from "./removals.ts";
import { createSealer } from "./seal.ts";
import { TokenKeeper } from "./tokens.ts";
import { type ClientParts, clientOptions, type Workspaces } from "./workspaces.ts";

export interface Tenancy extends Removals {
  readonly workspaces: Workspaces;
  /** What is to be done before Slack is asked anything; throws one line when there is no starting. */
  prepare(): Promise<void>;
  /** Asks Slack who we are, where the configuration says. */
  readonly identify: (() => Promise<void>) | undefined;
  readonly install: RequestListener | undefined;
  readonly installUrl: string | undefined;
}

type Parts = SlackSetup & ClientParts & { readonly installations: Installations; ended(line: string): void };

export function createTenancy(parts: Parts): Tenancy {
  const { tenancy: setup, installations, log } = parts;
  if (setup.kind === "one") {
    const workspaces = oneWorkspace(setup.botToken, parts.ended, parts);
    return {
      workspaces,
      prepare: async () => undefined,
      identify: async () => void (await workspaces.identify()),
      install: undefined,
      installUrl: undefined,
      removed: async () => parts.ended(refusedToken("SLACK_BOT_TOKEN", "app_uninstalled")),
      left: async () => undefined,
    };
  }
  const options = clientOptions(parts);
  const keeper = new TokenKeeper({ ...setup, installations, sealer: createSealer(setup.encryptionKeys), clientOptions: options, log });
  const workspaces = manyWorkspaces({ ...parts, keeper });
  return {
    workspaces,
    prepare: () => keeper.rekey(),
    identify: undefined,
    install: installRoutes({ setup, installations, keeper, clientOptions: options, installed: workspaces.installed, log }),
    installUrl: `${setup.publicUrl}${INSTALL_PATH}`,
    removed: workspaces.removed,
    left: workspaces.left,
  };
}
