/** What `/setup` says beside the schedule: whether the bot may do its work here, and what could not be said before. */
import { clip } from "./markup.ts";
import type { Block, View } from "./view.ts";

/** One thing that the bot needs in a channel. */
export interface Permission {
  /** As the platform calls it. */
  readonly name: string;
  readonly granted: boolean;
  /** What it is needed for, and how to grant it. */
  readonly fix: string;
}

export function permissionBlocks(permissions: readonly Permission[]): readonly Block[] {
  const missing = permissions.filter(({ granted }) => !granted);
  if (permissions.length === 0) return [];
  if (missing.length === 0)
    return [{ kind: "text", markdown: `✓ The bot may do all it needs here: ${permissions.map(({ name }) => name).join(", ")}.` }];
  return [
    {
      kind: "text",
      markdown: `**The bot cannot work here yet.**\n${missing.map(({ name, fix }) => `- ✕ **${name}** ${fix}`).join("\n")}`,
    },
  ];
}

/** Direct messages that did not arrive. */
export const noticesBlocks = (notices: readonly View[]): readonly Block[] =>
  notices.map(({ title, blocks }) => ({
    kind: "text",
    markdown: clip(
      `**While you could not be reached: ${title}.** ${blocks.flatMap((block) => (block.kind === "text" ? [block.markdown] : [])).join(" ")}`,
      400,
    ),
  }));
