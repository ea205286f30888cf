/** Files that a private reply brings along, such as somebody's own data. */
import type { Block, View } from "./view.ts";

export type FileBlock = Extract<Block, { kind: "file" }>;

/** The largest file that is sent, in bytes of UTF-8: below Discord's 10 MiB, the least of the platforms. */
export const FILE_BYTES = 8 * 1024 * 1024;

export const filesIn = ({ blocks }: View): readonly FileBlock[] => blocks.filter((block) => block.kind === "file");

/** The view with words (markdown) in the place of its files. */
export const withoutFiles = (view: View, words: (file: FileBlock) => string): View =>
  filesIn(view).length === 0
    ? view
    : { ...view, blocks: view.blocks.map((block) => (block.kind === "file" ? { kind: "text", markdown: words(block) } : block)) };
