/**
 * The pictures that the page may ask for: those of views it was sent, or that are stored, by a hash
 * of what they show. Nothing that a page sends is ever drawn.
 */
import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { Pictures, PictureTheme } from "../../app/pictures.ts";
import type { ChatLog } from "../../app/playground.ts";
import { within } from "../../app/within.ts";
import { type Picture, picturesIn } from "../../core/picture.ts";
import { SECOND } from "../../core/place.ts";
import type { View } from "../../core/view.ts";
import { CHANNELS, SPACE } from "./people.ts";

/** How long a view waits for the size of its pictures, with which the page keeps their place free. Only the first after a start takes long. */
const SIZE_MS = 3 * SECOND;
/** More than a playground shows; what it lacks is looked for in the stored chat. */
const KEPT = 1_000;
/** Dots for each of the page's pixels. */
const DENSITY = 2;

export interface Frame {
  readonly address: string;
  /** In the page's pixels; absent when it is not drawn yet. */
  readonly size?: { readonly width: number; readonly height: number };
}

interface Hung {
  readonly picture: Picture;
  size?: Frame["size"];
}

const hashOf = (picture: Picture): string => createHash("sha256").update(JSON.stringify(picture)).digest("hex").slice(0, 40);
const addressOf = (hash: string): string => `/pictures/${hash}.png`;

export class Gallery {
  readonly #pictures: Pictures;
  readonly #chatLog: ChatLog;
  readonly #failed: (error: unknown) => void;
  readonly #hung = new Map<string, Hung>();

  constructor(pictures: Pictures, chatLog: ChatLog, failed: (error: unknown) => void) {
    this.#pictures = pictures;
    this.#chatLog = chatLog;
    this.#failed = failed;
  }

  /** Lets the page ask for the pictures of these views, and learns their sizes while there is time. */
  async hang(views: readonly View[]): Promise<void> {
    const measuring = views
      .flatMap(picturesIn)
      .map(({ picture }) => this.#keep(picture))
      .filter(({ size }) => size === undefined)
      .map((hung) => this.#measure(hung));
    if (measuring.length > 0) await within(Promise.all(measuring), SIZE_MS);
  }

  frameOf = (picture: Picture): Frame => {
    const hash = hashOf(picture);
    const size = this.#hung.get(hash)?.size;
    return { address: addressOf(hash), ...(size ? { size } : {}) };
  };

  routes(): Hono {
    const routes = new Hono();
    routes.get("/:name", async (c) => {
      const theme: PictureTheme = c.req.query("theme") === "dark" ? "dark" : "light";
      const picture = await this.#find(c.req.param("name").replace(/\.png$/, ""));
      if (!picture) return c.notFound();
      const png = await this.#pictures.png(picture, theme);
      // A later version of the bot may draw the same thing in another way.
      return c.body(Buffer.from(png), 200, { "content-type": "image/png", "cache-control": "private, max-age=600" });
    });
    return routes;
  }

  #keep(picture: Picture): Hung {
    const hash = hashOf(picture);
    const hung = this.#hung.get(hash) ?? { picture };
    if (this.#hung.size >= KEPT) this.#hung.clear();
    this.#hung.set(hash, hung);
    return hung;
  }

  async #measure(hung: Hung): Promise<void> {
    try {
      const png = Buffer.from(await this.#pictures.png(hung.picture, "light"));
      // The first chunk of a PNG begins with its size: https://www.w3.org/TR/png-3/#11IHDR
      hung.size = { width: Math.round(png.readUInt32BE(16) / DENSITY), height: Math.round(png.readUInt32BE(20) / DENSITY) };
    } catch (error) {
      this.#failed(error);
    }
  }

  /** After a restart a page may ask for what it was sent before. */
  async #find(hash: string): Promise<Picture | undefined> {
    const known = this.#hung.get(hash)?.picture;
    if (known) return known;
    const stored = await Promise.all(CHANNELS.map(({ id }) => this.#chatLog.changes(SPACE, id, 0)));
    return stored
      .flatMap(({ messages }) => messages.flatMap(({ body }) => ("view" in body ? picturesIn(body.view) : [])))
      .map(({ picture }) => picture)
      .find((picture) => hashOf(picture) === hash);
  }
}
