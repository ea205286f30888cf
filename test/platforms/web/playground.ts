/** A started playground over a ChatLog, and the requests a page makes of it. */
import { randomUUID } from "node:crypto";
import type { Dispatcher } from "../../../src/app/dispatch.ts";
import type { ChatLog } from "../../../src/app/playground.ts";
import type { Instant } from "../../../src/core/place.ts";
import { createWeb, type WebAdapter } from "../../../src/platforms/web/index.ts";
import type { DrawnBlock, DrawnForm, DrawnMessage, DrawnView, Inline, Part } from "../../../src/platforms/web/render.ts";
import { pictures } from "../../kit/pictures.ts";

/** A clock that tests hold in their hand: it stands at `at` until it is moved. */
export class HandClock {
  at: Instant = 1_790_000_000_000;
  due: Instant | undefined;
  readonly moves: Instant[] = [];
  now = () => this.at;
  nextDue = async () => this.due;
  async advanceTo(target: Instant) {
    this.moves.push(target);
    this.at = target;
  }
}

export const silent = { info: () => {}, warn: () => {}, error: () => {} };

export interface Started {
  readonly web: WebAdapter;
  readonly clock: HandClock;
}

export async function startWeb(dispatcher: Dispatcher, chatLog: ChatLog, port = 0, clock = new HandClock()): Promise<Started> {
  const web = createWeb({ host: "127.0.0.1", port, dispatcher, chatLog, pictures, clock, log: silent });
  await web.start();
  return { web, clock };
}

export interface Answer {
  readonly form?: DrawnForm;
  /** What the form's submission carries. */
  readonly press?: { readonly command: string; readonly input: object; readonly revision?: number };
  readonly reply?: DrawnView;
  readonly choices?: readonly { label: string; value: string }[];
  readonly error?: string;
  readonly moved?: boolean;
  readonly now?: number;
}

export const ada = { id: "ada", name: "Ada", manager: true };
export const channel = "ml-design-drills";

/** A press of Ada in the first channel, as the page sends it. */
export const pressed = (path: string, input: object = {}) => ({ id: randomUUID(), path, input, who: ada, channel });

export async function send(url: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text,
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

export interface News {
  readonly messages: readonly DrawnMessage[];
  readonly cursor: number;
  readonly now: number;
}

/** Follows a channel as the page does; `next` waits for one event. */
export async function listen(url: string, query: Record<string, string | number> = {}) {
  const leave = new AbortController();
  const all = { channel, who: "ada", name: "Ada", manager: true, since: 0, ...query };
  const search = new URLSearchParams(Object.entries(all).map(([name, value]) => [name, String(value)]));
  const response = await fetch(`${url}/api/events?${search}`, { signal: leave.signal });
  if (!response.body) throw new Error("the stream has no body");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = "";
  async function next(): Promise<News | undefined> {
    for (;;) {
      const end = buffered.indexOf("\n\n");
      if (end >= 0) {
        const data = /^data: (.*)$/m.exec(buffered.slice(0, end))?.[1];
        buffered = buffered.slice(end + 2);
        if (data) return JSON.parse(data) as News;
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      buffered += value;
    }
  }
  return { status: response.status, next, leave: () => leave.abort() };
}

/** All messages of the first channel that a member sees. */
export async function messagesFor(url: string, who = "ada"): Promise<readonly DrawnMessage[]> {
  const stream = await listen(url, { who });
  const news = await stream.next();
  stream.leave();
  return news?.messages ?? [];
}

const inlineText = (inline: Inline) =>
  inline
    .map((span) =>
      span.kind === "member" ? span.name : span.kind === "time" ? String(span.at) : span.kind === "channel" ? `#${span.id}` : span.text,
    )
    .join("");
const partsText = (parts: readonly Part[]) => parts.map(({ rows }) => rows.map(inlineText).join("\n")).join("\n");

type Reading = { readonly [K in DrawnBlock["kind"]]: (block: Extract<DrawnBlock, { kind: K }>) => string };

const reading: Reading = {
  text: ({ parts }) => partsText(parts),
  quote: ({ text, by }) => `${text} ${by ?? ""}`,
  facts: ({ facts }) => facts.map(({ name, value }) => `${name} ${inlineText(value)}`).join("\n"),
  ranking: ({ unit, rows }) => rows.map(({ rank, name, value }) => `${rank} ${name} ${value} ${unit}`).join("\n"),
  rubric: ({ points }) => points.map(({ state, text, evidence }) => `${state} ${inlineText(text)} ${evidence ?? ""}`).join("\n"),
  picture: () => "",
  file: ({ name }) => name,
  buttons: () => "",
};

const read = <K extends DrawnBlock["kind"]>(block: Extract<DrawnBlock, { kind: K }>) => reading[block.kind as K](block);

/** What a person reads of a view, all kinds of block. */
export const textOf = (view: DrawnView): string => [view.title, ...view.blocks.map((block) => read(block))].join("\n");

export const picturesOf = (view: DrawnView | undefined) =>
  (view?.blocks ?? []).flatMap((block) => (block.kind === "picture" ? [block] : []));

export const buttonsOf = (view: DrawnView | undefined) =>
  (view?.blocks ?? []).flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
