/** What a member sees when they ask for their data, or to be forgotten. */
import { FILE_BYTES, type FileBlock } from "./file.ts";
import type { Block, Form, View } from "./view.ts";

/** One table's rows about a member. */
export interface KeptPart {
  readonly name: string;
  /** What it is, and what becomes of it when they have it deleted. */
  readonly about: string;
  readonly fate: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What has to be typed. */
export const CONFIRMATION = "delete";

/** Bytes of UTF-8. */
const bytes = (text: string): number => {
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    sum += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return sum;
};

/**
 * The parts as JSON documents of at most `limit` bytes each, every row in exactly one of them and in its
 * order. A row that is larger by itself stands alone: there is no cutting it.
 */
export function documentsOf(parts: readonly KeptPart[], header: Readonly<Record<string, unknown>>, limit = FILE_BYTES): readonly string[] {
  const readme = {
    what: "Everything that Drillroom keeps about you in this server or workspace.",
    parts: Object.fromEntries(
      parts.map(({ name, about, rows }) => [name, `${about} ${rows.length} ${rows.length === 1 ? "row" : "rows"}.`]),
    ),
    deleting: Object.fromEntries(parts.map(({ name, fate }) => [name, fate])),
    times: "UTC or with their offset, ISO 8601. local_date is a day in the group's own zone. group_id names a channel's study group.",
  };
  const frame = bytes(JSON.stringify({ readme, ...header }, undefined, 1)) + 1_000;
  const documents: Map<string, unknown[]>[] = [new Map()];
  let used = frame;
  for (const { name, rows } of parts)
    for (const row of rows) {
      const size = bytes(JSON.stringify(row, undefined, 1)) * 2 + name.length;
      if (used + size > limit && used > frame) {
        documents.push(new Map());
        used = frame;
      }
      used += size;
      const open = documents.at(-1);
      open?.set(name, [...(open.get(name) ?? []), row]);
    }
  return documents.map((rows, at) =>
    JSON.stringify({ readme, ...header, document: at + 1, of: documents.length, data: Object.fromEntries(rows) }, undefined, 1),
  );
}

/** `part` counts from 1. */
export function exportView(documents: readonly string[], part: number): View {
  const at = Math.min(Math.max(part, 1), documents.length);
  const several = documents.length > 1;
  const file: FileBlock = {
    kind: "file",
    name: several ? `drillroom-data-${at}.json` : "drillroom-data.json",
    type: "application/json",
    text: documents[at - 1] ?? "",
  };
  return {
    title: several ? `Your data, file ${at} of ${documents.length}` : "Your data",
    blocks: [
      {
        kind: "text",
        markdown:
          "Everything that Drillroom keeps about you here, as JSON; its first lines say what each part is. Nobody else was shown this.",
      },
      file,
      ...(at < documents.length
        ? [
            {
              kind: "buttons",
              buttons: [{ label: "The next file", command: "data export", input: { part: at + 1 }, style: "primary" }],
            } as const,
          ]
        : []),
    ],
  };
}

/** The first of two questions: what will happen. */
export function summaryView(parts: readonly KeptPart[]): View {
  const there = parts.filter(({ rows }) => rows.length > 0);
  const facts: Block = {
    kind: "facts",
    facts: there.map(({ about, fate, rows }) => ({ name: `${about.replace(/[.,:].*$/s, "")} (${rows.length})`, value: fate })),
  };
  return {
    title: "Delete what is kept about you here?",
    tone: "warn",
    blocks: [
      facts,
      {
        kind: "text",
        markdown:
          "Your seat in an open round falls free, and you are no organizer any more. In what others keep you become “a former member”, and nobody can tell which. It cannot be taken back. You can start afresh at any time, with no points.",
      },
      {
        kind: "buttons",
        buttons: [
          { label: "Delete it all", command: "data confirm", input: {}, style: "danger" },
          { label: "Take it along first", command: "data export", input: {} },
        ],
      },
    ],
  };
}

/** The second. */
export const confirmForm: Form = {
  title: "Delete my data",
  intro: "This deletes what is kept about you in this server or workspace, for good.",
  submit: "Delete",
  fields: [{ name: "word", label: `Type "${CONFIRMATION}"`, required: true, kind: "line", maxLength: 20 }],
};
