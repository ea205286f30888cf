/**
 * Views as messages.
 *
 * Components V2 in a container, not embeds: who has switched off link previews sees no embed at
 * all, embeds are narrow on phones, and their buttons stand outside the frame. A container takes
 * the full width, keeps text and buttons together, and mentions in it can ping.
 */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIFileComponent,
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from "discord.js";
import { encodePress } from "../../app/button.ts";
import { clip } from "../../core/markup.ts";
import type { Block, Button, RankingRow, RubricLine, Tone, View } from "../../core/view.ts";
import { ATTACHMENT_DESCRIPTION, BUTTON_LABEL, MESSAGE_COMPONENTS, MESSAGE_TEXT, ROW_BUTTONS } from "./limits.ts";
import { draw, memberMention, quoted, typed, typedLine } from "./markup.ts";

/** The body of a message, for creating and for editing it. */
export interface DiscordMessage {
  readonly flags: number;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowed_mentions: { parse: []; users: string[] };
  /** One for each picture and file, in their order, with its number as its id; empty, so that an edit takes away what stood there. */
  readonly attachments: { id: string; filename: string; description: string }[];
}

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;
type Piece = string | Row | APIMediaGalleryComponent | APIFileComponent;
/** `at` is the block's index in its view. */
type Table = { readonly [K in Block["kind"]]: (block: Extract<Block, { kind: K }>, at: number) => Piece };

/** Readable beside Discord's dark and light grounds. */
const ACCENTS: Readonly<Record<Tone, number>> = { plain: 0x5b7fdb, good: 0x3a9d5d, warn: 0xd9932f };
const BUTTON_STYLES = { primary: ButtonStyle.Primary, plain: ButtonStyle.Secondary, danger: ButtonStyle.Danger } as const;
/** A sign and a word: the sign alone says nothing to a screen reader. */
const RUBRIC_SIGNS: Readonly<Record<RubricLine["state"], string>> = {
  covered: "✅ covered",
  mentioned: "🟡 mentioned",
  unsure: "❔ unsure",
  missed: "⬜ open",
};
/** A title is a line: longer ones push the message off a phone's screen. */
const TITLE = 250;
/** Members called in one message: more would leave no room for what they are called for. */
const CALLED = 40;
/** Shorter rests of a text say nothing; they are left out. */
const SHORTEST = 20;

const table: Table = {
  text: ({ markdown }) => draw(markdown),
  quote: ({ text, by }) => quoted(`${by === undefined ? "" : `${draw(`{member:${by}}`)}\n`}${typed(text)}`),
  facts: ({ facts }) => facts.map(({ name, value }) => `**${typedLine(name)}** ${draw(value)}`).join("\n"),
  ranking: ({ unit, rows }) => rows.map((row) => rankingLine(row, unit)).join("\n"),
  rubric: ({ points }) => points.map(rubricLines).join("\n"),
  picture: ({ alt }, at) => ({
    type: ComponentType.MediaGallery,
    items: [{ media: { url: `attachment://${fileName(at)}` }, description: described(alt) }],
  }),
  file: ({ name }) => ({ type: ComponentType.File, file: { url: `attachment://${name}` } }),
  buttons: ({ buttons }) => ({ type: ComponentType.ActionRow, components: buttons.slice(0, ROW_BUTTONS).map(drawButton) }),
};

const drawBlock = <K extends Block["kind"]>(block: Extract<Block, { kind: K }>, at: number): Piece => table[block.kind as K](block, at);

function attachmentOf(block: Block, at: number): { filename: string; description: string }[] {
  if (block.kind === "picture") return [{ filename: fileName(at), description: described(block.alt) }];
  return block.kind === "file" ? [{ filename: block.name, description: block.name }] : [];
}

const fileName = (at: number): string => `picture-${at}.png`;
const described = (alt: string): string => clip(alt, ATTACHMENT_DESCRIPTION);

function rankingLine({ rank, name, value, note, own, gap }: RankingRow, unit: string): string {
  const who = own ? `**${typedLine(name)}** (you)` : typedLine(name);
  return `${gap ? "⋯\n" : ""}\`${String(rank).padStart(3)}\` ${who} · ${value} ${typedLine(unit)}${note === undefined ? "" : ` · ${typedLine(note)}`}`;
}

function rubricLines({ state, text, evidence }: RubricLine): string {
  return `${RUBRIC_SIGNS[state]}: ${draw(text)}${evidence === undefined ? "" : `\n-# “${typedLine(evidence)}”`}`;
}

function drawButton(button: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: BUTTON_STYLES[button.style ?? "plain"],
    label: clip(button.label, BUTTON_LABEL),
    custom_id: encodePress(button),
  };
}

/** Cut to what Discord takes, buttons kept; only `view.notify` may be pinged. */
export function renderView(view: View): DiscordMessage {
  const notify = (view.notify ?? []).slice(0, CALLED);
  const pieces = [`### ${typedLine(clip(view.title, TITLE)) || "…"}`, ...distinct(view.blocks.map(drawBlock))];
  const call = notify.map(memberMention).join(" ");
  const fitted = shorten(pieces, MESSAGE_TEXT - call.length, MESSAGE_COMPONENTS - 2);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      // A mention inside the text would do, but first in the message it is also what the phone's notice shows.
      ...(call === "" ? [] : [{ type: ComponentType.TextDisplay, content: call } as const]),
      {
        type: ComponentType.Container,
        accent_color: ACCENTS[view.tone ?? "plain"],
        components: fitted.map((piece) => (typeof piece === "string" ? { type: ComponentType.TextDisplay, content: piece } : piece)),
      },
    ],
    allowed_mentions: { parse: [], users: notify },
    attachments: view.blocks.flatMap(attachmentOf).map((file, at) => ({ id: String(at), ...file })),
  };
}

/** Discord refuses a message with one `custom_id` twice, and a second button for the same thing says nothing new. */
function distinct(pieces: readonly Piece[]): readonly Piece[] {
  const seen = new Set<string>();
  const fresh = ({ custom_id }: APIButtonComponentWithCustomId) => !seen.has(custom_id) && seen.add(custom_id);
  return pieces
    .map((piece) => (isRow(piece) ? { ...piece, components: piece.components.filter(fresh) } : piece))
    .filter((piece) => (isRow(piece) ? piece.components.length > 0 : piece !== ""));
}

const isRow = (piece: Piece): piece is Row => typeof piece !== "string" && "components" in piece;
const componentsOf = (piece: Piece): number => (isRow(piece) ? 1 + piece.components.length : 1);
const textOf = (piece: Piece): number => (isRow(piece) ? piece.components.reduce((sum, { label }) => sum + (label?.length ?? 0), 0) : 0);

/** Buttons and pictures take their room first; texts share what is left, from the top. */
function shorten(pieces: readonly Piece[], characters: number, components: number): readonly Piece[] {
  let left = components - 1;
  const rows = new Set<Piece>();
  for (const piece of pieces)
    if (typeof piece !== "string" && componentsOf(piece) <= left) {
      rows.add(piece);
      left -= componentsOf(piece);
    }
  let room = characters - [...rows].reduce((sum, row) => sum + textOf(row), 0);
  const fitted: Piece[] = [];
  for (const piece of joined(
    pieces.filter((one) => typeof one === "string" || rows.has(one)),
    left + 1,
  )) {
    const kept = typeof piece === "string" ? clip(piece, Math.max(room, 0)) : piece;
    if (typeof kept === "string" && room < SHORTEST && kept !== piece) continue;
    if (typeof kept === "string") room -= kept.length;
    fitted.push(kept);
  }
  return fitted;
}

/** Puts neighbouring texts together when there are more of them than components left. */
function joined(pieces: readonly Piece[], texts: number): readonly Piece[] {
  if (pieces.filter((piece) => typeof piece === "string").length <= texts) return pieces;
  const together: Piece[] = [];
  for (const piece of pieces) {
    const last = together.at(-1);
    if (typeof piece === "string" && typeof last === "string") together[together.length - 1] = `${last}\n\n${piece}`;
    else together.push(piece);
  }
  return together;
}
