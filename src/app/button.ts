/** Buttons and forms carry their invocation as one short string through every platform. */
import { z } from "zod";
import type { Button } from "../core/view.ts";

/** Discord's `custom_id` is the narrowest carrier: https://discord.com/developers/docs/components/reference */
export const BUTTON_CHARACTERS = 100;

/** What a pressed button or a submitted form says of where it came from. */
export interface Press {
  readonly command: string;
  readonly input: Readonly<Record<string, string | number | boolean>>;
  readonly revision?: number | undefined;
}

const press = z.tuple([z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), z.int().optional()]);

/** At most BUTTON_CHARACTERS long; throws a RangeError that names the button when it would be longer. */
export function encodePress({ command, input, revision }: Press | Button): string {
  const encoded = JSON.stringify(revision === undefined ? [command, input] : [command, input, revision]);
  if (encoded.length > BUTTON_CHARACTERS)
    throw new RangeError(`The button of "${command}" carries ${encoded.length} characters; ${BUTTON_CHARACTERS} fit. Shorten its input.`);
  return encoded;
}

/** Undefined for anything that is not ours: old, foreign or forged. */
export function decodePress(encoded: string): Press | undefined {
  try {
    const [command, input, revision] = press.parse(JSON.parse(encoded));
    return { command, input, revision };
  } catch {
    return undefined;
  }
}
