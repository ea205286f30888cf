/** Which shards of Discord's gateway this process runs. https://discord.com/developers/docs/events/gateway#sharding */
import { z } from "zod";
import type { Shards } from "./platforms/discord/index.ts";

/** "auto", "4" (all four here), "3/16", or "0-3/16" (the first four of sixteen here). */
const WRITTEN = /^(?:(?<all>\d{1,5})|(?<first>\d{1,5})(?:-(?<last>\d{1,5}))?\/(?<of>\d{1,5}))$/;
/** Far more than the largest bots run. */
const MOST = 10_000;

export const shards = z
  .string()
  .transform((text, context): Shards => {
    const read = readShards(text.trim());
    if (read) return read;
    context.addIssue("must be auto, a number of shards such as 4, or a part of them such as 0-3/16, counted from 0");
    return z.NEVER;
  })
  .default("auto");

function readShards(text: string): Shards | undefined {
  if (text === "auto") return text;
  const { all, first = "0", last = all === undefined ? first : String(Number(all) - 1), of = all } = WRITTEN.exec(text)?.groups ?? {};
  const [from, to, count] = [Number(first), Number(last), Number(of)];
  // Not a number is in no order either.
  return from <= to && to < count && count <= MOST
    ? { ids: Array.from({ length: to - from + 1 }, (_, at) => from + at), of: count }
    : undefined;
}
