/**
 * bolt's log, in ours. Its debug lines hold whole payloads, answers' words among them, and are left
 * out. Its errors are lost connections, which connection.ts mends: they warn.
 */

import type { Logger as BoltLogger } from "@slack/bolt";
import { LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

export function boltLogger(log: Logger): BoltLogger {
  const words = (parts: readonly unknown[]) => parts.map(String).join(" ");
  return {
    debug: () => undefined,
    info: (...parts) => log.debug(words(parts)),
    warn: (...parts) => log.warn(words(parts)),
    error: (...parts) => log.warn(words(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
