import { afterEach, describe, expect, it } from "vitest";
import { CALLS_PER_MEMBER, type Reading, type SecondReader } from "../../src/app/second_reader.ts";
import type { OpenDrill } from "../../src/core/drill.ts";
import { DAY } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { earnedIn } from "../kit/board.ts";
import { CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

const WORDS = "Let us say it in a way that the rules do not know, number one.";
/** Covers the first point that is asked about with the words of the answer. */
const generous: SecondReader = async ({ points, answer }) => [
  { id: points.at(-1)?.id ?? "", state: "covered", evidence: [{ start: 0, end: 20, text: answer.slice(0, 20) }] },
];

async function at(reader: SecondReader, dailyLimit = 100) {
  product = await openProduct("pglite", [], { reader, dailyLimit });
  await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open" });
  const group = await firstDrill(product);
  const post = (await product.store.read.posts.newest(group)) ?? expect.fail("no post");
  const drill = product.library.drills.get(post.drill ?? "") as OpenDrill;
  return { group, post, drill };
}

/** Answers, and waits for what is put in the place of the reply. */
async function answered(who: string, answer: string): Promise<{ first: View; next: View | undefined }> {
  const amended = Promise.withResolvers<View | undefined>();
  const first = await product.engine.dispatcher.dispatch(
    {
      id: `second-${who}-${answer.length}`,
      path: "daily answer",
      input: { answer },
      who: { platform: "web", space: CHANNEL.space, id: who.toLowerCase(), name: who, manager: false },
      place: CHANNEL,
    },
    async (view) => amended.resolve(view),
  );
  setTimeout(() => amended.resolve(undefined), 1_500);
  return { first, next: await amended.promise };
}

describe("a second reading", () => {
  it("follows the first, adds what it found, pays the difference once and is shown again", async () => {
    const { group, post, drill } = await at(generous);
    const { first, next } = await answered("Ben", WORDS);
    expect(first.title).toMatch(/^0 of/);
    expect(next?.title).toMatch(/^1 of/);
    expect(wordsOf(next ?? first)).toContain("The language model model-1 read it too: it found one more point, worth **1** on the board.");
    const [answer] = await product.store.read.answers.of(post, "ben");
    expect(answer?.coverage).toBeGreaterThan(0);
    const board = await earnedIn(product.store, group);
    expect(board).toEqual([expect.objectContaining({ name: "Ben", points: Math.round(10 * (answer?.coverage ?? 0)) })]);
    expect(wordsOf(await product.act("Ben", "daily today"))).toContain(WORDS.slice(0, 20));
    expect(drill.rubric.length).toBeGreaterThan(3);
  });

  it("takes nothing away, and its failure is the offline result", async () => {
    const seen: Reading[] = [];
    const { drill } = await at(async (reading) => {
      seen.push(reading);
      return undefined;
    });
    const { first, next } = await answered("Ben", WORDS);
    expect(first.title).toMatch(/points covered/);
    expect(next).toBeUndefined();
    expect(seen).toEqual([{ question: drill.prompt, points: drill.rubric, answer: WORDS }]);
  });

  it("stops at the day's budget, of a member and in all", async () => {
    let calls = 0;
    await at(async () => {
      calls++;
      return [];
    }, 2);
    for (const who of ["Ben", "Chen", "Dina"]) await answered(who, WORDS);
    expect(calls).toBe(2);
    await product.pass(DAY);
    await answered("Emil", WORDS);
    expect(calls).toBe(3);
    const take = (who: string) => product.store.transaction((tx) => tx.modelCalls.take("2030-01-01", who, CALLS_PER_MEMBER, 1_000));
    for (let call = 0; call < CALLS_PER_MEMBER; call++) expect(await take("one")).toBe(true);
    expect(await take("one")).toBe(false);
    expect(await take("other")).toBe(true);
  });

  it("is announced before the first answer", async () => {
    await at(generous);
    const who = { platform: "web", space: CHANNEL.space, id: "ben", name: "Ben", manager: false } as const;
    const opened = await product.engine.dispatcher.open({ id: "form", path: "daily answer", input: {}, who, place: CHANNEL });
    expect("form" in opened && opened.form.intro).toContain("The language model model-1 reads your answer, too.");
  });
});
