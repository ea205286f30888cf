/** A member who has done everything that one can do, and a look at all that the database holds of them. */
import { expect } from "vitest";
import type { OpenDrill } from "../../src/core/drill.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { createMessenger } from "../../src/platforms/web/deliver.ts";
import { buttonOf, CHANNEL, firstDrill, type Product } from "./product.ts";
import { roundOf } from "./round.ts";

export const ZEBRA = "Zebra";
export const OWN = "My xylophone";
const newest = (product: Product, words: string) => product.said(words).at(-1)?.view ?? expect.fail(`nobody said "${words}"`);

const PROPOSAL = {
  step: "data",
  prompt: `My marimba asks where the labels of our own shop come from, and how late they are.`,
  reference: "From the order log: an order counts when it was not returned within thirty days, so labels are a month late.",
  points: "Names the order log as source | order log, orders\nSays how late labels are | thirty days, month & late, delay",
};

/** Zebra does everything that a member can do, in a group that goes on without them. */
export async function busyMember(product: Product): Promise<string> {
  const chat = createMessenger(
    product.chatLog,
    () => product.now,
    () => undefined,
  );
  product.onDeliver = async (delivery) => {
    if (delivery.kind === "post" || delivery.kind === "notice") await chat.deliver(delivery);
  };
  const { act, press, pass } = product;
  const group = await firstDrill(product);
  await product.chatLog.say({ key: "hello", to: CHANNEL, author: "zebra", text: `${OWN} says hello`, at: product.now });
  await act("Ada", "daily organizer", { member: "Ada" });
  await act(ZEBRA, "help");
  await act("Ada", "daily organizer", { member: ZEBRA });
  await act("Ada", "daily organizer", { member: "Ada" });
  await act(ZEBRA, "plan start", { days: "30" });
  await act(ZEBRA, "daily remind");
  expect((await act(ZEBRA, "mock plan", { when: "in 90 hours" })).title).toBe("The round is planned");
  expect((await act(ZEBRA, "mock pair", { action: "join", level: "starting", days: "daily", times: "18:00-21:00" })).tone).not.toBe("warn");
  // An open drill, whose points can be disputed.
  await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open" });
  await pass(DAY);
  const rubric = (product.library.drills.get((await product.store.read.posts.newest(group))?.drill ?? "") as OpenDrill).rubric;
  const said = `${OWN} begins with the goal, and the goal is what the business earns from it.`;
  const feedback = await act(ZEBRA, "daily answer", { answer: said });
  await act("Ben", "daily answer", { answer: "Ben begins with the traffic: 500,000 requests a second." });
  await press(ZEBRA, buttonOf(feedback, "Share it at the reveal"));
  await act(ZEBRA, "daily answer", { answer: `${said} And improved.` });
  await act(ZEBRA, "daily report", { reason: "unclear", note: `${OWN} cannot tell which service is meant` });
  await act("Ben", "daily report", { reason: "wrong" });
  await pass(20 * HOUR);
  const [missed] = rubric;
  const input = { point: missed?.id ?? "", words: "the goal is what the business earns" };
  expect((await act(ZEBRA, "daily dispute", input)).title).toBe("The group is asked");
  await act("Ben", "daily dispute", { ...input, words: "the traffic" });
  await pass(0);
  await press(ZEBRA, buttonOf(newest(product, "Does this answer say it?"), "It does not"));
  await press("Chen", buttonOf(product.said("Does this answer say it?")[0]?.view ?? newest(product, "Does"), "It says it"));
  await act(ZEBRA, "daily propose", PROPOSAL);
  await act("Ada", "daily proposals").then((view) => press("Ada", buttonOf(view, "Approve")));
  await act(ZEBRA, "daily propose", { ...PROPOSAL, prompt: `${OWN} wonders whether anybody reads this one at all.` });
  await act(ZEBRA, "daily mute", { member: "Ben" });
  await act(ZEBRA, "daily pause");
  await product.store.transaction((tx) => tx.modelCalls.take("2026-11-24", "web/s1/zebra", 5, 5));
  return group;
}

/** A whole round: one candidate, one interviewer, one scorer. */
export async function wholeRound(product: Product, candidate: string, interviewer: string, scorer: string): Promise<string> {
  const { act, press, pass } = product;
  expect((await act(candidate, "mock start", { case: "ad-click-prediction" })).title).toBe("The lobby is open");
  await pass(0);
  const lobby = newest(product, "Mock round");
  await press(interviewer, buttonOf(lobby, "Interviewer"));
  await press(scorer, buttonOf(lobby, "Scorer"));
  await press(interviewer, buttonOf(lobby, "Begin"));
  await pass(0);
  const { id } = await roundOf(product);
  for (let step = 0; step < 7; step++) {
    await act(candidate, "mock answer", {
      text: `${candidate === ZEBRA ? OWN : candidate} answers step ${step} with half a million requests a second`,
      round: id,
    });
    if (step === 1) await act(interviewer, "mock ask", { question: `${interviewer === ZEBRA ? OWN : interviewer} asks why`, round: id });
    if (step === 2) await act(interviewer, "mock curveball", { round: id });
    expect((await act(interviewer, "mock next", { round: id }, { revision: step + 1 })).title).toContain("On to the next");
    await pass(MINUTE);
  }
  for (let step = 1; step <= 7; step++)
    for (const who of [interviewer, scorer]) {
      // Nobody does all that at once: requests are limited.
      product.now += 5_000;
      await act(who, "mock score", {
        step,
        level: who === interviewer ? 2 : 4,
        worked: `${who === ZEBRA ? OWN : who} liked ${step}`,
        round: id,
      });
    }
  await pass(0);
  return id;
}

/** Deletes all that is kept of somebody, as they do it themselves; the last reply. */
export async function forget(product: Product, who = ZEBRA): Promise<View> {
  const { command } = buttonOf(await product.act(who, "data delete"), "Delete it all");
  return product.act(who, command, { word: "Delete" });
}

/** Table and column of everything in the database that holds these words. */
export async function found(product: Product, words: string): Promise<readonly string[]> {
  const columns = await product.rows(`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY') and table_name not like 'kysely%'`);
  const asked = columns.map(
    ({ table_name: table, column_name: column }) =>
      `select '${table}.${column}' as place where exists (select from ${table} where ${column}::text ilike '%${words}%')`,
  );
  return (await product.rows(asked.join(" union all "))).map(({ place }) => String(place)).sort();
}
