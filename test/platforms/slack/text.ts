/** A view as text, drawn by the real renderer. */
import type { View } from "../../../src/core/view.ts";
import { drawMessage } from "../../../src/platforms/slack/render.ts";
import { messageBlocks } from "./stand_in/blocks.ts";
import { textOf as textOfBlocks } from "./stand_in/shown.ts";

/** Fails when the drawn blocks are none that Slack takes. */
export const textOf = (view: View): string => textOfBlocks(messageBlocks.parse(drawMessage(view, (id) => id).blocks));
