/**
 * Text with the fonts that we bring, whatever is installed. Inter for our own words (Latin, Greek,
 * Cyrillic); people's names may be in other scripts, so Noto for Chinese, Japanese, Korean, Arabic,
 * Hebrew, Devanagari, Thai and emoji stands behind it.
 */
import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import type { Weight } from "./scene.ts";

const require = createRequire(import.meta.url);

/** Files of the font packages; of all but Inter one weight does for three. */
const FILES: readonly (readonly [family: string, file: string])[] = [
  ["Inter", require.resolve("@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf")],
  ["Inter", require.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf")],
  ["Inter", require.resolve("@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf")],
  ["Drillroom SC", require.resolve("@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-600-normal.woff2")],
  ["Drillroom JP", require.resolve("@fontsource/noto-sans-jp/files/noto-sans-jp-japanese-600-normal.woff2")],
  ["Drillroom KR", require.resolve("@fontsource/noto-sans-kr/files/noto-sans-kr-korean-600-normal.woff2")],
  ["Drillroom Arabic", require.resolve("@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal.woff2")],
  ["Drillroom Hebrew", require.resolve("@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-600-normal.woff2")],
  ["Drillroom Devanagari", require.resolve("@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-600-normal.woff2")],
  ["Drillroom Thai", require.resolve("@fontsource/noto-sans-thai/files/noto-sans-thai-thai-600-normal.woff2")],
  ["Drillroom Emoji", require.resolve("@fontsource/noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff2")],
];

/** Loads the fonts, and them alone: system fonts would hide a missing glyph here and show it elsewhere. */
export function loadFonts(): void {
  GlobalFonts.removeAll();
  for (const [family, file] of FILES)
    if (GlobalFonts.registerFromPath(file, family) === null) throw new Error(`the font ${file} cannot be read`);
}

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;

/** A canvas font for this text: one Han character has a form in each of the three languages. */
export function fontFor(text: string, size: number, weight: Weight): string {
  const east = KANA.test(text) ? ["JP", "SC", "KR"] : HANGUL.test(text) ? ["KR", "JP", "SC"] : ["SC", "JP", "KR"];
  const families = [...east, "Arabic", "Hebrew", "Devanagari", "Thai", "Emoji"];
  return `${weight} ${size}px Inter, ${families.map((name) => `"Drillroom ${name}"`).join(", ")}`;
}

const ruler = createCanvas(1, 1).getContext("2d");
/** Widths grow with the size: measured once, at a size where rounding is lost. */
const MEASURED = 100;
const MOST_KEPT = 20_000;
const widths = new Map<string, number>();

/** Width in logical pixels. */
export function widthOf(text: string, size: number, weight: Weight): number {
  const key = `${weight}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler.font = fontFor(text, MEASURED, weight);
    width = ruler.measureText(text).width;
    if (widths.size >= MOST_KEPT) widths.clear();
    widths.set(key, width);
  }
  return (width * size) / MEASURED;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Shortens text to a width, with an ellipsis, and never within a character or an emoji. */
export function shorten(text: string, width: number, size: number, weight: Weight): string {
  if (widthOf(text, size, weight) <= width) return text;
  const letters = [...graphemes.segment(text.slice(0, 400))].map(({ segment }) => segment);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${letters.slice(0, middle).join("")}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join("").trimEnd()}…`;
}

/** The first grapheme: a letter, a syllable or an emoji. */
export const initial = (text: string): string => graphemes.segment(text)[Symbol.iterator]().next().value?.segment ?? "";

/** Breaks text at spaces (not before a per cent sign) and after hyphens and slashes into lines of at most `width`, `most` of them; the last is shortened. */
export function wrap(text: string, width: number, most: number, size: number, weight: Weight): string[] {
  const lines: string[] = [];
  let line = "";
  for (const { 0: piece, index } of text.matchAll(/(?:\S| (?=%))+?(?:[-/](?=\p{L})|\s+(?!%)|$)/gu)) {
    if (line !== "" && widthOf(line, size, weight) + widthOf(piece.trimEnd(), size, weight) > width) {
      if (lines.length === most - 1) return [...lines, wholeWords(shorten(line + text.slice(index), width, size, weight))];
      lines.push(shorten(line.trimEnd(), width, size, weight));
      line = "";
    }
    line += piece;
  }
  return [...lines, shorten(line.trimEnd(), width, size, weight)];
}

/** Without the torn word before an ellipsis, unless little else is left. */
const wholeWords = (text: string): string => {
  const cut = text.replace(/[\s,;:.]+[^\s…]*…$/u, "…");
  return cut.length > text.length / 2 ? cut : text;
};

/** Two lines of about the same length, or one where there is nothing to break; within a word only if that is much better. */
export function fold(text: string, size: number, weight: Weight): string[] {
  const breaks = [...text.matchAll(/(?<=[-/])(?=\p{L})| (?!%)/gu)].map(({ index, 0: gap }) => {
    const lines = [text.slice(0, index), text.slice(index + gap.length)];
    return { lines, cost: Math.max(...lines.map((line) => widthOf(line, size, weight))) + (gap === "" ? 1.2 * size : 0) };
  });
  return breaks.sort((a, b) => a.cost - b.cost)[0]?.lines ?? [text];
}
