/** Socket Mode as Slack speaks it. https://docs.slack.dev/apis/events-api/using-socket-mode */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { ACK_MS, type Carrier, type Envelope } from "./carrier.ts";

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export class Socket implements Carrier {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, { readonly envelope: Envelope; readonly timer: NodeJS.Timeout }>();
  #last: Envelope | undefined;
  #losing = false;
  #delivered = 0;
  readonly #changed: () => void;
  /** Connections since the start: reconnecting is what tests look for. */
  connections = 0;

  /** `changed` is called whenever an app connects or leaves. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      this.#open.add(connection);
      this.connections += 1;
      connection.on("close", () => {
        this.#open.delete(connection);
        this.#changed();
      });
      connection.on("message", (data) => this.#receive(String(data)));
      connection.send(JSON.stringify({ type: "hello", num_connections: this.#open.size, connection_info: { app_id: "A1" } }));
      // What nobody acknowledged before the connection went is delivered again, marked.
      for (const [id, { envelope }] of this.#waiting) this.#send(connection, id, envelope, 1);
      this.#changed();
    });
  }

  get connected(): boolean {
    return this.#open.size > 0;
  }

  /** To any of the connections, as Slack does. `retry`: which repetition of a delivery it is. */
  deliver(envelope: Envelope, retry = 0): void {
    const connection = [...this.#open][++this.#delivered % this.#open.size];
    if (!connection) {
      envelope.late();
      return;
    }
    if (envelope.type !== "events_api") this.#last = envelope;
    const id = randomUUID();
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      envelope.late();
    }, ACK_MS);
    this.#waiting.set(id, { envelope, timer });
    this.#send(connection, id, envelope, retry);
  }

  /** The last interaction once more, in a new envelope, as after an acknowledgement that got lost. */
  redeliver(): void {
    if (this.#last) this.deliver(this.#last);
  }

  /** The next acknowledgement never arrives: the person is told, and may try again. */
  loseAcknowledgement(): void {
    this.#losing = true;
  }

  /** Cuts the line. */
  drop(): void {
    for (const connection of this.#open) connection.terminate();
  }

  /** Asks the app to connect anew, as Slack does every few hours; a warning comes some seconds before. */
  refresh(reason: "refresh_requested" | "warning" = "refresh_requested"): void {
    for (const connection of this.#open) connection.send(JSON.stringify({ type: "disconnect", reason }));
  }

  stop(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.drop();
    this.#server.close();
  }

  #send(connection: WebSocket, id: string, { type, payload }: Envelope, retry: number): void {
    const marks = retry > 0 ? { retry_attempt: retry, retry_reason: "timeout" } : {};
    connection.send(JSON.stringify({ envelope_id: id, type, accepts_response_payload: type !== "events_api", payload, ...marks }));
  }

  #receive(data: string): void {
    const { envelope_id: id, payload } = acknowledgement.parse(JSON.parse(data));
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    if (this.#losing) waiting.envelope.late();
    else waiting.envelope.acknowledged(payload);
    this.#losing = false;
  }
}
