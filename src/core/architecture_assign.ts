/** Pairs rows with columns so that the sum of weights is greatest (the Hungarian method). */

interface Market {
  readonly weights: readonly (readonly number[])[];
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  /** The row that holds a column. Rows and columns count from 1; row 0 is nobody, column 0 the row that seeks one. */
  readonly holder: Int32Array;
}

const at = (list: ArrayLike<number>, index: number): number => list[index] ?? 0;
const weightAt = ({ weights }: Market, row: number, column: number): number => weights[row - 1]?.[column - 1] ?? 0;

/**
 * For each row its column, or -1 where it is better off alone: a weight of 0 pairs nobody. Weights
 * are not negative. Deterministic; cubic in the rows, linear in the columns.
 * https://en.wikipedia.org/wiki/Hungarian_algorithm
 */
export function assign(weights: readonly (readonly number[])[]): number[] {
  const rows = weights.length;
  // Every row has a column of its own, of weight 0, where it stays alone.
  const columns = (weights[0]?.length ?? 0) + rows;
  const market: Market = {
    weights,
    rowPrice: new Float64Array(rows + 1),
    columnPrice: new Float64Array(columns + 1),
    holder: new Int32Array(columns + 1),
  };
  for (let row = 1; row <= rows; row++) {
    market.holder[0] = row;
    seat(market, columns);
  }
  const pairs = new Array<number>(rows).fill(-1);
  market.holder.forEach((row, column) => {
    if (column > 0 && row > 0 && weightAt(market, row, column) > 0) pairs[row - 1] = column - 1;
  });
  return pairs;
}

/** Finds the row in column 0 a column, along the cheapest path on which others move up. */
function seat(market: Market, columns: number): void {
  const { holder } = market;
  const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(columns + 1);
  const done = new Uint8Array(columns + 1);
  let column = 0;
  do {
    done[column] = 1;
    column = advance(market, column, slack, before, done);
  } while (at(holder, column) !== 0);
  while (column !== 0) {
    holder[column] = at(holder, at(before, column));
    column = at(before, column);
  }
}

/** Extends the path by the column that is cheapest to reach, and adjusts the prices to it. */
function advance(market: Market, column: number, slack: Float64Array, before: Int32Array, done: Uint8Array): number {
  const { rowPrice, columnPrice, holder } = market;
  const row = at(holder, column);
  let next = 0;
  for (let other = 1; other < slack.length; other++) {
    if (done[other]) continue;
    const price = -weightAt(market, row, other) - at(rowPrice, row) - at(columnPrice, other);
    if (price < at(slack, other)) {
      slack[other] = price;
      before[other] = column;
    }
    if (next === 0 || at(slack, other) < at(slack, next)) next = other;
  }
  const step = at(slack, next);
  for (let other = 0; other < slack.length; other++) {
    if (!done[other]) slack[other] = at(slack, other) - step;
    else {
      rowPrice[at(holder, other)] = at(rowPrice, at(holder, other)) + step;
      columnPrice[other] = at(columnPrice, other) - step;
    }
  }
  return next;
}
