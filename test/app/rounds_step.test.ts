import { afterEach, describe, expect, it } from "vitest";
import { materialOf } from "../../src/app/library.ts";
import { DeliveryError } from "../../src/app/messenger.ts";
import { curveballOf } from "../../src/core/interview_material.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import type { Form } from "../../src/core/view.ts";
import { buttonOf, CHANNEL, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { beginRound, roundOf } from "../kit/round.ts";

let product: Product;
afterEach(() => product.close());

async function begun(input: object = {}) {
  product = await openProduct();
  await beginRound(product, input);
}
const prompt = (step: number) => product.said(`Step ${step} of 7`).at(-1)?.view ?? expect.fail(`step ${step} was not asked`);
const told = (title: string) => product.said(title).at(-1)?.view ?? expect.fail(`"${title}" was not said`);
const material = () => materialOf(product.library, "ad-click-prediction") ?? expect.fail("no material");
/** The form that a command typed without a button opens, and how it is sent. */
async function form(name: string, path: string, input = {}) {
  const who = { platform: "web", space: CHANNEL.space, id: name.toLowerCase(), name, manager: false } as const;
  const opened = await product.engine.dispatcher.open({ id: `form-${path}`, path, input, who, place: CHANNEL });
  if (!("form" in opened)) return expect.fail(`no form opened: ${opened.reply.title}`);
  const { revision, input: carried } = opened.press;
  const submit = (values: Record<string, string>) =>
    product.act(name, path, { ...carried, ...values }, revision === undefined ? {} : { revision });
  return { form: opened.form, submit };
}
const optionsOf = ({ fields }: Form, name: string) =>
  fields.flatMap((field) => (field.name === name && field.kind === "choice" ? field.options.map(({ value }) => value) : []));

describe("a question", () => {
  it("is a probe, offered until it was asked", async () => {
    await begun();
    const { probes } = material().case.steps.requirements;
    const first = await form("Ben", "mock ask");
    expect(optionsOf(first.form, "question")).toEqual([...probes.map((_, at) => String(at + 1)), "own"]);
    expect(wordsOf(await first.submit({ question: "2" }))).toContain(probes[1]?.strong.slice(0, 30));
    await product.pass(0);
    expect(told("Question")).toMatchObject({ notify: ["ada"], blocks: [{ kind: "quote", text: probes[1]?.ask, by: "ben" }, {}] });
    const second = await form("Ben", "mock ask");
    expect(optionsOf(second.form, "question")).not.toContain("2");
    await second.submit({ question: "own", words: "<!channel> {member:zoe} why?" });
    await product.pass(0);
    expect(told("Question")).toMatchObject({ notify: ["ada"], blocks: [{ kind: "quote", text: "<!channel> {member:zoe} why?" }, {}] });
    expect((await first.submit({ question: "2" })).title).toBe("That was asked already");
    expect(wordsOf(await product.act("Ben", "mock brief"))).toContain("✓");
  });

  it("needs words, a probe that there is, and the interviewer's seat", async () => {
    await begun();
    expect((await product.act("Ben", "mock ask", { question: "own", words: " " })).title).toBe("There is no question yet");
    for (const question of ["99", "0"]) expect((await product.act("Ben", "mock ask", { question })).title).toBe("There is no such probe");
    expect((await product.act("Ada", "mock ask", { question: "1" })).title).toBe("Only the interviewer asks");
    expect((await product.act("Ben", "mock ask", { question: "How many of them at peak?" })).title).toBe("Asked");
    expect((await roundOf(product)).steps[0]?.asks).toMatchObject([{ text: "How many of them at peak?" }]);
  });
});

it("throws one curveball that fits the step, and says to scorers that adapting counts", async () => {
  await begun();
  const reply = await product.press("Ben", buttonOf(prompt(1), "Curveball"));
  const [thrown] = (await roundOf(product)).curveballs;
  const known = curveballOf(thrown?.id ?? "", material()) ?? expect.fail("it is in no bank");
  expect(wordsOf(reply)).toContain(known.keep.slice(0, 30));
  await product.pass(0);
  expect(wordsOf(told("Curveball!"))).toContain(known.change.slice(0, 30));
  expect(wordsOf(told("Curveball!"))).not.toContain(known.adapt.slice(0, 30));
  await product.press("Ben", buttonOf(prompt(1), "Next step"));
  await product.pass(0);
  expect(() => buttonOf(prompt(2), "Curveball")).toThrow();
  expect((await form("Ben", "mock score", { step: 1 })).form.intro).toContain("Adapting to it counts.");
});

it("takes more time, and says until when", async () => {
  await begun();
  await product.pass(6 * MINUTE);
  expect((await product.press("Ada", buttonOf(told("2 minutes left"), "3 more minutes"))).title).toBe("3 minutes more");
  await product.pass(0);
  expect(wordsOf(told("3 minutes more"))).toContain(`{time:${product.now + 5 * MINUTE}:time}`);
  await product.pass(5 * MINUTE - 1);
  expect((await roundOf(product)).phase).toMatchObject({ step: 0 });
  await product.pass(1);
  expect((await roundOf(product)).phase).toMatchObject({ step: 1 });
});

describe("a command typed without a button", () => {
  it("answers the step that its form was opened for", async () => {
    await begun();
    const { submit, form: opened } = await form("Ada", "mock answer");
    expect(opened.title).toContain("Step 1");
    await product.press("Ben", buttonOf(prompt(1), "Next step"));
    await product.pass(0);
    expect((await submit({ text: "For step one." })).title).toBe("The step had closed");
    expect((await roundOf(product)).steps.map(({ answers }) => answers.length).slice(0, 2)).toEqual([1, 0]);
  });

  it("scores the step and the round that its form was opened for", async () => {
    await begun();
    await product.press("Ben", buttonOf(prompt(1), "Next step"));
    await product.pass(0);
    const { submit, form: opened } = await form("Ben", "mock score", { step: 1 });
    expect(opened.carry).toEqual({ round: (await roundOf(product)).id, step: 1 });
    await product.press("Ben", buttonOf(prompt(2), "Next step"));
    expect((await submit({ level: "3" })).title).toBe("Step 1 is scored");
  });

  it("closes a step only when its author confirms which", async () => {
    await begun();
    expect((await product.act("Ada", "mock next")).title).toBe("Only the interviewer moves on");
    const confirm = await product.act("Ben", "mock next");
    expect((await roundOf(product)).phase).toMatchObject({ step: 0 });
    await product.pass(8 * MINUTE);
    await product.pass(0);
    expect((await product.press("Ben", buttonOf(confirm, "Close step 1"))).title).toBe("That step has closed already");
    expect((await roundOf(product)).phase).toMatchObject({ step: 1 });
    expect((await product.press("Ben", buttonOf(await product.act("Ben", "mock next"), "Close step 2"))).title).toBe("On to the next");
  });
});

describe("whoever is missing", () => {
  it("loses the seat, is replaced from the thread, and the step is asked again", async () => {
    await begun();
    await product.pass(6 * MINUTE);
    await product.pass(2 * MINUTE);
    await product.pass(2 * MINUTE);
    const vacant = told("The candidate's seat is free");
    expect(wordsOf(vacant)).toContain("{member:ada} did nothing for 10 minutes");
    expect(wordsOf(await product.act("Zoe", "mock status"))).toContain("seat is free");
    expect((await product.press("Zoe", buttonOf(vacant, "Take the candidate's seat"))).title).toBe("You are the candidate");
    await product.pass(0);
    expect(product.said("Step 2 of 7")).toHaveLength(2);
    expect(prompt(2).notify).toEqual(["zoe"]);
    expect((await roundOf(product)).phase).toMatchObject({ name: "step", step: 1, until: product.now + 4 * MINUTE });
    expect((await product.act("Ada", "mock answer", { text: "I am back" })).title).toBe("Only the candidate answers");
  });

  it("ends the round when nobody steps in, and says so", async () => {
    await begun({ pace: "async", hours: 48 });
    await product.pass(24 * HOUR);
    expect(product.said("seat is free")).toEqual([]);
    await product.pass(24 * HOUR);
    await product.pass(24 * HOUR);
    expect(wordsOf(told("Mock round over"))).toContain("nobody took the free seat within 24 hours");
    expect(wordsOf(await product.act("Ben", "mock status"))).toContain("The round closed by itself");
    expect(await product.store.nextDue(0)).toBeUndefined();
  });
});

it("plays across time zones with hours per turn", async () => {
  await begun({ pace: "async", hours: 12 });
  expect(wordsOf(prompt(1))).toContain("**12 hours**");
  expect(() => buttonOf(prompt(1), "3 more minutes")).toThrow();
  await product.act("Ada", "mock answer", { text: "Half a million requests a second." });
  expect((await roundOf(product)).phase).toMatchObject({ until: product.now + 12 * HOUR });
  await product.pass(12 * HOUR);
  expect((await roundOf(product)).phase).toMatchObject({ step: 1 });
});

it("goes on without a message that could not be posted, and tells its host once", async () => {
  await begun();
  product.onDeliver = ({ key }) => {
    if (/answer|question|ask/.test(key)) throw new DeliveryError("The message is too long for this thread.", { retry: false });
  };
  for (const text of ["first words", "second words"]) await product.act("Ada", "mock answer", { text });
  await product.pass(0);
  const notices = product.sent.filter(({ kind }) => kind === "notice");
  expect(notices).toMatchObject([{ member: "ada", view: { title: "A message of your mock round could not be posted" } }]);
  expect(JSON.stringify(notices)).toContain("The message is too long for this thread.");
  expect((await roundOf(product)).phase).toMatchObject({ name: "step", step: 0 });
  expect((await roundOf(product)).steps[0]?.answers).toHaveLength(2);
});

it("tells its host when the end could not be posted, and does not say that it goes on", async () => {
  await begun();
  product.onDeliver = ({ key }) => {
    if (key.endsWith("/ended")) throw new DeliveryError("The thread is locked: unlock it.", { retry: false });
  };
  await product.act("Ada", "mock cancel");
  await product.pass(0);
  const [notice] = product.sent.filter(({ kind }) => kind === "notice");
  expect(notice).toMatchObject({ member: "ada", view: { title: "A message of your mock round could not be posted" } });
  expect(JSON.stringify(notice)).not.toContain("goes on");
  expect(wordsOf(await product.act("Ben", "mock status"))).toContain("Cancelled.");
});
