/** A rule's "no", as a value: why, and what to do. Nothing was changed when one is given. */
import type { View } from "./view.ts";

export interface Refusal {
  readonly title: string;
  /** Markdown: what it means and what to do next. */
  readonly advice: string;
}

export const refuse = (title: string, advice: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: { title, advice },
});

export const refusalView = (refusal: Refusal): View => ({
  title: refusal.title,
  tone: "warn",
  blocks: [{ kind: "text", markdown: refusal.advice }],
});
