/** The port to whoever draws: pictures of what the core describes, as files that a platform can send. */
import type { Picture } from "../core/picture.ts";

/** Dark for Discord, light for Slack: neither lets a picture follow the reader's own theme. */
export type PictureTheme = "light" | "dark";

export interface Pictures {
  /** A PNG, at twice its logical size. The same picture and theme may be answered from a cache. Throws after `close`. */
  png(picture: Picture, theme: PictureTheme): Promise<Uint8Array>;
  /** Stops the drawing; what waits is refused. */
  close(): Promise<void>;
}
