/** One thing at a time for what is a member's own in a space: cards, study plan, and being forgotten. */
import type { Who } from "../core/place.ts";
import type { Tx } from "./ports.ts";

export const lockMember = (tx: Tx, { platform, space, id }: Who): Promise<void> => tx.lock(`member/${platform}/${space}/${id}`);
