/**
 * Discord's own published schemas, held strictly: an unknown field is a violation too.
 *
 * The schemas are built when their module loads, before anybody could ask them to be strict, and
 * leave out what they do not know. So whatever parsing has left out is what was too much.
 */
import { z } from "zod";

/** Any issue, seen as one that may hold the issues of a union's branches. */
type Issue = Pick<z.core.$ZodIssueBase, "path" | "message"> & { readonly errors?: readonly (readonly Issue[])[] };

// The schemas are of "zod/mini", which says "Invalid input" of everything until it is told more.
z.config(z.locales.en());

/** What Discord takes although its schemas do not say so: https://discord.com/developers/docs/resources/message#create-message */
const ALLOWED = new Set(["enforce_nonce"]);

/** What is wrong with a body, one line each; empty when Discord would take it. */
export function strictly(schema: z.ZodType, body: unknown): readonly string[] {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => lines(issue as Issue, []));
  return unknownFields(body, parsed.data, "");
}

function lines(issue: Issue, above: readonly PropertyKey[]): readonly string[] {
  const path = [...above, ...issue.path];
  // A union fails in all its branches; the one whose `type` fits is the one that was meant.
  const meant = issue.errors?.find((branch) => !branch.some((inner) => inner.path[0] === "type")) ?? issue.errors?.[0];
  return meant ? meant.flatMap((inner) => lines(inner, path)) : [`${path.join(".")}: ${issue.message}`];
}

function unknownFields(sent: unknown, known: unknown, path: string): readonly string[] {
  if (typeof sent !== "object" || sent === null || typeof known !== "object" || known === null) return [];
  return Object.entries(sent).flatMap(([key, value]) => {
    if (ALLOWED.has(key)) return [];
    const at = path === "" ? key : `${path}.${key}`;
    return key in known ? unknownFields(value, (known as Record<string, unknown>)[key], at) : [`${at}: is no field of Discord's`];
  });
}
