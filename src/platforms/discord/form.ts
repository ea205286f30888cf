/** Forms as modals: an introduction, and one label for each field. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIRadioGroupComponent,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import { encodePress, type Press } from "../../app/button.ts";
import { clip, parse } from "../../core/markup.ts";
import type { Form, FormField } from "../../core/view.ts";
import {
  LABEL,
  LABEL_DESCRIPTION,
  MESSAGE_TEXT,
  MODAL_COMPONENTS,
  MODAL_TITLE,
  OPTION_TEXT,
  RADIO_OPTIONS,
  SELECT_OPTIONS,
  TEXT_INPUT,
} from "./limits.ts";
import { draw } from "./markup.ts";

/** `press` is what the submission will be an invocation of. Undefined when it is longer than a modal can carry. */
export function renderForm(form: Form, press: Press): APIModalInteractionResponseCallbackData | undefined {
  const room = form.fields.length < MODAL_COMPONENTS;
  const [first, ...others] = form.fields.slice(0, MODAL_COMPONENTS);
  // With as many fields as fit, what stands above them joins what the first one says.
  const told = first && form.intro && !room ? { ...first, hint: [first.hint, spoken(form.intro)].filter(Boolean).join(". ") } : first;
  const labels = (told ? [told, ...others] : []).map(drawField);
  const carried = carry(press);
  if (carried === undefined) return undefined;
  return {
    custom_id: carried,
    title: clip(form.title, MODAL_TITLE),
    components: [
      ...(form.intro && room ? [{ type: ComponentType.TextDisplay, content: clip(draw(form.intro), MESSAGE_TEXT) } as const] : []),
      ...labels,
    ],
  };
}

/** Markdown as plain words, for where Discord formats nothing. */
const spoken = (markdown: string): string =>
  parse(markdown)
    .map((span) => ("text" in span ? span.text : ""))
    .join("")
    .replace(/\s+/g, " ")
    .trim();

/** Options of a slash command are as long as somebody typed them; a button's are ours. */
function carry(press: Press): string | undefined {
  try {
    return encodePress(press);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first half of a character that the cut went through. */
const HALF = /[\ud800-\udbff]$/;

/** Discord refuses an empty description. */
const described = (hint: string | undefined, limit: number): { description?: string } =>
  hint?.trim() ? { description: clip(hint.trim(), limit) } : {};

function drawField(field: FormField): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: clip(field.label, LABEL),
    ...described(field.hint, LABEL_DESCRIPTION),
    component: field.kind === "choice" ? drawChoice(field) : drawText(field),
  };
}

function drawText(field: Extract<FormField, { kind: "line" | "paragraph" }>): APITextInputComponent {
  const most = Math.min(field.maxLength, TEXT_INPUT);
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: field.kind === "line" ? TextInputStyle.Short : TextInputStyle.Paragraph,
    max_length: most,
    required: field.required,
    ...(field.value === undefined ? {} : { value: field.value.slice(0, most).replace(HALF, "") }),
  };
}

/** All options in sight where Discord can show them, a menu otherwise. */
function drawChoice(field: Extract<FormField, { kind: "choice" }>): APIRadioGroupComponent | APIStringSelectComponent {
  const options = field.options.slice(0, SELECT_OPTIONS).map(({ label, value, hint }) => ({
    label: clip(label, OPTION_TEXT),
    value,
    ...described(hint, OPTION_TEXT),
    ...(value === field.value ? { default: true } : {}),
  }));
  const shared = { custom_id: field.name, required: field.required, options };
  return options.length >= RADIO_OPTIONS.least && options.length <= RADIO_OPTIONS.most
    ? { type: ComponentType.RadioGroup, ...shared }
    : { type: ComponentType.StringSelect, ...shared };
}
