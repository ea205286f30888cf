/** Chance that can be had again: the same seed, the same numbers. */

/** From CHAOS_SEED, or a new one; a test that uses it names it, so that a failure can be repeated. */
export const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

/** Numbers in [0, 1): a linear congruential generator with the constants of ANSI C, of which the low bits are dropped. */
export function chance(seed: number): () => number {
  let state = seed % 2 ** 31;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor(state / 2 ** 15) / 2 ** 16;
  };
}
