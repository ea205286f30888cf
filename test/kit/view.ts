/** Looking at what is shown. */
import type { Button, View } from "../../src/core/view.ts";

export const buttonsOf = ({ blocks }: View): readonly Button[] =>
  blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
