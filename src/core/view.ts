/** What a person sees, as plain JSON without a platform's words. Renderers turn it into messages. */
import type { PointState } from "./grading.ts";
import type { Picture } from "./picture.ts";

export type Tone = "plain" | "good" | "warn";

/**
 * All text of one view together stays within this many characters, so that every platform
 * can show it whole in one message (the narrowest is Discord: 4,000 over all components).
 */
export const VIEW_CHARACTERS = 3_500;

export interface View {
  /** Plain text, not markdown; also what notifications and screen readers say first. */
  readonly title: string;
  readonly tone?: Tone;
  readonly blocks: readonly Block[];
  /** Member ids that this message may ping. Nobody else is ever pinged. */
  readonly notify?: readonly string[];
}

/** What was asked for is done: a title, and one paragraph on what that means. */
export const done = (title: string, markdown: string): View => ({ title, tone: "good", blocks: [{ kind: "text", markdown }] });

export type Block =
  /** Our own words, in the small Markdown of markup.ts. */
  | { readonly kind: "text"; readonly markdown: string }
  /** Somebody's words, shown as typed and set apart. `by` is a member's id. */
  | { readonly kind: "quote"; readonly text: string; readonly by?: string }
  /** Names and values, in order. `value` is markdown. */
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  /** A leaderboard. `gap` marks a row that does not follow the one before it. */
  | { readonly kind: "ranking"; readonly unit: string; readonly rows: readonly RankingRow[] }
  /** Feedback by rubric point: what was earned, with the words that earned it. */
  | { readonly kind: "rubric"; readonly points: readonly RubricLine[] }
  /** `alt` is the same in words, of at most ALT_CHARACTERS. The view says the facts in words besides: it may be shown without. */
  | { readonly kind: "picture"; readonly picture: Picture; readonly alt: string }
  /** A text to take along, at most FILE_BYTES (file.ts), in private replies alone. `name` is unique in its view: a-z, 0-9, dashes, an ending. */
  | { readonly kind: "file"; readonly name: string; readonly type: "application/json"; readonly text: string }
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] };

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface RankingRow {
  readonly rank: number;
  /** Display name: hostile text. */
  readonly name: string;
  readonly value: number;
  /** A few words of ours beside the value. */
  readonly note?: string;
  /** The reader's own row. */
  readonly own?: boolean;
  readonly gap?: boolean;
}

export interface RubricLine {
  readonly state: PointState;
  /** Markdown: the point itself, or a hint at it while answers are sealed. */
  readonly text: string;
  /** The member's own words: hostile text. */
  readonly evidence?: string;
}

/** Pressing one is an invocation of `command` with `input`. At most five stand in one block. */
export interface Button {
  readonly label: string;
  readonly command: string;
  readonly input: Readonly<Record<string, string | number | boolean>>;
  readonly style?: "primary" | "plain" | "danger";
  /** The turn of the round that the button was drawn for; a later press is explained, not executed. */
  readonly revision?: number;
}

/** A form: the platforms take at most five fields. Its submission is an invocation. */
export interface Form {
  readonly title: string;
  /** Markdown above the fields. */
  readonly intro?: string;
  readonly submit: string;
  readonly fields: readonly FormField[];
  /** What its submission says beside the fields: which drill or step it was opened for. */
  readonly carry?: Readonly<Record<string, string | number | boolean>>;
  /** The turn it was opened for. */
  readonly revision?: number;
}

export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
} & (
  | { readonly kind: "line" | "paragraph"; readonly maxLength: number; readonly value?: string }
  | { readonly kind: "choice"; readonly options: readonly FormOption[]; readonly value?: string }
);

export interface FormOption {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}
