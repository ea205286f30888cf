/** An export as messages show it: in parts, each of which fits. */
import type { Button, View } from "./view.ts";

export const EXPORT_FORMATS = ["markdown", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Below VIEW_CHARACTERS, since a platform may have to escape signs of the text. */
const PART_CHARACTERS = 2_400;

/** Cut at the ends of lines: joined by line breaks the parts are the text. A line that is too long for one is cut, too. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const line of text.split("\n").flatMap(fitting)) {
    const last = parts.at(-1);
    if (last === undefined || last.length + 1 + line.length > PART_CHARACTERS) parts.push(line);
    else parts[parts.length - 1] = `${last}\n${line}`;
  }
  return parts;
}

function fitting(line: string): readonly string[] {
  if (line.length <= PART_CHARACTERS) return [line];
  // By characters, not halves of them.
  const pieces: string[] = [""];
  for (const character of line) {
    const last = pieces.at(-1) ?? "";
    if (last.length + character.length > PART_CHARACTERS) pieces.push(character);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces;
}

/** `part` counts from 1; a part that is not there is the last one. */
export function exportView(round: string, format: ExportFormat, text: string, part: number): View {
  const parts = partsOf(text);
  const shown = Math.min(part, parts.length);
  const button = (label: string, to: ExportFormat, at: number): Button => ({
    label,
    command: "mock export",
    input: { round, format: to, part: at },
  });
  const other = format === "json" ? "markdown" : "json";
  return {
    title: `Export, ${format === "json" ? "JSON" : "Markdown"} · part ${shown} of ${parts.length}`,
    blocks: [
      { kind: "quote", text: parts[shown - 1] ?? "" },
      {
        kind: "buttons",
        buttons: [
          ...(shown < parts.length ? [{ ...button("Next part", format, shown + 1), style: "primary" } as const] : []),
          button(other === "json" ? "As JSON" : "As Markdown", other, 1),
        ],
      },
    ],
  };
}
