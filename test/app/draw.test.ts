/** /draw: generous with what is typed, clear about junk, and silent about what the group is being asked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { architectureText } from "../../src/core/architecture_views.ts";
import { picturesIn } from "../../src/core/picture.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { buttonOf, CHANNEL, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeAll(async () => {
  product = await openProduct();
});
afterAll(() => product.close());

const anywhere = { place: { platform: "web", space: "s1", channel: "c9" } } as const;
const CASE = "ad-click-prediction";
const draw = (drawing: string, more = {}, where: object = anywhere) =>
  product.act("Bo", "draw", { case: CASE, diagram: "online", drawing, ...more }, where);
const open = (input: Record<string, unknown>, where: { place: typeof anywhere.place | typeof CHANNEL } = anywhere) =>
  product.engine.dispatcher.open({
    id: `open-${Math.random()}`,
    path: "draw",
    input,
    who: { platform: "web", space: "s1", id: "bo", name: "Bo", manager: false },
    ...where,
  });

describe("where no group meets", () => {
  it("compares a drawing in a picture and in words, without points", async () => {
    const view = await draw("client -> gateway -> feature store\ngateway -> my own cache");
    expect(view.title).toMatch(/^\d+ % of the boxes and arrows$/);
    const [picture] = picturesIn(view);
    expect(picture?.picture.kind).toBe("comparison");
    expect(wordsOf(view)).toContain("Missing boxes");
    expect(wordsOf(view)).toContain("earns no points");
    const reference = await product.press("Bo", buttonOf(view, "Show the reference"), anywhere);
    expect(picturesIn(reference)[0]?.picture).toMatchObject({ kind: "diagram" });
  });

  it("takes the reference itself for all right", async () => {
    const diagram = product.library.bank.cases.get(CASE)?.diagrams.find(({ shows }) => shows === "online") ?? expect.fail("none");
    expect((await draw(architectureText(diagram))).title).toBe("100 % of the boxes and arrows");
  });

  it("says kindly that a network is no system", async () => {
    expect(wordsOf(await draw("input -> dense layer -> sigmoid"))).toContain("This is a model, and the question was the system");
  });

  it.each([
    ["words", "@everyone what?", {}, "There is no arrow in it"],
    ["a lone arrow", "→", {}, "There is no arrow in it"],
    ["a self-loop alone", "a -> a", {}, "There is no arrow in it"],
    [
      "300 boxes",
      Array.from({ length: 300 }, (_, at) => `a${at} -> b`)
        .join("\n")
        .slice(0, 3_000),
      {},
      "More than 40 boxes",
    ],
    ["another case", "a -> b", { case: "nothing" }, "There is no such case"],
    ["another diagram", "a -> b", { diagram: "nothing *at all*" }, "There is no such diagram"],
    ["10,000 characters", "x".repeat(10_000), {}, "That cannot be read"],
  ])("answers %s clearly and gives it back", async (_what, drawing, more, title) => {
    const view = await draw(drawing, more);
    expect(view).toMatchObject({ title, tone: "warn" });
    if (drawing.length > 40) expect(view.blocks.at(-1)?.kind).toBe("quote");
  });

  it.each([
    ["a cycle", "a -> b -> c -> a"],
    ["right-to-left text", "לקוח -> شبكة"],
    ["controls and overrides", "cli\u0007ent -> \u202egateway\u202c"],
    ["self-loops among arrows", "client -> client\nclient -> gateway"],
    ["forty boxes", Array.from({ length: 39 }, (_, at) => `a${at} -> a${at + 1}`).join("\n")],
  ])("compares %s", async (_what, drawing) => {
    expect((await draw(drawing)).title).toMatch(/% of the boxes/);
  });

  it("opens a form for what is missing, and completes both names", async () => {
    expect(await open({})).toMatchObject({ form: { fields: [{ name: "case" }, { name: "diagram" }, { name: "drawing" }] } });
    expect(await open({ case: "ad click", diagram: "online" })).toMatchObject({
      form: { fields: [{ name: "drawing" }] },
      press: { command: "draw", input: { case: CASE } },
    });
    expect(await open({ case: "nothing" })).toMatchObject({ reply: { title: "There is no such case" } });
    const complete = async (field: string, typed: string) =>
      (
        await product.engine.dispatcher.complete(
          "draw",
          field,
          typed,
          { platform: "web", space: "s1", id: "bo", name: "Bo", manager: false },
          anywhere.place,
        )
      ).map(({ value }) => value);
    expect(await complete("case", "vid")).toContain("video-recommendation");
    expect(await complete("diagram", "onl")).toEqual(["online"]);
  });
});

describe("in the channel of a group", () => {
  const where = { place: CHANNEL };

  it("compares nothing of today's case until the reveal, and of a round's until its end", async () => {
    const group = await setUp(product);
    await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily", mix: "draw" });
    await product.pass(HOUR);
    for (let days = 0; days < 3 && !(await product.store.read.posts.newest(group))?.drill?.startsWith("draw/"); days++)
      await product.pass(DAY);
    const [kind, slug] = (await product.store.read.posts.newest(group))?.drill?.split("/") ?? [];
    expect(kind).toBe("draw");
    expect(await open({ case: slug }, where)).toMatchObject({ reply: { title: "A drill is on this case" } });
    expect((await draw("client -> gateway", { case: slug }, where)).title).toBe("A drill is on this case");
    const other = [...product.library.bank.cases.keys()].find((one) => one !== slug) ?? expect.fail("one case alone");
    expect((await draw("client -> gateway", { case: other }, where)).title).toMatch(/% of the boxes/);
    await product.act("Bo", "mock start", { case: other }, where);
    expect((await draw("client -> gateway", { case: other }, where)).title).toBe("A round is on this case");
    await product.pass(20 * HOUR);
    expect((await draw("client -> gateway", { case: slug }, where)).title).toMatch(/% of the boxes/);
  });
});
