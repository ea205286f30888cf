/** Draws a display list and encodes it. */
import { createCanvas, Path2D, type SKRSContext2D } from "@napi-rs/canvas";
import { fontFor } from "./fonts.ts";
import { at, type Point } from "./geometry.ts";
import { ICONS } from "./icons.ts";
import type { Line, Scene, Shape } from "./scene.ts";

/** Pixels for one logical pixel: sharp on a phone, where the picture is enlarged by two fingers. */
export const SCALE = 2;

/** A PNG. Every pixel is opaque. */
export function pngOf({ w, h, background, shapes }: Scene): Uint8Array {
  const canvas = createCanvas(Math.ceil(w) * SCALE, Math.ceil(h) * SCALE);
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  pen.fillStyle = background;
  pen.fillRect(0, 0, Math.ceil(w), Math.ceil(h));
  pen.lineJoin = "round";
  for (const shape of shapes) (DRAW[shape.kind] as (pen: SKRSContext2D, shape: Shape) => void)(pen, shape);
  const png = canvas.encodeSync("png");
  // Frees the pixels now: the collector sees a small object and would let 20 MB each wait for their turn.
  canvas.width = 1;
  canvas.height = 1;
  return png;
}

const DRAW: { readonly [K in Shape["kind"]]: (pen: SKRSContext2D, shape: Extract<Shape, { kind: K }>) => void } = {
  box(pen, { x, y, w, h, radius, fill, line }) {
    pen.beginPath();
    pen.roundRect(x, y, w, h, Math.min(radius, w / 2, h / 2));
    if (fill) {
      pen.fillStyle = fill;
      pen.fill();
    }
    if (line) stroke(pen, line);
  },
  strokes(pen, { points, line, radius = 8 }) {
    pen.beginPath();
    trace(pen, points, radius);
    stroke(pen, line);
  },
  area(pen, { points, fill }) {
    pen.beginPath();
    trace(pen, points, 0);
    pen.fillStyle = fill;
    pen.fill();
  },
  disc(pen, { x, y, r, fill }) {
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.fill();
  },
  text(pen, { x, y, text, size, weight, colour, align = "left" }) {
    pen.font = fontFor(text, size, weight);
    pen.fillStyle = colour;
    pen.textAlign = align;
    pen.textBaseline = "alphabetic";
    // Inter's capitals are 0.727 of the size high: half of it below the middle.
    pen.fillText(text, x, y + size * 0.3635);
  },
  icon(pen, { x, y, icon, size, colour, width = 2 }) {
    pen.save();
    pen.translate(x, y);
    pen.scale(size / 24, size / 24);
    pen.lineCap = "round";
    pen.lineWidth = (width * 24) / size;
    pen.strokeStyle = colour;
    pen.stroke(new Path2D(ICONS[icon]));
    pen.restore();
  },
};

function stroke(pen: SKRSContext2D, { colour, width, dash }: Line): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash ? [...dash] : []);
  pen.stroke();
  pen.setLineDash([]);
}

function trace(pen: SKRSContext2D, points: readonly Point[], radius: number): void {
  for (const [i, point] of points.entries()) {
    const next = points[i + 1];
    if (i === 0) pen.moveTo(point.x, point.y);
    else if (!next || radius === 0) pen.lineTo(point.x, point.y);
    else {
      const before = at(points, i - 1);
      const room = Math.min(Math.hypot(point.x - before.x, point.y - before.y), Math.hypot(next.x - point.x, next.y - point.y)) / 2;
      pen.arcTo(point.x, point.y, next.x, next.y, Math.min(radius, room));
    }
  }
}
