/** The playground as the contracts and the walk see it: over real HTTP and the real store. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Dispatcher } from "../../../src/app/dispatch.ts";
import type { Place } from "../../../src/core/place.ts";
import type { Button } from "../../../src/core/view.ts";
import { SPACE } from "../../../src/platforms/web/people.ts";
import type { DrawnForm, DrawnView } from "../../../src/platforms/web/render.ts";
import type { MessengerHarness } from "../../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen, TalkHarness } from "../../contract/receiver.ts";
import { openTestStore } from "../../kit/database.ts";
import { type Answer, buttonsOf, channel, messagesFor, picturesOf, send, startWeb, textOf } from "./playground.ts";

const place: Place = { platform: "web", space: SPACE, channel };

type Press = Record<string, unknown> & { readonly path: string; readonly input: object };
interface FormToken {
  readonly press: Press;
  readonly form: DrawnForm;
}

function seen({ form, press: opened, reply }: Answer, press: Press): Seen {
  if (form && opened) {
    const { command: path, input, revision } = opened;
    const token: FormToken = { press: { ...press, path, input, revision }, form };
    return { kind: "form", title: form.title, labels: form.fields.map(({ label }) => label), token };
  }
  if (!reply) throw new Error("neither a form nor a reply");
  return { kind: "reply", text: textOf(reply), buttons: buttonsOf(reply).map(({ label }) => label), token: reply };
}

export async function startHarness(dispatcher: Dispatcher): Promise<MessengerHarness & ReceiverHarness> {
  const { store, chatLog } = await openTestStore("pglite");
  const { web } = await startWeb(dispatcher, chatLog);
  let last: { path: string; body: object } | undefined;

  async function ask(path: string, body: object): Promise<Answer> {
    last = { path, body };
    const { status, answer } = await send(web.url, path, body);
    if (status !== 200) throw new Error(`${status}: ${answer.error}`);
    return answer;
  }

  async function invoke(who: Person, path: string, input: object, where: Place = place, revision?: number): Promise<Seen> {
    const press: Press = { id: randomUUID(), path, input, who, channel: where.channel, thread: where.thread, revision };
    return seen(await ask("invoke", press), press);
  }

  async function buttonOn(who: Person, remote: string): Promise<readonly Button[]> {
    const message = (await messagesFor(web.url, who.id)).find(({ id }) => String(id) === remote);
    return buttonsOf(message?.view);
  }

  /** Private replies to what people wrote, as the page shows them to each. */
  const told = new Map<string, string[]>();
  const talk: TalkHarness = {
    async thread() {
      const post = { kind: "post", key: randomUUID(), attempt: 1, to: place, view: { title: "A round", blocks: [] } } as const;
      const { remote: message } = await web.messenger.deliver(post);
      const thread = { kind: "thread", key: randomUUID(), attempt: 1, to: place, message, title: "A round" } as const;
      return { ...place, thread: (await web.messenger.deliver(thread)).remote };
    },
    async write(who, text, { thread }, { times = 1 } = {}) {
      const body = { id: randomUUID(), text, who, channel, ...(thread === undefined ? {} : { thread }) };
      let id = "";
      for (let time = 0; time < times; time += 1) {
        const { reply, ...answer } = await ask("say", body);
        if (reply) told.set(who.id, [...(told.get(who.id) ?? []), textOf(reply)]);
        id = String((answer as { id?: number }).id);
      }
      return id;
    },
    async signs(message) {
      const { sign } = (await messagesFor(web.url)).find(({ id }) => String(id) === message) ?? {};
      return sign ? [sign.emoji] : [];
    },
    told: async (who) => told.get(who.id) ?? [],
    markup: () => ({ written: "Ask <@1001> about *x* < 3 &amp; why", plain: "Ask <@1001> about *x* < 3 &amp; why" }),
    hushSign: undefined,
    unreliable: false,
    direct: undefined,
  };

  return {
    talk,
    messenger: web.messenger,
    channel: place,
    member: "ben",
    async shown(where) {
      const all = await messagesFor(web.url, "direct" in where ? where.direct : "ada");
      const here = all.filter((message) => ("direct" in where ? message.direct : !message.direct && message.thread === where.thread));
      return here.map(({ id, view, text }) => ({
        remote: String(id),
        text: view ? textOf(view) : (text ?? ""),
        buttons: buttonsOf(view).map(({ label }) => label),
        pinged: view?.notify ?? [],
        pictures: picturesOf(view).map(({ alt }) => alt),
      }));
    },
    // Whatever is typed in the box arrives as strings.
    slash: (who, path, input, where) =>
      invoke(who, path, Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)])), where),
    async press(who, on, label, where) {
      const buttons = "token" in on ? buttonsOf(on.token as DrawnView) : await buttonOn(who, on.remote);
      const button = buttons.find((one) => one.label === label);
      if (!button) throw new Error(`no button "${label}" among: ${buttons.map((one) => one.label).join(", ")}`);
      return invoke(who, button.command, button.input, where, button.revision);
    },
    async pictured(token) {
      const found = picturesOf(token as DrawnView);
      for (const { address } of found)
        expect((await fetch(`${web.url}${address}?theme=dark`)).headers.get("content-type")).toBe("image/png");
      return found.map(({ alt }) => alt);
    },
    files: async (_who, token) =>
      new Map((token as DrawnView).blocks.flatMap((block) => (block.kind === "file" ? [[block.name, block.text] as const] : []))),
    async submit(who, token, values) {
      const { press, form } = token as FormToken;
      const filled = Object.fromEntries(form.fields.map(({ name }) => [name, values[name] ?? ""]));
      return seen(await ask("submit", { ...press, id: randomUUID(), who, values: filled }), press);
    },
    async redeliver() {
      if (last) await ask(last.path, last.body);
    },
    complete: async (who, path, field, typed) =>
      ((await ask("complete", { path, field, typed, who, channel })).choices ?? []).map(({ label }) => label),
    async stop() {
      await web.stop();
      await store.close();
    },
  };
}
