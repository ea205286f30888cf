/** Views and forms as Block Kit. Pure: whoever calls it knows the names. */
import type { types } from "@slack/bolt";
import { encodePress } from "../../app/button.ts";
import { clip, printable } from "../../core/markup.ts";
import type { Block, Form, FormField, RankingRow, RubricLine, Tone, View } from "../../core/view.ts";
import { fitted, type Room } from "./fit.ts";
import {
  BUTTON_LABEL_CHARACTERS,
  FALLBACK_CHARACTERS,
  HEADER_CHARACTERS,
  IMAGE_ALT_CHARACTERS,
  INPUT_CHARACTERS,
  INPUT_LABEL_CHARACTERS,
  MESSAGE_BLOCKS,
  MESSAGE_BLOCKS_BYTES,
  MODAL_TITLE_CHARACTERS,
  OPTION_CHARACTERS,
  RADIO_OPTIONS,
  SELECT_OPTIONS,
  VIEW_BLOCKS,
  VIEW_BLOCKS_BYTES,
} from "./limits.ts";
import {
  bullets,
  escaped,
  type Inline,
  inline,
  member,
  type Naming,
  type Paragraph,
  paragraphs,
  section,
  spoken,
  tidied,
  verbatim,
} from "./markup.ts";
import { type Files, NO_FILES } from "./pictures.ts";

export interface DrawnMessage {
  /** For notifications and screen readers; the blocks say the same. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** `callback_id`s. A reply has nothing to submit. */
export const FORM_CALLBACK = "form";
const REPLY_CALLBACK = "reply";
const HOME_CALLBACK = "home";
/** Every button's `action_id` begins so; what follows makes it unique in its message. */
export const PRESS_ACTION = "press:";
/** The `action_id` of a form's fields; their `block_id` is the field's name. */
export const FIELD_ACTION = "value";

const APP_NAME = "Drillroom";

const MESSAGE_ROOM: Room = { blocks: MESSAGE_BLOCKS, bytes: MESSAGE_BLOCKS_BYTES };
const VIEW_ROOM: Room = { blocks: VIEW_BLOCKS, bytes: VIEW_BLOCKS_BYTES };

const TONES: { readonly [T in Tone]: string } = { plain: "", good: "✅ ", warn: "⚠️ " };
const RUBRIC_MARKS: { readonly [S in RubricLine["state"]]: string } = { covered: "✅", mentioned: "🟡", unsure: "❔", missed: "⬜" };

/** `emoji: false` shows `:smile:` as typed. */
const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: "plain_text",
  text: clip(printable(text).replace(/\s+/g, " ").trim(), limit) || "…",
  emoji: false,
});

function rich(parts: readonly Paragraph[]): types.KnownBlock[] {
  const elements = tidied(parts);
  return elements.length === 0 ? [] : [{ type: "rich_text", elements }];
}
const lines = (rows: readonly Inline[][]): Inline[] => rows.flatMap((row, at) => (at === 0 ? row : [verbatim("\n"), ...row]));

/** `at` is the block's index in its view. */
type Draw<K extends Block["kind"]> = (block: Extract<Block, { kind: K }>, naming: Naming, at: number, files: Files) => types.KnownBlock[];

const TABLE: { readonly [K in Block["kind"]]: Draw<K> } = {
  text: ({ markdown }, naming) => rich(paragraphs(markdown, naming)),
  quote: ({ text, by }, naming) =>
    rich([
      { type: "rich_text_quote", elements: [verbatim(text.trimEnd())] },
      section(by === undefined ? [] : [verbatim("— "), member(by, naming)]),
    ]),
  facts: ({ facts }, naming) =>
    rich([section(lines(facts.map(({ name, value }) => [verbatim(`${name}: `, { bold: true }), ...inline(value, naming)])))]),
  ranking: ({ unit, rows }) => rich([section(lines(rows.flatMap((row) => rankingRow(row, unit))))]),
  rubric: ({ points }, naming) => rich([bullets(points.map((point) => rubricLine(point, naming)))]),
  picture(block, _naming, _at, files) {
    const id = files.get(block);
    return id === undefined ? [] : [{ type: "image", slack_file: { id }, alt_text: plain(block.alt, IMAGE_ALT_CHARACTERS).text }];
  },
  // What holds it is said by who sends it: see surface.ts.
  file: ({ name }) => rich([section([verbatim(name, { code: true })])]),
  buttons: ({ buttons }, _naming, at) =>
    buttons.length === 0
      ? []
      : [
          {
            type: "actions",
            elements: buttons.map(
              (button, index): types.Button => ({
                type: "button",
                text: plain(button.label, BUTTON_LABEL_CHARACTERS),
                action_id: `${PRESS_ACTION}${at}:${index}`,
                value: encodePress(button),
                ...(button.style === undefined || button.style === "plain" ? {} : { style: button.style }),
              }),
            ),
          },
        ],
};

function rankingRow({ rank, name, value, note, own, gap }: RankingRow, unit: string): Inline[][] {
  const words = `${rank}. ${printable(name)} – ${value} ${unit}${note === undefined ? "" : ` · ${note}`}`;
  const row = own ? [verbatim(`${words}  ← you`, { bold: true })] : [verbatim(words)];
  return gap ? [[verbatim("⋯")], row] : [row];
}

function rubricLine({ state, text, evidence }: RubricLine, naming: Naming): Inline[] {
  const said = evidence === undefined ? [] : [verbatim("\n"), verbatim(`“${evidence}”`, { italic: true })];
  return [verbatim(`${RUBRIC_MARKS[state]} `), ...inline(text, naming), ...said];
}

const drawBlock = <K extends Block["kind"]>(
  block: Extract<Block, { kind: K }>,
  naming: Naming,
  at: number,
  files: Files,
): types.KnownBlock[] => TABLE[block.kind as K](block, naming, at, files);

function drawBlocks(view: View, naming: Naming, files = NO_FILES): types.KnownBlock[] {
  const body = view.blocks.flatMap((block, at) => drawBlock(block, naming, at, files));
  const unnamed = (view.notify ?? []).filter((id) => !JSON.stringify(body).includes(`"user_id":${JSON.stringify(id)}`));
  const called = unnamed.flatMap((id) => [member(id, naming), verbatim(" ")]);
  return [
    { type: "header", text: plain(`${TONES[view.tone ?? "plain"]}${view.title}`, HEADER_CHARACTERS) },
    ...rich([section(called)]),
    ...body,
  ];
}

/**
 * A message that fits Slack's limits, whatever the view: what is too long is cut and said to be, buttons
 * last. Pictures without a file are left out.
 */
export const drawMessage = (view: View, naming: Naming, files = NO_FILES): DrawnMessage => drawn(view, naming, files, MESSAGE_ROOM);

/** Half of it, for when Slack takes less than it took before. */
export const drawShort = (view: View, naming: Naming, files = NO_FILES): DrawnMessage =>
  drawn(view, naming, files, { ...MESSAGE_ROOM, bytes: MESSAGE_ROOM.bytes / 2 });

function drawn(view: View, naming: Naming, files: Files, room: Room): DrawnMessage {
  const blocks = fitted(drawBlocks(view, naming, files), room);
  return { blocks, text: clip(escaped(speak(blocks)), FALLBACK_CHARACTERS) };
}

/** The words alone, and which buttons are missing: for when Slack takes no blocks of ours. */
export function drawPlain(view: View, naming: Naming): DrawnMessage {
  const labels = view.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons.map(({ label }) => printable(label)) : []));
  const missing = labels.length === 0 ? "" : ` and its buttons (${labels.join(", ")})`;
  const note = `\n\nSlack refused this message as it was made: its form${missing} is left out. /help lists the commands.`;
  const told = escaped(clip(note, FALLBACK_CHARACTERS / 4));
  return { blocks: [], text: `${clip(escaped(speak(drawBlocks(view, naming))), FALLBACK_CHARACTERS - told.length)}${told}` };
}

/** The members that a view shows or calls, for whoever must learn their names first. */
export function membersIn(view: View): readonly string[] {
  const met = new Set<string>();
  drawBlocks(view, (id) => {
    met.add(id);
    return id;
  });
  return [...met];
}

/** A view in a modal, where feedback on a form takes the form's place. */
export const drawReply = (view: View, metadata: string, naming: Naming, files = NO_FILES): types.ModalView => ({
  type: "modal",
  callback_id: REPLY_CALLBACK,
  title: plain(APP_NAME, MODAL_TITLE_CHARACTERS),
  close: plain("Close", MODAL_TITLE_CHARACTERS),
  private_metadata: metadata,
  blocks: fitted(drawBlocks(view, naming, files), VIEW_ROOM),
});

/** A view as somebody's home tab. https://docs.slack.dev/reference/views/home-tab-views */
export const drawHome = (view: View, metadata: string, files = NO_FILES): types.HomeView => ({
  type: "home",
  callback_id: HOME_CALLBACK,
  private_metadata: metadata,
  blocks: fitted(
    drawBlocks(view, () => undefined, files),
    VIEW_ROOM,
  ),
});

/** Stands in for a form or for feedback that takes longer than Slack waits. */
export const WAITING_MODAL: types.ModalView = drawReply({ title: "One moment…", blocks: [] }, "", () => undefined);

export const drawForm = (form: Form, metadata: string, naming: Naming): types.ModalView => ({
  type: "modal",
  callback_id: FORM_CALLBACK,
  title: plain(form.title, MODAL_TITLE_CHARACTERS),
  submit: plain(form.submit, MODAL_TITLE_CHARACTERS),
  close: plain("Cancel", MODAL_TITLE_CHARACTERS),
  private_metadata: metadata,
  blocks: [...rich(paragraphs(form.intro ?? "", naming)), ...form.fields.map(drawField)],
});

const drawField = (field: FormField): types.InputBlock => ({
  type: "input",
  block_id: field.name,
  label: plain(field.label, INPUT_LABEL_CHARACTERS),
  ...(field.hint === undefined ? {} : { hint: plain(field.hint, INPUT_LABEL_CHARACTERS) }),
  optional: !field.required,
  element: field.kind === "choice" ? drawChoice(field) : drawLine(field),
});

function drawLine({ kind, maxLength, value }: Extract<FormField, { kind: "line" | "paragraph" }>): types.PlainTextInput {
  const limit = Math.min(maxLength, INPUT_CHARACTERS);
  return {
    type: "plain_text_input",
    action_id: FIELD_ACTION,
    multiline: kind === "paragraph",
    max_length: limit,
    ...(value === undefined || value === "" ? {} : { initial_value: clip(value, limit) }),
  };
}

/** Radio buttons show every option's hint; a menu holds more. */
function drawChoice({ options, value }: Extract<FormField, { kind: "choice" }>): types.RadioButtons | types.StaticSelect {
  const drawn = options.slice(0, SELECT_OPTIONS).map(
    (option): types.PlainTextOption => ({
      text: plain(option.label, OPTION_CHARACTERS),
      value: option.value,
      ...(option.hint === undefined ? {} : { description: plain(option.hint, OPTION_CHARACTERS) }),
    }),
  );
  const chosen = drawn.find((option) => option.value === value);
  return {
    type: drawn.length <= RADIO_OPTIONS ? "radio_buttons" : "static_select",
    action_id: FIELD_ACTION,
    options: drawn,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

/** All text of drawn blocks, in order. */
function speak(blocks: readonly types.KnownBlock[]): string {
  const paragraph = (part: Paragraph): string =>
    part.type === "rich_text_list"
      ? part.elements.map((item) => `• ${item.elements.map(spoken).join("")}`).join("\n")
      : part.elements.map(spoken).join("");
  return blocks
    .flatMap((block) => {
      if (block.type === "header") return [block.text.text];
      return block.type === "rich_text" ? block.elements.map(paragraph) : [];
    })
    .filter((text) => text.trim() !== "")
    .join("\n");
}
