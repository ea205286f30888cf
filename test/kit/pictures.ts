/** The real drawing, shared by a file's tests. An idle thread keeps no process alive, so nobody closes it. */
import { pictureBlock } from "../../src/core/picture.ts";
import { createPictures } from "../../src/pictures/index.ts";

export const pictures = createPictures();

/** A small picture, another one for each title. */
export const boardNamed = (title: string) =>
  pictureBlock({ kind: "board", title, unit: "points", rows: [{ rank: 1, name: "Ada", value: 120, own: true }] });

/** A message sent now may show its pictures a little later. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>, what: string, ms = 15_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((soon) => setTimeout(soon, 25));
  }
}
