/** Puts what zod found into words for an author. */
import type { z } from "zod";
import type { Finding, Path } from "./content_problem.ts";

/** One issue may be several findings: each unknown key stands on a line of its own. */
export function issueFindings(issue: z.core.$ZodIssue, raw: unknown): Finding[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: "is no key of this schema; remove it or correct its name" }));
  return [{ path, message: words(issue, valueAt(raw, path)) }];
}

function words(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined) return `is missing; add it (${issue.expected})`;
      return `must be ${issue.expected}, but is ${kindOf(value)}${typeof value === "object" ? "" : ` (${JSON.stringify(value)})`}${hint(issue.expected, value)}`;
    case "too_small":
      return `${sizeOf(value)}; it needs ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `${sizeOf(value)}; it may have ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unit(issue.origin)}`;
    case "invalid_value":
      if (value === undefined) return `is missing; add one of ${issue.values.map(String).join(", ")}`;
      return `is ${JSON.stringify(value)}; choose one of ${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return issue.format === "url" ? `${JSON.stringify(value)} is no http or https address` : `${JSON.stringify(value)}: ${issue.message}`;
    default:
      return issue.message;
  }
}

function hint(expected: string, value: unknown): string {
  if (expected === "string" && typeof value === "object" && value !== null && !Array.isArray(value))
    return '; a text with ": " in it needs quotes, or a block that begins with >-';
  return expected === "string" && typeof value !== "object" ? "; put it in quotes" : "";
}

const kindOf = (value: unknown): string => (value === null ? "empty" : Array.isArray(value) ? "a list" : typeof value);

const sizeOf = (value: unknown): string =>
  Array.isArray(value)
    ? `has ${value.length}`
    : typeof value === "string"
      ? `has ${value.trim().length} characters`
      : `is ${JSON.stringify(value)}`;

const unit = (origin: string): string => (origin === "array" ? " items" : origin === "string" ? " characters" : "");

const valueAt = (raw: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined), raw);
