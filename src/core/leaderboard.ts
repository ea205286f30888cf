/** Ranks standings: ties share a rank, and the reader always finds themselves and their neighbours. */
import type { RankingRow } from "./view.ts";

const TOP = 10;
const NEIGHBOURS = 1;

/** `standings` come highest first. The top ten, then the own row with its neighbours where it is lower. */
export function boardRows(
  standings: readonly { readonly member: string; readonly name: string; readonly points: number }[],
  own: string,
): readonly RankingRow[] {
  const at = standings.findIndex(({ member }) => member === own);
  let rank = 0;
  let shown = -1;
  return standings.flatMap(({ member, name, points }, index) => {
    if (points !== standings[index - 1]?.points) rank = index + 1;
    if (index >= TOP && (at < 0 || Math.abs(index - at) > NEIGHBOURS)) return [];
    const gap = index > shown + 1;
    shown = index;
    return [{ rank, name, value: points, ...(member === own ? { own: true } : {}), ...(gap ? { gap: true } : {}) }];
  });
}
