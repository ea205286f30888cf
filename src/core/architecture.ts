/** The architecture of a system, as the bank keeps it and as people draw it from memory. */

export interface ArchitectureNode {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly plane?: string | undefined;
  readonly aliases?: readonly string[];
}

export interface ArchitectureEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string | undefined;
  /** The sender does not wait. */
  readonly async: boolean;
}

export interface Architecture {
  readonly planes: readonly { readonly id: string; readonly title: string }[];
  readonly nodes: readonly ArchitectureNode[];
  readonly edges: readonly ArchitectureEdge[];
}

/** A drawing beside its reference: what both have, what one lacks, what the other has too much. */
export interface Comparison {
  readonly planes: Architecture["planes"];
  readonly nodes: readonly (ArchitectureNode & {
    readonly state: "matched" | "missing" | "extra";
    /** What was typed, where an alias matched. */
    readonly typed?: string;
  })[];
  readonly edges: readonly (ArchitectureEdge & { readonly state: "matched" | "missing" | "extra" | "reversed" | "shortcut" })[];
  /** From 0 to 1. */
  readonly f1: number;
}
