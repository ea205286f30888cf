/** When Slack finds a message too much after all: a shorter one, and last its bare words. */
import type { View } from "../../core/view.ts";
import { slackFailure } from "./errors.ts";
import type { Naming } from "./markup.ts";
import type { Files } from "./pictures.ts";
import { type DrawnMessage, drawMessage, drawPlain, drawShort } from "./render.ts";

const TOO_LONG: ReadonlySet<string> = new Set(["msg_too_long", "msg_blocks_too_long"]);
/** Slack's limits are not all documented, and its check of blocks changes. */
const UNFIT: ReadonlySet<string> = new Set([...TOO_LONG, "invalid_blocks", "invalid_blocks_format"]);

/** Sends a view as well as Slack takes it; every step down says what is left out. */
export async function sendFitting<T>(view: View, naming: Naming, files: Files, send: (drawn: DrawnMessage) => Promise<T>): Promise<T> {
  const unfit = (error: unknown): void => {
    const code = slackFailure(error)?.code ?? "";
    // With files "invalid blocks" most often means that Slack does not show one yet: that is waited for elsewhere.
    if (!(files.size > 0 ? TOO_LONG : UNFIT).has(code)) throw error;
  };
  try {
    return await send(drawMessage(view, naming, files));
  } catch (error) {
    unfit(error);
  }
  try {
    return await send(drawShort(view, naming, files));
  } catch (error) {
    unfit(error);
  }
  return send(drawPlain(view, naming));
}
