/** What all cards share: a title with a line under it, and text in the theme's colours. */
import { printable } from "../core/markup.ts";
import { shorten } from "./fonts.ts";
import type { Shape, Weight } from "./scene.ts";
import type { Theme } from "./theme.ts";

export const CARD = { margin: 28, width: 720 } as const;

/** Text of people and of the bank on one line, without characters that are invisible or reorder it. */
export const oneLine = (text: string): string => printable(text).replace(/\s+/g, " ").trim();

/** A piece of text; `y` is the middle of its capitals. */
export const write = (
  text: string,
  x: number,
  y: number,
  size: number,
  weight: Weight,
  colour: string,
  align: "left" | "right" | "center" = "left",
): Shape => ({ kind: "text", text, x, y, size, weight, colour, align });

/** Title and subtitle, at most `width` wide; the height that they take is the same with and without a subtitle. */
export function cardHead(title: string, subtitle: string | undefined, width: number, theme: Theme): Shape[] {
  return [
    write(shorten(oneLine(title), width, 26, 700), CARD.margin, CARD.margin + 13, 26, 700, theme.ink),
    ...(subtitle ? [write(shorten(oneLine(subtitle), width, 15.5, 500), CARD.margin, CARD.margin + 44, 15.5, 500, theme.dim)] : []),
  ];
}

export const HEAD_HEIGHT = CARD.margin + 60;
