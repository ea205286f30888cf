/** What the variables of the environment have in common. */
import { unescape as decoded } from "node:querystring";
import { z } from "zod";

export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

export const url = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

/** As it is written in the address, and as it is: `postgres://user:PASSWORD@host`, and `?password=PASSWORD` for a database. */
export function passwordsIn(address: string | undefined): readonly string[] {
  if (address === undefined) return [];
  const { password, searchParams } = new URL(address);
  return [password, decoded(password), searchParams.get("password") ?? ""];
}

/** Drops what is undefined, which is not the same as absent. */
export function given<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
