/**
 * Keeps one Socket Mode connection open. The client's own reconnecting is off: it rejects into
 * nowhere when Slack cannot be reached, which ends the process, and retries a wrong token for ever.
 */
import type { SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { MINUTE, SECOND } from "../../core/place.ts";
import { slackFailure } from "./errors.ts";

type Socket = SocketModeReceiver["client"];

const FIRST_PAUSE_MS = SECOND / 2;
const LONGEST_PAUSE_MS = MINUTE;

export interface Connection {
  /** Resolves when Slack said hello. Throws one clear line when Slack refuses a token. */
  open(): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  /** Undefined over HTTP: Slack comes to us. */
  readonly socket: Socket | undefined;
  /** Learns who we are; fails when the bot's token is wrong. Undefined where every workspace has its own. */
  readonly identify: (() => Promise<void>) | undefined;
  readonly log: Logger;
}

export function createConnection({ socket, identify, log }: Parts): Connection {
  const closing = new AbortController();
  let connected = false;

  /** Tries until it works; Slack's refusals are final, everything else may pass. */
  async function persist(variable: string, attempt: () => Promise<unknown>): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await attempt();
        return;
      } catch (err) {
        const failure = slackFailure(err);
        if (failure && !failure.transient) throw new Error(refusedToken(variable, failure.code ?? ""));
        log.warn({ err, againInMs: failure?.afterMs ?? pause }, "Slack cannot be reached");
        await sleep(failure?.afterMs ?? pause, closing.signal);
      }
    }
  }

  async function connect(): Promise<void> {
    if (!socket) return;
    await persist("SLACK_APP_TOKEN", () => socket.start());
    connected = true;
    // Closed while it was being opened.
    if (closing.signal.aborted) await socket.disconnect();
  }

  async function reconnect(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await sleep(FIRST_PAUSE_MS, closing.signal);
        await connect();
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        // Not the end: the playground or Discord may run beside, and the app may be installed again.
        log.error(error instanceof Error ? error.message : String(error));
        await sleep(LONGEST_PAUSE_MS, closing.signal).catch(() => undefined);
      }
    }
  }

  socket?.on("disconnected", () => {
    if (!connected) return;
    connected = false;
    if (closing.signal.aborted) return;
    // Slack itself asks for it every few hours.
    log.info("the connection to Slack ended; opening it again");
    void reconnect();
  });

  return {
    async open() {
      if (identify) await persist("SLACK_BOT_TOKEN", identify);
      await connect();
    },
    async close() {
      closing.abort();
      if (connected) await socket?.disconnect();
    },
  };
}

/** One line: which variable, and where its value comes from. */
export function refusedToken(variable: string, code: string): string {
  const advice =
    variable === "SLACK_BOT_TOKEN"
      ? "install the app to the workspace and copy the Bot User OAuth Token, which begins with xoxb-"
      : "create an app-level token with connections:write, which begins with xapp-, and turn Socket Mode on";
  return `Slack refuses ${variable} (${code}): ${advice}.`;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new Error("Slack's connection was closed while it was being opened."));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
