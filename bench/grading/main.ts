/**
 * `npm run bench:grading -- --data FOLDER`: the figures of the grader's targets. FOLDER holds
 * SemEval-2013 Task 7 as JSON lines (seb_train, seb_ua, beetle_train, beetle_ua); without it the
 * exams are skipped.
 */
import { parseArgs } from "node:util";
import { loadBank } from "../../src/store/bank.ts";
import { examLines } from "./exams.ts";
import { percent } from "./figures.ts";
import { countJumps, countSet, type Half, type SetName } from "./sets.ts";
import { timeOf } from "./time.ts";

const { values } = parseArgs({ options: { data: { type: "string" } } });
const bank = await loadBank(new URL("../../content/", import.meta.url));
const HALVES: readonly Half[] = ["dev", "held"];

console.log("Exams (SemEval-2013 Task 7, two classes: correct against the rest; weights learned on SciEntsBank's train split)");
console.log(values.data === undefined ? "skipped: no --data FOLDER" : examLines(values.data).join("\n"));

console.log(
  "\nTest sets of this repository (rules made on the lines of dev; of held only the totals were looked at, again and again, so it is no longer blind)",
);
const sets: readonly (readonly [SetName, string])[] = [
  ["negated", "negated claims not covered (target .90)"],
  ["double_negatives", "double negatives not missed (target .90)"],
  ["stuffed", "stuffed answers not covered (target 1.00)"],
  ["honest_short", "honest short answers covered"],
];
for (const [name, what] of sets)
  for (const half of HALVES) {
    const { right, all } = countSet(name, half, bank);
    console.log(`${what}, ${half}: ${percent(right, all)}`);
  }
for (const half of HALVES) {
  const { hits, alarms, misses, all } = countJumps(half, bank);
  const shares = `precision ${percent(hits, hits + alarms)} (target .95), recall ${percent(hits, hits + misses)} (target .85)`;
  console.log(`a jump to the model, ${half}: ${shares}; ${all} answers`);
}

const { median, least } = timeOf(bank);
console.log(`\n8 points, 1,400 characters, warm: median ${median.toFixed(2)} ms, least ${least.toFixed(2)} ms (target 2)`);
