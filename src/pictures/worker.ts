/** The thread that draws. One picture at a time: two would only share the processor. */
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

let last: Promise<void> = Promise.resolve();
port.on("message", (order: Order) => {
  last = last.then(() => answer(order));
});

async function answer({ id, picture, theme }: Order): Promise<void> {
  try {
    // A copy of its own, so that its memory can change hands without being copied once more.
    const png = new Uint8Array(await renderPicture(picture, theme));
    port.postMessage({ id, png } satisfies Answer, [png.buffer]);
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
}
