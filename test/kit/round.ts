/** Mock rounds of the group that meets in the product's channel. */
import { expect } from "vitest";
import { caseOf } from "../../src/core/drill_choice.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import type { View } from "../../src/core/view.ts";
import { buttonOf, CHANNEL, groupOf, type Product } from "./product.ts";

/** Those that are open, oldest first. */
export const roundsOf = async (product: Product): Promise<readonly Interview[]> =>
  product.store.read.rounds.active((await groupOf(product)).id);

/** The one that was opened first. */
export async function roundOf(product: Product): Promise<Interview> {
  const [round] = await roundsOf(product);
  return round ?? expect.fail("no round is active");
}

/** A case to play here: another one where a drill on the first is open, since that is refused. */
export async function freeCase(product: Product): Promise<string> {
  const open = await product.store.read.posts.openDrills(CHANNEL);
  return open.map(caseOf).includes("ad-click-prediction") ? "news-feed" : "ad-click-prediction";
}

/** Ada is candidate, Ben interviewer, these are scorers, and the first prompt was delivered. The lobby comes back. */
export async function beginRound(product: Product, input: object = {}, ...scorers: readonly string[]): Promise<View> {
  const { act, press, pass, said } = product;
  await act("Ada", "mock start", { case: await freeCase(product), ...input });
  await pass(0);
  const lobby = said("Mock round")[0]?.view ?? expect.fail("no lobby was posted");
  await press("Ben", buttonOf(lobby, "Interviewer"));
  for (const scorer of scorers) await press(scorer, buttonOf(lobby, "Scorer"));
  await press("Ben", buttonOf(lobby, "Begin"));
  await pass(0);
  return lobby;
}
