/** What an architecture is, and how one that was drawn from memory compares with a reference. */
import type { NodeKind } from "./content.ts";

export interface ArchitectureNode {
  readonly id: string;
  /** In a drawing: what the member typed, hostile text. */
  readonly label: string;
  readonly kind: NodeKind;
  /** A plane's id. */
  readonly plane?: string | undefined;
  /** Other names: an author's in a reference; in a drawing what stood in brackets, as in "feature store (Redis)". */
  readonly aliases?: readonly string[];
}

export interface ArchitectureEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string | undefined;
  /** The sender does not wait. */
  readonly async: boolean;
}

/** A diagram of the bank is one (so optional parts may be undefined, as a parser leaves them); a drawing is another. */
export interface Architecture {
  readonly planes: readonly { readonly id: string; readonly title: string }[];
  readonly nodes: readonly ArchitectureNode[];
  readonly edges: readonly ArchitectureEdge[];
}

export interface ComparedNode extends ArchitectureNode {
  readonly state: "matched" | "missing" | "extra";
  /** What the member called a matched box, when that is another name. Hostile text. */
  readonly typed?: string;
}

/**
 * `from` and `to` are ids of compared nodes. A reversed arrow stands once, in the direction and with
 * the label of the reference; the member drew it the other way round. A shortcut skips boxes: the
 * reference gets from one end to the other, through what was not drawn between them.
 */
export interface ComparedEdge extends ArchitectureEdge {
  readonly state: "matched" | "missing" | "extra" | "reversed" | "shortcut";
}

export interface Comparison {
  readonly planes: Architecture["planes"];
  /** The reference's in their order and with their ids, then what is extra. */
  readonly nodes: readonly ComparedNode[];
  readonly edges: readonly ComparedEdge[];
  /** 0 to 1, over boxes and arrows together. */
  readonly f1: number;
}
