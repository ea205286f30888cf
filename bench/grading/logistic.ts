/** Logistic regression with a ridge, by Newton's method; the first weight is the intercept. */
export function logistic(inputs: readonly (readonly number[])[], labels: readonly number[], ridge: number): number[] {
  const rows = inputs.map((values) => [1, ...values]);
  const size = rows[0]!.length;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < 30; round++) {
    const slope = weights.map((weight, at) => (at === 0 ? 0 : -ridge * weight));
    const curve = weights.map((_, a) => weights.map((_, b) => (a === b && a > 0 ? ridge : 0)));
    rows.forEach((row, nth) => {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * weights[at]!, 0)));
      row.forEach((value, a) => {
        slope[a]! += (labels[nth]! - chance) * value;
        row.forEach((other, b) => {
          curve[a]![b]! += chance * (1 - chance) * value * other;
        });
      });
    });
    const step = solve(curve, slope);
    weights = weights.map((weight, at) => weight + step[at]!);
    if (Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  return weights;
}

/** Solves a positive definite system by elimination, in place. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let at = 0; at < size; at++)
    for (let row = at + 1; row < size; row++) {
      const factor = matrix[row]![at]! / matrix[at]![at]!;
      for (let column = at; column < size; column++) matrix[row]![column]! -= factor * matrix[at]![column]!;
      right[row]! -= factor * right[at]!;
    }
  for (let at = size - 1; at >= 0; at--) {
    for (let column = at + 1; column < size; column++) right[at]! -= matrix[at]![column]! * right[column]!;
    right[at]! /= matrix[at]![at]!;
  }
  return right;
}
