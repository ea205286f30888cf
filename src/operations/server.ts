/** The server of the bot's one port, with patience for a slow client and none for one that stalls. */
import { createServer, type RequestListener, type Server } from "node:http";
import { SECOND } from "../core/place.ts";

export interface Patience {
  /** What a request may take to arrive as a whole, in ms. It is cut off with 408. */
  readonly requestMs: number;
  /** How often that is looked at, in ms. */
  readonly checkMs: number;
}

/** Slack itself waits for 3 s in all: whoever takes longer to ask is somebody else. */
const PATIENCE: Patience = { requestMs: 10 * SECOND, checkMs: 5 * SECOND };

export const createHttpServer = (listener: RequestListener, { requestMs, checkMs }: Patience = PATIENCE): Server =>
  createServer({ requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: checkMs }, listener);
