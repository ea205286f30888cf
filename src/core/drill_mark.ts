/** Marks an answer to a drill: what was read, and the share of it that is right. */
import { type Comparison, compareArchitecture, drawsOnlyAModel, parseArchitecture } from "./architecture.ts";
import type { Bank } from "./content.ts";
import type { DrawDrill, Drill, EstimateDrill, OpenDrill, OrderDrill } from "./drill.ts";
import { coverage, gradeAnswer, type PointGrade } from "./grading.ts";
import { jumpToModel } from "./jump.ts";
import { readOrder } from "./order.ts";
import { quantityInWords, readQuantity, withinFactor } from "./quantity.ts";
import { type Refusal, refuse } from "./refusal.ts";

export interface Marked {
  /** 0 to 1. */
  readonly coverage: number;
  /** Of an open drill, one for each point. */
  readonly grades: readonly PointGrade[];
  /** The answer as it was read: an option's words, not its number. Hostile text. */
  readonly shown: string;
  /** Of a drawing. */
  readonly comparison?: Comparison;
  /** Lines of a drawing that were not understood. */
  readonly unread?: readonly string[];
  /** A drawing that is a network and no system. */
  readonly modelOnly?: boolean;
  /** The words that named a model before the requirements were settled. */
  readonly jumped?: string;
}

export type Marking = { readonly ok: true; readonly marked: Marked } | { readonly ok: false; readonly refusal: Refusal };

/** Refuses what cannot be read as an answer to this kind of drill, and says how to write it. */
export function mark(drill: Drill, answer: string, bank: Bank): Marking {
  switch (drill.kind) {
    case "open":
      return marked(markOpen(drill, answer, bank));
    case "choice": {
      const shown = drill.options[Number(answer) - 1];
      if (shown === undefined) return refuse("That is none of the options", `Answer with a number from 1 to ${drill.options.length}.`);
      return marked({ coverage: Number(answer) - 1 === drill.right ? 1 : 0, grades: [], shown });
    }
    case "estimate":
      return markEstimate(drill, answer);
    case "order":
      return markOrder(drill, answer);
    case "draw":
      return markDrawing(drill, answer, bank);
  }
}

const marked = (what: Marked): Marking => ({ ok: true, marked: what });

function markOpen(drill: OpenDrill, answer: string, { vocabulary }: Bank): Marked {
  const grades = gradeAnswer(drill.rubric, answer, vocabulary);
  const [only, ...more] = drill.steps;
  const jump = only !== undefined && more.length === 0 ? jumpToModel(only, answer, vocabulary) : undefined;
  return { grades, coverage: coverage(drill.rubric, grades), shown: answer, ...(jump ? { jumped: jump.evidence[0]?.text ?? answer } : {}) };
}

function markEstimate({ value, unit, factor }: EstimateDrill, answer: string): Marking {
  const read = readQuantity(answer, unit);
  if (!read.ok) return refuse("That number cannot be read", read.problem);
  return marked({ coverage: withinFactor(read.value, value, factor) ? 1 : 0, grades: [], shown: quantityInWords(read.value, unit) });
}

function markOrder({ items, right }: OrderDrill, answer: string): Marking {
  const order = readOrder(answer, items.length);
  if (!order)
    return refuse(
      "That is no order of these",
      `Write each number from 1 to ${items.length} once, first to last, such as \`${example(items.length)}\`.`,
    );
  const correct = order.every((item, at) => item === right[at]);
  return marked({ coverage: correct ? 1 : 0, grades: [], shown: inOrder(items, order) });
}

/** "2 1 4 3 …": an order that nobody would take for a hint. */
export const example = (count: number): string =>
  Array.from({ length: count }, (_, at) => ((at ^ 1) < count ? (at ^ 1) + 1 : at + 1)).join(" ");
export const inOrder = (items: readonly string[], order: readonly number[]): string => order.map((at) => items[at] ?? "").join(" → ");

function markDrawing({ diagram }: DrawDrill, answer: string, { vocabulary }: Bank): Marking {
  const parsed = parseArchitecture(answer);
  if (!parsed.ok) return parsed;
  const comparison = compareArchitecture(parsed.drawing, diagram, vocabulary);
  const modelOnly = drawsOnlyAModel(parsed.drawing);
  return marked({
    coverage: comparison.f1,
    grades: [],
    shown: answer,
    comparison,
    unread: parsed.unread,
    ...(modelOnly ? { modelOnly } : {}),
  });
}
