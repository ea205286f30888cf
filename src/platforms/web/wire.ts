/** What the page may send: everything that comes in passes one of these. */
import { z } from "zod";
import { DAY } from "../../core/place.ts";
import { CHANNEL_IDS } from "./people.ts";

/** Five fields of 3,000 characters, at up to six bytes each in JSON (\uXXXX), and room for the rest. */
export const BODY_BYTES = 128 * 1024;
/** Longer than any field of ours, so that a command's own limit is what a person reads. */
const TEXT_CHARACTERS = 10_000;
/** What a person may say in one message: as on Discord, https://discord.com/developers/docs/resources/message */
export const SAY_CHARACTERS = 2_000;
/** How far the clock may be moved in one step: every due instant on the way is ticked through. */
export const MOVE_MS = 366 * DAY;

const text = z.string().max(TEXT_CHARACTERS);
const name = z.string().trim().min(1).max(40);
const channel = z.enum(CHANNEL_IDS);
const memberId = z.string().regex(/^[\p{L}\p{N}-]{1,60}$/u, "letters, digits and dashes");
const scalar = z.union([text, z.number(), z.boolean()]);

const here = {
  who: z.strictObject({ id: memberId, name, manager: z.boolean() }),
  channel,
  thread: z.string().min(1).max(60).optional(),
};

const press = {
  /** Made by the page and kept over its retries: the same id is the same invocation. */
  id: z.uuid(),
  path: z.string().min(1).max(100),
  input: z.record(z.string().max(100), scalar),
  revision: z.int().optional(),
  ...here,
};

export const invokeBody = z.strictObject(press);
export const submitBody = z.strictObject({ ...press, values: z.record(z.string().max(100), text) });
export const completeBody = z.strictObject({ path: press.path, field: z.string().max(100), typed: z.string().max(200), ...here });
export const sayBody = z.strictObject({ id: press.id, text: z.string().trim().min(1).max(SAY_CHARACTERS), ...here });
export const clockBody = z.union([
  z.strictObject({ advanceMs: z.int().min(1).max(MOVE_MS) }),
  z.strictObject({ to: z.int().min(0) }),
  z.strictObject({ next: z.literal(true) }),
]);
export const eventsQuery = z.object({
  channel,
  since: z.coerce.number().int().min(0).default(0),
  who: memberId,
  name,
  manager: z.enum(["true", "false"]).transform((value) => value === "true"),
});

export type Here = Pick<z.output<typeof invokeBody>, "who" | "channel" | "thread">;
export type PressBody = z.output<typeof invokeBody>;
