/** The port to whoever draws: pictures of what the core describes, as files that a platform can send. */
import type { Logger } from "pino";
import { type Picture, picturesIn, withoutPictures } from "../core/picture.ts";
import type { View } from "../core/view.ts";

/** Dark for Discord, light for Slack: neither lets a picture follow the reader's own theme. */
export type PictureTheme = "light" | "dark";

export interface Pictures {
  /** A PNG, at twice its logical size. The same picture and theme may be answered from a cache. Throws after `close`. */
  png(picture: Picture, theme: PictureTheme): Promise<Uint8Array>;
  /** Stops the drawing; what waits is refused. */
  close(): Promise<void>;
}

/** So many of the outbox's tries a message waits for its pictures; then its words go alone. */
export const PICTURE_TRIES = 3;

/** A view that can be sent: `files` are its pictures, in their order. */
export interface Illustrated {
  readonly view: View;
  readonly files: readonly Uint8Array[];
}

/** Never rejects: a picture that cannot be drawn takes the others with it, is logged, and the words stay. */
export async function illustrate(pictures: Pictures, view: View, theme: PictureTheme, log: Logger): Promise<Illustrated> {
  try {
    return { view, files: await Promise.all(picturesIn(view).map(({ picture }) => pictures.png(picture, theme))) };
  } catch (err) {
    log.error({ err, title: view.title }, "a picture could not be drawn; its words are sent alone");
    return { view: withoutPictures(view), files: [] };
  }
}
