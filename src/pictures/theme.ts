/** Colours. The light theme is for Slack, the dark one for Discord; both are opaque, since nobody knows what lies behind. */
import type { PictureTheme } from "../app/pictures.ts";
import type { Comparison } from "../core/architecture.ts";
import type { Kind } from "./icons.ts";

export interface Theme {
  readonly background: string;
  readonly plane: string;
  readonly planeLine: string;
  readonly card: string;
  /** A row or a bar without anything in it. */
  readonly track: string;
  readonly ink: string;
  readonly dim: string;
  readonly edge: string;
  readonly blue: string;
  readonly gold: string;
  /** Marks of a comparison: line and fill. */
  readonly good: Mark;
  readonly bad: Mark;
  readonly missing: Mark;
  /** Neither right nor wrong. */
  readonly aside: Mark;
  readonly kinds: Readonly<Record<Kind, string>>;
  /** One blue ramp, from nothing to much. */
  readonly ramp: readonly string[];
  readonly medals: readonly string[];
  readonly avatars: readonly string[];
  /** On medals, avatars and badges. */
  readonly onColour: string;
  readonly onMark: string;
}

export interface Mark {
  readonly line: string;
  readonly fill: string;
}

/** Kinds after Okabe and Ito's palette, made darker or lighter until each has a contrast of 4.5 to 1 with its card. */
export const THEMES: Readonly<Record<PictureTheme, Theme>> = {
  light: {
    background: "#FFFFFF",
    plane: "#F4F6F9",
    planeLine: "#CBD3DF",
    card: "#FFFFFF",
    track: "#EAEEF3",
    ink: "#16202E",
    dim: "#56637A",
    edge: "#64748B",
    blue: "#0072B2",
    gold: "#A86A00",
    good: { line: "#007A5A", fill: "#E3F5EE" },
    bad: { line: "#C8401A", fill: "#FDEBE4" },
    missing: { line: "#7A8699", fill: "#F4F6F9" },
    aside: { line: "#A86A00", fill: "#FBF3E4" },
    kinds: {
      client: "#334155",
      service: "#0072B2",
      model: "#A62B7F",
      store: "#007A5A",
      queue: "#B06000",
      batch: "#8A6A00",
      stream: "#1282BE",
      monitor: "#C8401A",
    },
    ramp: ["#EAEEF3", "#BDDDF4", "#6FB3E0", "#1F7FC2", "#0B4775"],
    medals: ["#EBBB2E", "#B9C2CF", "#D08F52"],
    avatars: ["#E69F00", "#56B4E9", "#8FB3FF", "#E58FC4", "#5CC9A7", "#F0A07A"],
    onColour: "#16202E",
    onMark: "#FFFFFF",
  },
  dark: {
    background: "#1B1F27",
    plane: "#232935",
    planeLine: "#3D4658",
    card: "#2D3544",
    track: "#2D3544",
    ink: "#F1F4F8",
    dim: "#A9B4C6",
    edge: "#9AA7BB",
    blue: "#56B4E9",
    gold: "#F5A93B",
    good: { line: "#2CC79A", fill: "#1A3A33" },
    bad: { line: "#FF8A4C", fill: "#462A1C" },
    missing: { line: "#8C97AA", fill: "#232935" },
    aside: { line: "#F5A93B", fill: "#3B301E" },
    kinds: {
      client: "#E2E8F0",
      service: "#56B4E9",
      model: "#F08CC8",
      store: "#2CC79A",
      queue: "#F5A93B",
      batch: "#F0E05A",
      stream: "#7CCBF5",
      monitor: "#FF8A4C",
    },
    ramp: ["#2D3544", "#1D4E75", "#2477B0", "#45A2DD", "#A5D8F8"],
    medals: ["#EBBB2E", "#B9C2CF", "#C98A4B"],
    avatars: ["#E69F00", "#56B4E9", "#8FB3FF", "#E58FC4", "#5CC9A7", "#F0A07A"],
    onColour: "#16202E",
    onMark: "#14181F",
  },
};

/** How a box or an arrow of a comparison is marked. Wrong and extra look alike: both are not in the reference. */
export function markOf(state: Comparison["nodes"][number]["state"] | Comparison["edges"][number]["state"], theme: Theme): Mark {
  if (state === "matched") return theme.good;
  if (state === "missing") return theme.missing;
  return state === "shortcut" ? theme.aside : theme.bad;
}
