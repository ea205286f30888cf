/** The thread that draws, one picture after the other. */
import { parentPort } from "node:worker_threads";
import type { PictureTheme } from "../app/pictures.ts";
import type { Picture } from "../core/picture.ts";
import { loadFonts } from "./fonts.ts";
import { renderPicture } from "./render.ts";

export interface Order {
  readonly id: number;
  readonly picture: Picture;
  readonly theme: PictureTheme;
}

export type Answer = { readonly id: number; readonly png: Uint8Array } | { readonly id: number; readonly error: string };

if (!parentPort) throw new Error("this file is the drawing thread; createPictures starts it");
const port = parentPort;
loadFonts();

port.on("message", ({ id, picture, theme }: Order) => {
  try {
    // A copy of its own, so that its memory can change hands without being copied once more.
    const png = new Uint8Array(renderPicture(picture, theme));
    port.postMessage({ id, png } satisfies Answer, [png.buffer]);
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
});
