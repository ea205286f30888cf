/**
 * `npm run bench:pictures`: how long a picture takes by kind, whether memory stays flat over 500
 * pictures, and how long the event loop is held up meanwhile. Prints tables; nothing is asserted.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Picture } from "../src/core/picture.ts";
import { createPictures } from "../src/pictures/index.ts";
import { loadBank } from "../src/store/bank.ts";
import { board, comparisonOf, progress, scorecard, sheetOf } from "../test/pictures/samples.ts";

const TIMED = 40;
const RENDERED = 500;
const SAMPLED = 50;

const bank = await loadBank(new URL("../content/", import.meta.url));
const diagrams = [...bank.cases.values()].flatMap((item) => item.diagrams);
const sheet = sheetOf(bank.tradeoffs.values());

/** The n-th picture of a kind: its title differs, so that no cache answers. */
const MAKE: { readonly [K in Picture["kind"]]: (n: number) => Picture } = {
  diagram: (n) => {
    const diagram = diagrams[n % diagrams.length];
    if (!diagram) throw new Error("the bank has no diagrams");
    return { kind: "diagram", title: `${diagram.title} ${n}`, architecture: diagram };
  },
  comparison: (n) => {
    const diagram = diagrams[n % diagrams.length];
    if (!diagram) throw new Error("the bank has no diagrams");
    return { kind: "comparison", title: `${diagram.title} ${n}`, comparison: comparisonOf(diagram, n % 9) };
  },
  board: (n) => ({ ...board, title: `Board ${n}` }),
  scorecard: (n) => ({ ...scorecard, title: `Scorecard ${n}` }),
  progress: (n) => ({ ...progress, title: `Progress ${n}` }),
  sheet: (n) => ({ ...sheet, title: `Sheet ${n}` }),
};
const KINDS = Object.keys(MAKE) as Picture["kind"][];

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const pictures = createPictures();
const delay = monitorEventLoopDelay({ resolution: 1 });
const started = performance.now();
await pictures.png(MAKE.board(-1), "dark");
console.log(`first picture, with the start of the thread and the fonts: ${Math.round(performance.now() - started)} ms`);

delay.enable();
const times: Record<string, Record<string, number>> = {};
for (const kind of KINDS) {
  const taken: number[] = [];
  const bytes: number[] = [];
  for (let n = 0; n < TIMED; n += 1) {
    const start = performance.now();
    const png = await pictures.png(MAKE[kind](n), n % 2 === 0 ? "dark" : "light");
    taken.push(performance.now() - start);
    bytes.push(png.byteLength);
  }
  times[kind] = {
    "p50 ms": Math.round(quantile(taken, 0.5)),
    "p95 ms": Math.round(quantile(taken, 0.95)),
    "p50 kB": Math.round(quantile(bytes, 0.5) / 1024),
  };
}
console.table(times);

const memory: number[] = [];
for (let n = 0; n < RENDERED; n += 1) {
  const kind = KINDS[n % KINDS.length];
  if (kind) await pictures.png(MAKE[kind](TIMED + n), n % 2 === 0 ? "dark" : "light");
  if (n % SAMPLED === SAMPLED - 1) memory.push(Math.round(process.memoryUsage.rss() / 1024 / 1024));
}
console.log(`resident memory in MiB after each ${SAMPLED} of ${RENDERED} pictures: ${memory.join(" ")}`);
delay.disable();
const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
console.log(
  `event loop held up while drawing: p50 ${ms(delay.percentile(50))} ms, p99 ${ms(delay.percentile(99))} ms, at most ${ms(delay.max)} ms`,
);
await pictures.close();
