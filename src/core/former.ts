/** Who had their data deleted: others' history keeps a stand-in for them that leads to nobody. */

/** Long enough to be nobody's name anywhere, and with a sign that no platform's ids have. */
const MARK = "former:";

export const FORMER_NAME = "a former member";

/** `random` is the new id of nobody: made of chance alone, so that it cannot be traced back. */
export const formerId = (random: string): string => `${MARK}${random}`;

export const isFormer = (id: string): boolean => id.startsWith(MARK);
