/** A loopback endpoint that speaks OpenAI's chat protocol, and says what a test tells it to. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly temperature?: number;
    readonly tools?: unknown;
    readonly messages: { role: string; content: string }[];
  };
}

export type Answering = (
  asked: Asked,
) => { readonly text: string } | { readonly status: number; readonly headers?: Record<string, string> } | "silence";

export interface Endpoint {
  readonly url: string;
  readonly asked: readonly Asked[];
  answer: Answering;
  stop(): Promise<void>;
}

export async function startEndpoint(answer: Answering): Promise<Endpoint> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void take(request, response));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const one: Asked = { headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) };
    asked.push(one);
    const said = endpoint.answer(one);
    if (said === "silence") return;
    if ("status" in said) {
      response.writeHead(said.status, { "content-type": "application/json", ...said.headers });
      response.end(JSON.stringify({ error: { message: "no", type: "error" } }));
      return;
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        id: "1",
        object: "chat.completion",
        created: 1,
        model: one.body.model,
        choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: said.text } }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    );
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answer,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return endpoint;
}

/** The answer as it stands between its marks in a prompt. */
export function answerIn({ body }: Asked): string {
  const prompt = body.messages.at(-1)?.content ?? "";
  return /\n(answer-[0-9a-f]{24})\n([\s\S]*)\n\1$/.exec(prompt)?.[2] ?? "";
}
