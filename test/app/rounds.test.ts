import { afterEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../src/app/messenger.ts";
import { STEPS } from "../../src/core/content.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { earnedIn } from "../kit/board.ts";
import { buttonOf, CHANNEL, groupOf, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { beginRound, roundOf, roundsOf } from "../kit/round.ts";

let product: Product;
afterEach(() => product.close());
const open = async (kind: "pglite" | "postgres" = "pglite") => {
  product = await openProduct(kind);
  return product;
};

const prompt = (step: number) => product.said(`Step ${step} of 7`)[0]?.view ?? expect.fail(`step ${step} was not asked`);

describe("a mock round", () => {
  it("opens one lobby, however many start it at once", async () => {
    const { act } = await open("postgres");
    const replies = await Promise.all(Array.from({ length: 8 }, (_, at) => act(`Member${at}`, "mock start")));
    expect(replies.filter(({ title }) => title === "The lobby is open")).toHaveLength(1);
    expect(replies.filter(({ title }) => title === "A lobby is open already")).toHaveLength(7);
    expect(await roundsOf(product)).toHaveLength(1);
  });

  it("gives two seats to two of many who press at once", async () => {
    const { act, press, pass } = await open("postgres");
    await act("Ada", "mock start", { case: "ad-click-prediction" });
    await pass(0);
    const lobby = product.said("Mock round")[0]?.view ?? expect.fail("no lobby");
    const replies = await Promise.all(Array.from({ length: 6 }, (_, at) => press(`Member${at}`, buttonOf(lobby, "Interviewer"))));
    expect(replies.filter(({ title }) => title === "You are the interviewer")).toHaveLength(2);
    expect((await roundOf(product)).interviewers).toHaveLength(2);
  });

  it("starts a step's clock when its prompt was delivered, not before", async () => {
    const { act, press, pass } = await open();
    await act("Ada", "mock start", { case: "ad-click-prediction" });
    await pass(0);
    const lobby = product.said("Mock round")[0]?.view ?? expect.fail("no lobby");
    await press("Ben", buttonOf(lobby, "Interviewer"));
    let hold = true;
    product.onDeliver = ({ key }) => {
      if (hold && key.includes("/prompt/")) throw new DeliveryError("busy", { retry: true, afterMs: 20 });
    };
    await press("Ben", buttonOf(lobby, "Begin"));
    await pass(HOUR);
    expect((await roundOf(product)).phase).toEqual({ name: "step", step: 0, prompt: 1 });
    hold = false;
    await new Promise((done) => setTimeout(done, 40));
    await pass(0);
    const { phase } = await roundOf(product);
    const minutes = product.library.bank.framework.steps[0]?.minutes ?? 0;
    expect(phase).toMatchObject({ name: "step", step: 0, until: product.now + minutes * MINUTE });
  });

  it("keeps its deadline over a restart, and moves on when it passes", async () => {
    await open();
    await beginRound(product);
    const { phase } = await roundOf(product);
    const until = phase.name === "step" ? (phase.until ?? 0) : 0;
    expect(await product.store.nextDue(product.now)).toBe(until - 2 * MINUTE);
    await product.pass(until - 2 * MINUTE - product.now);
    expect(wordsOf(product.said("2 minutes left")[0]?.view ?? expect.fail("no warning"))).toContain("3 more minutes");
    expect(await product.store.nextDue(product.now)).toBe(until);
    await product.pass(until - product.now - 1);
    expect((await roundOf(product)).phase).toMatchObject({ step: 0 });
    await product.pass(1);
    expect((await roundOf(product)).phase).toMatchObject({ name: "step", step: 1 });
    expect(wordsOf(prompt(2))).toContain("Step 1 is closed");
  });

  it("shows the brief to the interviewer alone", async () => {
    const { press } = await open();
    await beginRound(product);
    const brief = await press("Ben", buttonOf(prompt(1), "Show my brief"));
    const content = product.library.bank.cases.get("ad-click-prediction")?.steps.requirements;
    expect(wordsOf(brief)).toContain(content?.rubric[0]?.text.slice(0, 40));
    expect(wordsOf(brief)).toContain(content?.probes[0]?.ask.slice(0, 40));
    expect((await press("Ada", buttonOf(prompt(1), "Show my brief"))).title).toBe("The brief is for the interviewer");
  });

  it("explains a second click and a stranger's press, and changes nothing", async () => {
    const { press } = await open();
    await beginRound(product);
    const next = buttonOf(prompt(1), "Next step");
    expect((await press("Zoe", next)).title).toBe("Only the interviewer moves on");
    expect((await press("Ben", next)).title).toBe("On to the next");
    expect((await press("Ben", next)).title).toBe("That step has closed already");
    expect((await roundOf(product)).phase).toMatchObject({ step: 1 });
  });

  it("keeps an answer that comes too late, and shows it back", async () => {
    const { act, press } = await open();
    await beginRound(product);
    const { revision, input } = buttonOf(prompt(1), "Answer");
    await press("Ben", buttonOf(prompt(1), "Next step"));
    const reply = await act(
      "Ada",
      "mock answer",
      { ...input, text: "I forgot to ask about the latency budget." },
      { ...(revision === undefined ? {} : { revision }) },
    );
    expect(reply.title).toBe("The step had closed");
    expect(wordsOf(reply)).toContain("I forgot to ask about the latency budget.");
    expect((await roundOf(product)).steps[0]?.answers).toMatchObject([{ late: true }]);
  });

  it("says an answer once that is sent again because its reply was never seen", async () => {
    const { act, pass } = await open();
    await beginRound(product);
    for (const _ of [1, 2]) expect((await act("Ada", "mock answer", { text: "the same words" })).title).toBe("Said");
    await pass(0);
    expect(product.said("Answer ·")).toHaveLength(1);
    expect((await roundOf(product)).steps[0]?.answers).toHaveLength(1);
  });

  it("ends with a scorecard, points for every seat, and blind scores shown at once", async () => {
    const { act, press, pass, store } = await open();
    const lobby = await beginRound(product);
    await press("Chen", buttonOf(product.said("Mock round").at(-1)?.view ?? lobby, "Become a scorer"));
    for (const step of STEPS.keys()) {
      await act("Ada", "mock answer", { text: `Step ${step}: at half a million requests a second we shard the embedding tables.` });
      await pass(3 * MINUTE);
      await press("Ben", buttonOf(prompt(step + 1), "Next step"));
      await pass(0);
      if (step > 0) continue;
      await act("Ben", "mock score", { step: 1, level: 1, worked: "<@everyone> **good** numbers" });
      expect(product.said("Scorecard")).toHaveLength(0);
    }
    for (const step of STEPS.keys()) {
      await act("Ben", "mock score", { step: step + 1, level: 3, worked: "numbers" });
      await act("Chen", "mock score", { step: step + 1, level: step === 0 ? 1 : 3 });
    }
    await pass(0);
    const card = product.said("Scorecard")[0]?.view ?? expect.fail("no scorecard");
    expect(wordsOf(card)).toMatch(/level \*\*2\*\* \(scorers differ\)/);
    expect(wordsOf(card)).toContain("3/8 min");
    expect(wordsOf(card)).toMatch(/\d+ % system, \d+ % ML/);
    const { id } = await groupOf(product);
    expect((await earnedIn(store, id)).map(({ name, points }) => [name, points])).toEqual([
      ["Ada", 33],
      ["Ben", 15],
      ["Chen", 10],
    ]);
    expect((await press("Ben", buttonOf(prompt(7), "Next step"))).title).toBe("This round is over");

    const exported = await press("Chen", buttonOf(card, "Export"));
    expect(wordsOf(exported)).toContain("You: Scorer A");
    expect(wordsOf(await press("Chen", buttonOf(exported, "As JSON")))).toContain('\\"version\\": 1');
    expect((await press("Chen", buttonOf(exported, "Next part"))).title).toContain("part 2 of");
    expect((await act("Ben", "mock export")).title).toContain("Markdown");
    expect((await press("Zoe", buttonOf(card, "Export"))).title).toBe("You had no seat in that round");

    expect((await press("Zoe", buttonOf(card, "Swap seats"))).title).toBe("You had no seat in that round");
    expect((await press("Chen", buttonOf(card, "Swap seats"))).title).toBe("The seats are swapped");
    expect((await press("Ben", buttonOf(card, "Swap seats"))).title).toBe("A lobby is open already");
    expect((await act("Ben", "mock export")).title).toContain("Markdown");
    expect((await act("Ben", "mock export", { round: (await roundOf(product)).id })).title).toBe("The round is still running");
    expect(await roundOf(product)).toMatchObject({
      host: "chen",
      candidate: "ben",
      interviewers: ["chen"],
      scorers: ["ada"],
      phase: { name: "lobby" },
    });
    expect((await roundOf(product)).case).not.toBe("ad-click-prediction");
  });

  it("asks which step when a score names none", async () => {
    const { press, engine } = await open();
    await beginRound(product);
    await press("Ben", buttonOf(prompt(1), "Next step"));
    const who = { platform: "web", space: CHANNEL.space, id: "ben", name: "Ben", manager: false } as const;
    const opened = await engine.dispatcher.open({ id: "form", path: "mock score", input: {}, who, place: CHANNEL });
    expect(opened).toMatchObject({ form: { fields: [{ name: "step", options: [{ value: "1" }] }, { name: "level" }] } });
    expect((await product.act("Ben", "mock score", { step: "1", level: "3" })).title).toBe("Step 1 is scored");
    expect((await product.act("Zoe", "mock take", { round: (await roundOf(product)).id, seat: "scorer" })).title).toBe(
      "The first step has closed",
    );
  });

  it("exports to each the last round in which they sat, and none that never began", async () => {
    const { act, press, pass } = await open();
    await beginRound(product);
    await press("Ben", buttonOf(prompt(1), "Next step"));
    await act("Ada", "mock cancel");
    await act("Zoe", "mock start", { case: "Video Recommendation" });
    const lobby = await roundOf(product);
    expect(lobby.case).toBe("video-recommendation");
    await pass(HOUR);
    expect((await act("Zoe", "mock export")).title).toBe("There is no such round here");
    expect((await act("Zoe", "mock export", { round: lobby.id })).title).toBe("That round never began");
    expect(wordsOf(await act("Ben", "mock export"))).toContain("You: Interviewer 1");
  });

  it("closes a lobby that nobody begins, and says so", async () => {
    const { act, pass } = await open();
    await act("Ada", "mock start", { case: "ad-click-prediction" });
    await pass(0);
    await pass(30 * MINUTE);
    expect(wordsOf(product.said("Mock round over")[0]?.view ?? expect.fail("nothing said"))).toContain("nobody began within 30 minutes");
    expect((await act("Ben", "mock start")).title).toBe("The lobby is open");
  });

  it("stops when it cannot be delivered, keeping what was said", async () => {
    const { press, act } = await open();
    await beginRound(product);
    await act("Ada", "mock answer", { text: "kept" });
    product.onDeliver = ({ key }) => {
      if (key.includes("/prompt/1")) throw new DeliveryError("The thread is locked: unlock it.", { retry: false });
    };
    await press("Ben", buttonOf(prompt(1), "Next step"));
    const { id } = await roundOf(product);
    await product.pass(0);
    const round = await product.store.read.rounds.find(id);
    expect(round?.phase).toEqual({ name: "ended", how: "undeliverable" });
    const notices = product.sent.filter(({ kind }) => kind === "notice");
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ member: "ada" });
    expect(JSON.stringify(notices)).toContain("The thread is locked: unlock it.");
    expect(round?.steps[0]?.answers).toMatchObject([{ text: "kept" }]);
  });

  it("tells its status and is cancelled by its host", async () => {
    const { act } = await open();
    await beginRound(product);
    expect(wordsOf(await act("Zoe", "mock status"))).toContain("step 1 of 7");
    expect((await act("Ben", "mock cancel")).title).toContain("Only its host");
    expect((await act("Ada", "mock cancel")).title).toBe("The round is cancelled");
    const over = wordsOf(await act("Zoe", "mock status"));
    expect(over).toContain("Cancelled. What was answered is kept");
    expect(over).toContain("{member:ben}");
  });
});

it("ends a round whose case has left the bank, instead of asking for it for ever", async () => {
  await open();
  await beginRound(product);
  const round = await roundOf(product);
  await product.store.transaction((tx) => tx.rounds.save({ ...round, case: "no-longer-there" }));
  await product.pass(HOUR);
  expect((await product.store.read.rounds.find(round.id))?.phase).toEqual({ name: "ended", how: "undeliverable" });
  expect(await product.store.nextDue(0)).toBeUndefined();
});
