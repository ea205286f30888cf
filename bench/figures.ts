/** What benchmarks measure with and print. Nothing is asserted: a figure is only worth as much as the machine is quiet. */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg } from "node:os";

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** One line of the table: what was measured, the reference of the same run where there is one, and the aim. */
export interface Figure {
  readonly what: string;
  readonly ours: number;
  readonly unit: string;
  readonly reference?: { readonly name: string; readonly value: number };
  /** ours ÷ reference, as the aim is put. */
  readonly aim?: string;
}

const short = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));

/** Prints the table and writes it as JSON beside the machine it was measured on. */
export async function report(figures: readonly Figure[], file: URL): Promise<void> {
  const rows = figures.map(({ what, ours, unit, reference, aim }) => ({
    what,
    ours: `${short(ours)} ${unit}`,
    reference: reference ? `${short(reference.value)} ${reference.name}` : "",
    ratio: reference ? short(ours / reference.value) : "",
    aim: aim ?? "",
  }));
  console.table(rows);
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model ?? "unknown", load: loadavg(), node: process.version };
  await writeFile(file, `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
}
