/**
 * `npm run -s bench:weights -- FOLDER` prints the weights for src/core/grading_weights.ts: a
 * logistic regression on SciEntsBank's train split, with three right and three wrong answers of each
 * question drawn as examples, as a rubric point has them, and every feature centred between them.
 */
import { featuresOf } from "../../src/core/grading_likeness.ts";
import { FEATURES, type Feature } from "../../src/core/grading_weights.ts";
import { draw, pointOf, type Row, readSet } from "./data.ts";
import { logistic } from "./logistic.ts";

const EXAMPLES = 3;
const DRAWS = [1, 2, 3];
const RIDGE = 3;

const names = Object.keys(FEATURES) as Feature[];
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const sets = readSet(process.argv[2] ?? "", "seb_train");
if (!sets) throw new Error("name the folder that holds seb_train.jsonl");
const inputs: number[][] = [];
const labels: number[] = [];
const examples: { good: number[][]; bad: number[][] } = { good: [], bad: [] };
for (const rows of sets.values())
  for (const seed of DRAWS) {
    const { drawn, rest } = draw(rows, EXAMPLES, seed);
    const vector = (row: Row) => {
      const found = featuresOf(
        pointOf(
          drawn.filter((other) => other !== row),
          row,
        ),
        row.a,
      );
      return names.map((name) => found[name]);
    };
    const means = [1, 0].map((label) => {
      const vectors = drawn.filter((row) => row.label === label).map(vector);
      return names.map((_, at) => mean(vectors.map((values) => values[at]!)));
    });
    examples.good.push(means[0]!);
    examples.bad.push(means[1]!);
    for (const row of rest) {
      inputs.push(vector(row).map((value, at) => value - (means[0]![at]! + means[1]![at]!) / 2));
      labels.push(row.label);
    }
  }
const [, ...weights] = logistic(inputs, labels, RIDGE);
const typical = (vectors: readonly number[][]) => mean(vectors.map((values) => values.reduce((sum, v, at) => sum + v * weights[at]!, 0)));
for (const [at, name] of names.entries()) console.log(`${name}: ${weights[at]!.toFixed(2)},`);
console.log(`TYPICAL_GOOD = ${typical(examples.good).toFixed(2)}\nTYPICAL_BAD = ${typical(examples.bad).toFixed(2)}`);
