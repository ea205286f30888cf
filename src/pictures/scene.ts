/** The display list: what a picture consists of, in logical pixels, from back to front. */
import type { Box, Point, Size } from "./geometry.ts";
import type { Icon } from "./icons.ts";

export type Weight = 500 | 600 | 700;

export type Shape =
  | (Box & {
      readonly kind: "box";
      readonly radius: number;
      readonly fill?: string;
      readonly line?: Line;
    })
  /** Straight strokes with round corners. */
  | { readonly kind: "strokes"; readonly points: readonly Point[]; readonly line: Line; readonly radius?: number }
  | { readonly kind: "area"; readonly points: readonly Point[]; readonly fill: string }
  | (Point & { readonly kind: "disc"; readonly r: number; readonly fill: string })
  /** `y` is the middle of the capitals; `x` is where the text begins, ends, or its middle. */
  | (Point & {
      readonly kind: "text";
      readonly text: string;
      readonly size: number;
      readonly weight: Weight;
      readonly colour: string;
      readonly align?: "left" | "right" | "center";
    })
  /** From the top left corner; `size` is the side of its square. */
  | (Point & { readonly kind: "icon"; readonly icon: Icon; readonly size: number; readonly colour: string; readonly width?: number });

export interface Line {
  readonly colour: string;
  readonly width: number;
  /** Lengths of dash and gap. */
  readonly dash?: readonly [number, number];
}

export interface Scene extends Size {
  readonly background: string;
  readonly shapes: readonly Shape[];
}
