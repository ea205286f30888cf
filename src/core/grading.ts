/** Grades a free-text answer against rubric points, offline and with the words that earned each. */
import type { RubricPoint, Vocabulary } from "./content.ts";

/** From best to worst. `unsure` and `mentioned` count half. */
export type PointState = "covered" | "mentioned" | "unsure" | "missed";

/** A verbatim piece of the answer; `start` and `end` are UTF-16 offsets into it. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface PointGrade {
  readonly id: string;
  readonly state: PointState;
  readonly evidence: readonly Evidence[];
}
