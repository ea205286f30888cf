/**
 * bolt's log, in ours, for whoever debugs it: what it complains of is handled, and reported once, where
 * it is handled. Its own debug lines hold whole payloads, answers' words among them, and are left out.
 */
import type { Logger as BoltLogger } from "@slack/bolt";
import { LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

export function boltLogger(log: Logger): BoltLogger {
  const note = (...parts: unknown[]) => log.debug({ from: "bolt" }, parts.map(String).join(" "));
  return {
    debug: () => undefined,
    info: note,
    warn: note,
    error: note,
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
