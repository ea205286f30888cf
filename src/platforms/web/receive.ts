/** HTTP in: what a page asks becomes an Invocation, a completion, plain words or a move of the clock. */
import { type Context, Hono } from "hono";
import type { z } from "zod";
import type { Invocation } from "../../app/command.ts";
import type { Dispatcher } from "../../app/dispatch.ts";
import { fieldsOf, typed } from "../../app/input.ts";
import type { ChatLog } from "../../app/playground.ts";
import type { Place } from "../../core/place.ts";
import type { View } from "../../core/view.ts";
import type { WebClock } from "./clock.ts";
import { type Bell, streamNews } from "./events.ts";
import { CHANNELS, type Directory, SPACE } from "./people.ts";
import type { Gallery } from "./pictures.ts";
import { type DrawnView, drawForm, drawView } from "./render.ts";
import { clockBody, completeBody, eventsQuery, type Here, invokeBody, type PressBody, sayBody, submitBody } from "./wire.ts";

interface Parts {
  readonly dispatcher: Dispatcher;
  readonly chatLog: ChatLog;
  readonly clock: WebClock;
  readonly people: Directory;
  readonly gallery: Gallery;
  readonly bell: Bell;
  failed(error: unknown): void;
}

/** What the page sent does not fit; `message` says what is wrong with it. */
export class BadRequest extends Error {}

function fitting<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadRequest(`${issue?.path.join(".") || "request"}: ${issue?.message}`);
}

async function bodyOf<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const text = await c.req.text();
  try {
    return fitting(schema, JSON.parse(text));
  } catch (error) {
    throw error instanceof SyntaxError ? new BadRequest("request: not JSON") : error;
  }
}

export function receiver({ dispatcher, chatLog, clock, people, gallery, bell, failed }: Parts): Hono {
  const api = new Hono();

  const placeOf = ({ channel, thread }: Here): Place => ({
    platform: "web",
    space: SPACE,
    channel,
    ...(thread === undefined ? {} : { thread }),
  });
  const memberOf = ({ who }: Here) => {
    people.learn(who);
    return { platform: "web", space: SPACE, ...who } as const;
  };

  async function shown(view: View): Promise<DrawnView> {
    await gallery.hang([view]);
    return drawView(view, { nameOf: people.nameOf, frameOf: gallery.frameOf });
  }

  /** What was done may have changed the chat itself: who leaves takes their words along. */
  async function done(asked: Invocation): Promise<DrawnView> {
    const reply = await dispatcher.dispatch(asked);
    bell.ring();
    return shown(reply);
  }

  /** The page's strings get the types the command declares; what came typed already stays. */
  function typedInput(path: string, input: PressBody["input"]): Invocation["input"] {
    const command = dispatcher.commands.find((one) => one.path === path);
    if (!command) return input;
    const strings = Object.entries(input).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { ...input, ...typed(command, Object.fromEntries(strings)) };
  }

  const invocation = (body: PressBody, input: PressBody["input"]): Invocation => ({
    id: body.id,
    path: body.path,
    input: typedInput(body.path, input),
    who: memberOf(body),
    place: placeOf(body),
    ...(body.revision === undefined ? {} : { revision: body.revision }),
  });

  api.get("/state", (c) =>
    c.json({
      now: clock.now(),
      channels: CHANNELS,
      people: people.all(),
      commands: dispatcher.commands
        .filter(({ hidden }) => !hidden)
        .map((command) => ({
          path: command.path,
          summary: command.summary,
          organizer: command.access === "organizer",
          fields: fieldsOf(command),
        })),
    }),
  );

  api.get("/events", (c) => {
    const { channel, since, who, name, manager } = fitting(eventsQuery, c.req.query());
    people.learn({ id: who, name, manager });
    return streamNews(c, { channel, who, since }, { chatLog, people, gallery, bell, now: () => clock.now(), failed });
  });

  api.post("/invoke", async (c) => {
    const body = await bodyOf(c, invokeBody);
    const asked = invocation(body, body.input);
    if (!dispatcher.wantsForm(asked.path, asked.input)) return c.json({ reply: await done(asked) });
    const opened = await dispatcher.open(asked);
    return c.json(
      "form" in opened ? { form: drawForm(opened.form, people.nameOf), press: opened.press } : { reply: await shown(opened.reply) },
    );
  });

  api.post("/submit", async (c) => {
    const body = await bodyOf(c, submitBody);
    const filled = Object.entries(body.values).filter(([, value]) => value.trim() !== "");
    return c.json({ reply: await done(invocation(body, { ...body.input, ...Object.fromEntries(filled) })) });
  });

  api.post("/complete", async (c) => {
    const body = await bodyOf(c, completeBody);
    const choices = await dispatcher.complete(body.path, body.field, body.typed, memberOf(body), placeOf(body));
    return c.json({ choices });
  });

  api.post("/say", async (c) => {
    const body = await bodyOf(c, sayBody);
    const { id: author } = memberOf(body);
    const id = await chatLog.say({ to: placeOf(body), author, text: body.text, at: clock.now() });
    bell.ring();
    return c.json({ id });
  });

  api.post("/clock", async (c) => {
    const moved = await clock.move(await bodyOf(c, clockBody));
    bell.ring();
    return c.json({ now: clock.now(), moved });
  });

  return api;
}
