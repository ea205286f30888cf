/** What people write in a round's thread, all the way to the database. */
import { afterEach, describe, expect, it } from "vitest";
import { BURST } from "../../src/app/rate_limit.ts";
import type { Words } from "../../src/app/talk.ts";
import { TALK_CHARACTERS } from "../../src/core/interview_talk.ts";
import { MINUTE, SECOND } from "../../src/core/place.ts";
import { CHANNEL, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { beginRound, roundOf } from "../kit/round.ts";
import { buttonsOf } from "../kit/view.ts";

let product: Product;
afterEach(() => product.close());

let thread: string;
let serial = 0;
/** Ada is candidate, Ben interviewer, Chen a scorer, and the first prompt was delivered. */
async function begun() {
  product = await openProduct();
  await beginRound(product, {}, "Chen");
  thread = (await roundOf(product)).thread ?? expect.fail("no thread");
}
const write = (name: string, text: string, more: Partial<Words> = {}) => {
  const place = more.place ?? { ...CHANNEL, thread };
  const who = { platform: "web", space: place.space, id: name.toLowerCase(), name, manager: false } as const;
  return product.engine.dispatcher.hear({ id: `message-${++serial}`, text, who, place, ageMs: 0, ...more });
};
const answers = async () => (await roundOf(product)).steps.flatMap((step) => step.answers.map(({ text }) => text));
const posted = () => product.sent.filter(({ kind }) => kind === "post").length;

describe("writing in a round's thread", () => {
  it("answers the open step, several times, without a copy in the thread", async () => {
    await begun();
    const before = posted();
    expect(await write("Ada", "First I ask @everyone for the goal.")).toMatchObject({ reply: { title: "Said", mark: "said" } });
    expect(await write("Ada", "Then for {member:zoe} traffic.")).toMatchObject({ reply: { mark: "said" } });
    await product.pass(0);
    expect(await answers()).toEqual(["First I ask @everyone for the goal.", "Then for {member:zoe} traffic."]);
    expect(posted()).toBe(before);
  });

  it("is recorded once, however often it is delivered, also after a restart", async () => {
    await begun();
    const said = [await write("Ada", "Once.", { id: "m" }), await write("Ada", "Once.", { id: "m" })];
    await write("Ada", "Something else.");
    said.push(await write("Ada", "Once.", { id: "m" }));
    expect(new Set(said.map((one) => one?.reply?.mark))).toEqual(new Set(["said"]));
    expect(await answers()).toEqual(["Once.", "Something else."]);
  });

  it("asks, when the interviewer writes", async () => {
    await begun();
    expect(await write("Ben", "How many of them at peak?")).toMatchObject({ reply: { mark: "asked" } });
    expect((await roundOf(product)).steps[0]?.asks).toMatchObject([{ by: "ben", text: "How many of them at peak?" }]);
  });

  it("asks whoever else writes to wait, once a step, and keeps nothing of it", async () => {
    await begun();
    const words = "a strangers secret thought that is longer than forty characters";
    expect(await write("Chen", words)).toMatchObject({ reply: { mark: "hush" } });
    expect(await write("Chen", words)).toEqual({});
    expect(await write("Zoe", words)).toMatchObject({ reply: { mark: "hush" } });
    await product.act("Ben", "mock next", {}, { revision: 1 });
    await product.pass(0);
    expect(await write("Chen", words)).toMatchObject({ reply: { mark: "hush" } });
    expect(JSON.stringify(await roundOf(product))).not.toContain("secret");
    // A name is kept of who does something; Zoe only wrote.
    expect((await product.store.read.members.names(CHANNEL, ["ada", "zoe"])).has("zoe")).toBe(false);
  });

  it("is nobody's business elsewhere: in the channel, in another thread, in another space, in a lobby", async () => {
    await begun();
    for (const place of [
      CHANNEL,
      { ...CHANNEL, thread: "another" },
      { ...CHANNEL, space: "s2", thread },
      { ...CHANNEL, channel: "c2", thread },
    ])
      expect(await write("Ada", "hello", { place })).toBeUndefined();
    await product.act("Ada", "mock cancel");
    expect(await write("Ada", "that was short")).toBeUndefined();
    await product.act("Ada", "mock start", { case: "ad-click-prediction" });
    await product.pass(0);
    thread = (await roundOf(product)).thread ?? expect.fail("no thread");
    expect(await write("Ada", "who else comes?")).toBeUndefined();
  });

  it("keeps what was written in time and came after its step as practice, and says so", async () => {
    await begun();
    await product.pass(MINUTE);
    await product.act("Ben", "mock next", {}, { revision: 1 });
    await product.pass(0);
    product.now += 10 * SECOND;
    expect(await write("Ada", "on its way for long", { ageMs: 30 * SECOND })).toMatchObject({ reply: { title: "The step had closed" } });
    expect((await roundOf(product)).steps[0]?.answers).toMatchObject([{ text: "on its way for long", late: true }]);
    expect(await write("Ada", "written now", { ageMs: 900 })).toMatchObject({ reply: { mark: "said" } });
    expect((await roundOf(product)).steps[1]?.answers).toMatchObject([{ text: "written now", late: false }]);
  });

  it("refuses what is too long and what has no words, clearly, and keeps nothing", async () => {
    await begun();
    const long = "w".repeat(TALK_CHARACTERS + 1);
    const refused = wordsOf((await write("Ada", long))?.reply ?? expect.fail("no reply"));
    expect(refused).toContain(String(TALK_CHARACTERS + 1));
    expect(refused).not.toContain("www");
    expect(await write("Ada", "w".repeat(40_000))).toMatchObject({ reply: { title: "That is too long to be an answer" } });
    expect(await write("Ada", "  ")).toMatchObject({ reply: { title: "There are no words in it" } });
    expect(await write("Ada", "w".repeat(TALK_CHARACTERS))).toMatchObject({ reply: { mark: "said" } });
    expect(await answers()).toHaveLength(1);
  });

  it("has the same rate limit as all that one does", async () => {
    await begun();
    const all = [];
    for (let at = 0; at <= BURST; at += 1) all.push(await write("Ada", `word ${at}`));
    expect(all.at(-1)).toMatchObject({ reply: { title: "That was a lot at once", mark: "wait" } });
    expect((await answers()).length).toBeLessThanOrEqual(BURST);
  });
});

describe("a message that is made an answer by its menu", () => {
  it("answers the round of the thread, once, or of the channel, where it is said again", async () => {
    await begun();
    const place = { ...CHANNEL, thread };
    const before = posted();
    expect(await product.act("Ada", "mock say", { text: "From the menu." }, { place })).toMatchObject({ mark: "said" });
    expect(await product.act("Ada", "mock say", { text: "From the menu." }, { place })).toMatchObject({ mark: "said" });
    expect(await answers()).toEqual(["From the menu."]);
    expect(await product.act("Ada", "mock say", { text: "From the channel." })).toMatchObject({ mark: "said" });
    await product.pass(0);
    expect(posted()).toBe(before + 1);
    expect(product.said("Addition").at(-1)?.view.blocks).toMatchObject([{ kind: "quote", text: "From the channel." }]);
  });

  it("tells who is not on turn each time, and does not give the words back", async () => {
    await begun();
    const text = "words of a scorer that nobody is to keep, for they are not on turn";
    for (let time = 0; time < 2; time += 1) {
      const view = await product.act("Chen", "mock say", { text }, { place: { ...CHANNEL, thread } });
      expect(view.title).toBe("Only the candidate answers");
      expect(wordsOf(view)).not.toContain(text);
    }
    expect((await product.act("Zoe", "mock say", { text }, { place: { ...CHANNEL, channel: "c9" } })).title).toContain("No round");
  });
});

describe("without a channel", () => {
  const alone = { place: { platform: "web", space: "s1" } } as const;

  it("things can be looked up, and everything else says where it goes", async () => {
    product = await openProduct();
    const hello = wordsOf(await product.act("Ben", "hello", {}, alone));
    for (const path of ["case", "tradeoff", "framework", "pattern", "help"]) expect(hello).toContain(`\`/${path}\``);
    expect(hello).not.toContain("/mock start`");
    expect((await product.act("Ben", "framework", {}, alone)).title).toContain("seven");
    expect((await product.act("Ben", "tradeoff", { name: "sheet" }, alone)).tone).not.toBe("warn");
    expect((await product.act("Ben", "mock start", {}, alone)).title).toBe("This needs a channel");
    expect((await product.act("Ben", "daily answer", { answer: "x" }, alone)).title).toBe("This needs a channel");
  });

  it("a case's prompt is shown, but no answers that a group may be asked for just now", async () => {
    product = await openProduct();
    const shown = await product.act("Ben", "case", { case: "ad-click-prediction" }, alone);
    expect(shown.tone).not.toBe("warn");
    const part = buttonsOf(shown)[0] ?? expect.fail("no parts are offered");
    expect((await product.press("Ben", part, alone)).title).toBe("Its answers open in a channel");
    expect((await product.press("Ben", part)).title).not.toBe("Its answers open in a channel");
  });
});
