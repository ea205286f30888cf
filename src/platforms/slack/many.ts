/** Every workspace that installed the app. */
import type { Logger } from "pino";
import type { Installations } from "../../app/installations.ts";
import { KEPT_AFTER_REMOVAL_MS } from "../../app/space_ports.ts";
import { type Instant, MINUTE } from "../../core/place.ts";
import { SealBroken } from "./seal.ts";
import type { OpenInstallation, TokenKeeper } from "./tokens.ts";
import { type ClientParts, makeWorkspace, NotInstalled, type Workspace, type Workspaces } from "./workspaces.ts";

/** How soon a replica notices what another one heard: a removal, a new installation, other tokens. */
const FRESH_MS = MINUTE;
/** Workspaces with their caches of names and files; beyond it all begin anew. */
const KEPT = 500;
/** Slack's ids of organizations begin so. */
const ORGANIZATION = "E";

export interface ManyWorkspacesParts extends ClientParts {
  readonly installations: Installations;
  readonly keeper: TokenKeeper;
  readonly log: Logger;
}

export interface ManyWorkspacesKept extends Workspaces {
  /** Somebody removed the app at that time: the tokens go at once. */
  removed(id: string, at: Instant): Promise<void>;
  /** An organization took the app out of some of its workspaces. */
  left(spaces: readonly string[]): Promise<void>;
  /** Somebody installed the app: what was known of its spaces is out of date. */
  installed(): void;
}

export function manyWorkspaces(parts: ManyWorkspacesParts): ManyWorkspacesKept {
  const { installations, keeper, log } = parts;
  const known = new Map<string, { until: number; readonly sealed: string; readonly workspace: Workspace }>();
  const met = new Map<string, string>();
  const forgetAt = () => Date.now() + KEPT_AFTER_REMOVAL_MS;

  async function remove(id: string, only: { sealed?: string; before?: Instant }): Promise<void> {
    known.clear();
    if (await installations.remove(id, forgetAt(), only))
      log.warn({ installation: id }, "an installation in Slack ended; its tokens were deleted");
  }

  async function open(space: string): Promise<OpenInstallation> {
    const installation = await installations.serving(space);
    if (!installation) throw new NotInstalled(space);
    try {
      return await keeper.fresh(installation);
    } catch (error) {
      // A replica that was not told of a new key is not to take a workspace for gone.
      if (error instanceof SealBroken && !error.keyMissing) throw new NotInstalled(space, { cause: error });
      if (error instanceof NotInstalled) await remove(installation.id, { sealed: installation.sealed });
      throw error;
    }
  }

  function make(space: string, { installation: { id, sealed }, tokens: { token, bot } }: OpenInstallation): Workspace {
    const refused = async (code: string) => {
      // Clocks differ: the next look finds newer tokens, or makes them.
      if (code === "token_expired") known.delete(space);
      else await remove(id, { sealed });
    };
    return makeWorkspace(space, { token, bot, refused, ...(id.startsWith(ORGANIZATION) ? { teamId: space } : {}) }, parts);
  }

  return {
    async of(space) {
      const before = known.get(space);
      if (before && Date.now() < before.until) return before.workspace;
      known.delete(space);
      const opened = await open(space);
      const { sealed } = opened.installation;
      const workspace = before?.sealed === sealed ? before.workspace : make(space, opened);
      if (known.size >= KEPT) known.clear();
      known.set(space, { until: Date.now() + FRESH_MS, sealed, workspace });
      return workspace;
    },
    async met(space, organization) {
      if (organization === undefined || met.get(space) === organization) return;
      await installations.met(space, organization);
      met.set(space, organization);
    },
    removed: (id, before) => remove(id, { before }),
    async left(spaces) {
      for (const space of spaces) met.delete(space);
      known.clear();
      await installations.left(spaces, forgetAt());
    },
    installed() {
      known.clear();
      met.clear();
    },
  };
}
