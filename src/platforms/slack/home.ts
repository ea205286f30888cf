/**
 * The home tab: a command's view, private to its reader. It is drawn when somebody opens it, and again
 * after they did something, as long as this process knows that they looked at it; another replica's
 * readers see the new state the next time they open it. https://docs.slack.dev/surfaces/app-home
 */
import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import type { Command } from "../../app/command.ts";
import type { Dispatcher } from "../../app/dispatch.ts";
import { picturesIn } from "../../core/picture.ts";
import { HOUR, type Place, SECOND } from "../../core/place.ts";
import { type Act, metadata } from "./payload.ts";
import { drawHome } from "./render.ts";
import { memberOf } from "./who.ts";
import { NotInstalled, type Workspaces } from "./workspaces.ts";

/** What the tab shows: the first of these that there is. */
export const HOME_PATHS = ["progress", "help"] as const;

export const homePath = (commands: readonly Pick<Command, "path">[]): string =>
  HOME_PATHS.find((path) => commands.some((command) => command.path === path)) ?? "help";

/** Who has not opened it for this long is not looking at it. */
const OPEN_MS = 12 * HOUR;
/** One drawing for all that somebody does in this time. */
const SETTLE_MS = SECOND;
const READERS = 5_000;
const PICTURE_MS = 8 * SECOND;

const opened = z.object({
  event_id: z.string(),
  team_id: z.string(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).default([]),
  event: z.object({ type: z.literal("app_home_opened"), user: z.string(), tab: z.string() }),
});

interface Parts {
  readonly dispatcher: Dispatcher;
  readonly workspaces: Workspaces;
  readonly log: Logger;
}

export interface Home {
  /** Somebody did something: what their tab shows may have changed. */
  touched(act: Pick<Act, "id" | "user" | "place">): void;
  /** Draws nothing any more. */
  stop(): void;
}

export function createHome(app: App, { dispatcher, workspaces, log }: Parts): Home {
  const path = homePath(dispatcher.commands);
  const readers = new Map<string, { readonly at: number; shown: string }>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const drawing = new Map<string, Promise<void>>();

  async function draw(space: string, user: string, id: string): Promise<void> {
    const key = `${space}/${user}`;
    const place: Place = { platform: "slack", space };
    const who = await memberOf(workspaces, place, { id: user, name: user });
    const view = await dispatcher.dispatch({ id, path, input: {}, who, place });
    const shown = JSON.stringify(view);
    const reader = readers.get(key);
    if (reader?.shown === shown) return;
    const { client, uploads } = await workspaces.of(space);
    const send = (files?: Parameters<typeof drawHome>[2]) =>
      client.views.publish({ user_id: user, view: drawHome(view, metadata(place), files) });
    await send();
    // The words stand at once, and the pictures come to them.
    if (picturesIn(view).length > 0) await uploads.send({ view, ms: PICTURE_MS, send });
    if (reader) reader.shown = shown;
  }

  /** One after the other for each reader, so that what is newer stands at the end. */
  function redraw(space: string, user: string, id: string): void {
    const key = `${space}/${user}`;
    const done = (drawing.get(key) ?? Promise.resolve())
      .then(() => draw(space, user, id))
      .catch((err: unknown) => {
        if (!(err instanceof NotInstalled)) log.warn({ err, invocation: id }, "a home tab could not be drawn");
      })
      .finally(() => {
        if (drawing.get(key) === done) drawing.delete(key);
      });
    drawing.set(key, done);
  }

  app.event("app_home_opened", async ({ body }) => {
    const { event_id, team_id, authorizations, event } = opened.parse(body);
    if (event.tab !== "home") return;
    const space = authorizations[0]?.team_id ?? team_id;
    if (readers.size >= READERS) readers.clear();
    // Slack may have shown an older drawing, of another process: it is drawn whether or not it looks new here.
    readers.set(`${space}/${event.user}`, { at: Date.now(), shown: "" });
    // Nobody waits for it with the acknowledgement: pictures may take longer than Slack's three seconds.
    redraw(space, event.user, `${space}/${event_id}`);
  });

  return {
    touched({ id, user, place: { space } }) {
      const key = `${space}/${user.id}`;
      const reader = readers.get(key);
      if (!reader || Date.now() - reader.at > OPEN_MS || waiting.has(key)) return;
      const timer = setTimeout(() => {
        waiting.delete(key);
        redraw(space, user.id, `${id}/home`);
      }, SETTLE_MS);
      waiting.set(key, timer.unref());
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      readers.clear();
    },
  };
}
