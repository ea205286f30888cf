/** Many pictures side by side, each as wide as on a phone, to be looked at one by one. */
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { SCALE } from "./draw.ts";

/** The width of a phone in points, and a little air. */
const PHONE = 390;
const GAP = 16;

/** A PNG of the pictures in so many columns, at the pixels of a phone's screen. */
export async function contactSheet(pngs: readonly Uint8Array[], columns: number, background: string): Promise<Uint8Array> {
  const images = await Promise.all(pngs.map((png) => loadImage(Buffer.from(png))));
  const width = PHONE * SCALE;
  const bottoms: number[] = Array.from({ length: columns }, () => GAP);
  const places = images.map((image) => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const place = { image, x: GAP + column * (width + GAP), y: bottoms[column] ?? 0, h: (image.height * width) / image.width };
    bottoms[column] = place.y + place.h + GAP;
    return place;
  });
  const canvas = createCanvas(GAP + columns * (width + GAP), Math.ceil(Math.max(...bottoms)));
  const pen = canvas.getContext("2d");
  pen.fillStyle = background;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const { image, x, y, h } of places) pen.drawImage(image, x, y, width, h);
  return canvas.encode("png");
}
