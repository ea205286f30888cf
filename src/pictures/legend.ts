/** What the marks of a diagram mean, in a line under it, or in several where the picture is narrow. */
import type { Comparison } from "../core/architecture.ts";
import { widthOf } from "./fonts.ts";
import { KINDS, type Kind } from "./icons.ts";
import type { Shape } from "./scene.ts";
import { markOf, type Theme } from "./theme.ts";

const TEXT = { size: 14.5, weight: 500 } as const;
const ICON = 19;
const SWATCH = 26;

export const LEGEND_LINE = 28;

/** A kind of node, a state of a node, or the one state of arrows that is neither right nor wrong. */
export type LegendEntry = Kind | Comparison["nodes"][number]["state"] | "shortcut";

const NAMES: Readonly<Record<LegendEntry, string>> = {
  ...KINDS,
  matched: "matched",
  missing: "missing",
  extra: "wrong or extra",
  shortcut: "shortcut",
};

/** From `left` to at most `right`; `top` is that of the first line, `bottom` that of the last. */
export function legendOf(
  entries: readonly LegendEntry[],
  left: number,
  right: number,
  top: number,
  theme: Theme,
): { readonly shapes: Shape[]; readonly bottom: number } {
  let x = left;
  let y = top + LEGEND_LINE / 2 + 6;
  const shapes = entries.flatMap((entry): Shape[] => {
    const mark = isKind(entry) ? ICON : SWATCH;
    const width = mark + 8 + widthOf(NAMES[entry], TEXT.size, TEXT.weight);
    if (x > left && x + width > right) {
      x = left;
      y += LEGEND_LINE;
    }
    const start = x;
    x += width + 20;
    return [markFor(entry, start, y, theme), { kind: "text", x: start + mark + 8, y, text: NAMES[entry], ...TEXT, colour: theme.dim }];
  });
  return { shapes, bottom: y + LEGEND_LINE / 2 - 6 };
}

const isKind = (entry: LegendEntry): entry is Kind => Object.hasOwn(KINDS, entry);

function markFor(entry: LegendEntry, x: number, y: number, theme: Theme): Shape {
  if (isKind(entry)) return { kind: "icon", x, y: y - ICON / 2, size: ICON, icon: entry, colour: theme.kinds[entry] };
  const { line: colour, fill } = markOf(entry, theme);
  if (entry === "shortcut") return { kind: "box", x, y: y - 1.5, w: SWATCH, h: 3, radius: 1.5, fill: colour };
  const line = entry === "missing" ? ({ colour, width: 2, dash: [4, 3] } as const) : { colour, width: 2 };
  return { kind: "box", x, y: y - 8, w: SWATCH, h: 16, radius: 5, fill, line };
}
