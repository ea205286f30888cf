/** Looking things up; what a group is being asked is not answered there. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import { buttonOf, CHANNEL, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeAll(async () => {
  product = await openProduct();
});
afterAll(() => product.close());

const anywhere = { place: { platform: "web", space: "s1", channel: "c9" } } as const;
const member = { platform: "web", space: "s1", id: "bo", name: "Bo" } as const;

describe("where no group meets", () => {
  it("shows a case by a few words, and a part by its button", async () => {
    const view = await product.act("Bo", "case", { case: "ad click" }, anywhere);
    expect(view.title).toMatch(/^Case · /);
    const requirements = await product.press("Bo", buttonOf(view, "Requirements"), anywhere);
    expect(requirements.title).toMatch(/^Requirements/);
    expect((await product.press("Bo", buttonOf(requirements, "The case"), anywhere)).title).toBe(view.title);
  });

  it("shows a trade-off, the sheet and the framework", async () => {
    expect((await product.act("Bo", "tradeoff", { name: "l1 or l2" }, anywhere)).title).toBe("Trade-off · L1 or L2 regularisation");
    expect((await product.act("Bo", "tradeoff", { name: "Sheet" }, anywhere)).title).toMatch(/^Trade-offs/);
    const pattern = await product.act("Bo", "pattern", { name: "canary" }, anywhere);
    expect(pattern.title).toMatch(/^Pattern · /);
    const framework = await product.act("Bo", "framework", {}, anywhere);
    expect((await product.press("Bo", buttonOf(framework, "Quick frame in 4"), anywhere)).title).toMatch(/^The quick frame/);
  });

  it.each([
    ["case", { case: "@everyone *x*" }, "There is no such case"],
    ["tradeoff", { name: "@everyone *x*" }, "There is no such trade-off"],
    ["tradeoff", { name: "or" }, "There are several"],
    ["pattern", { name: "@everyone *x*" }, "There is no such pattern"],
    ["pattern", { name: "index" }, "There are several"],
  ])("/%s %j is refused with what there is", async (path, input, title) => {
    const view = await product.act("Bo", path, input, anywhere);
    expect(view).toMatchObject({ title, tone: "warn" });
    expect(wordsOf(view)).not.toContain("everyone");
  });

  it("completes while one types", async () => {
    const complete = (path: string, field: string, typed: string) =>
      product.engine.dispatcher.complete(path, field, typed, { ...member, manager: false }, anywhere.place);
    expect((await complete("case", "case", "vid")).map(({ value }) => value)).toContain("video-recommendation");
    expect((await complete("tradeoff", "name", "")).length).toBeLessThanOrEqual(25);
    expect((await complete("tradeoff", "name", "she"))[0]).toEqual({ label: "The whole sheet", value: "sheet" });
  });
});

describe("in the channel of a group", () => {
  it("keeps the answers of today's case folded until the reveal", async () => {
    const group = await setUp(product);
    const asked = async () => {
      const post = await product.store.read.posts.newest(group);
      const [kind, slug = ""] = post?.drill?.split("/") ?? [];
      return kind === "choice" || post?.state !== "open" ? undefined : slug;
    };
    await product.pass(HOUR);
    for (let days = 0; (await asked()) === undefined && days < 12; days++) await product.pass(DAY);
    const slug = (await asked()) ?? expect.fail("no drill on a case within twelve days");
    const where = { place: CHANNEL };
    expect((await product.act("Bo", "case", { case: slug }, where)).title).toMatch(/^Case · /);
    const sealed = await product.act("Bo", "case", { case: slug, part: "step-1" }, where);
    expect(sealed.title).toBe("A drill is on this case");
    const other = [...product.library.bank.cases.keys()].find((one) => one !== slug);
    expect((await product.act("Bo", "case", { case: other, part: "step-1" }, where)).tone).toBeUndefined();
    await product.pass(20 * HOUR);
    expect((await product.act("Bo", "case", { case: slug, part: "step-1" }, where)).title).toMatch(/^1\. /);
  });

  it("keeps them folded while a round is on the case", async () => {
    const where = { place: CHANNEL };
    const slug = "ad-click-prediction";
    await product.act("Bo", "mock start", { case: slug }, where);
    const view = await product.act("Bo", "case", { case: slug, part: "diagrams" }, where);
    expect(view.title).toBe("A round is on this case");
    // Whoever answers there could read them in another channel.
    await product.act("Bo", "mock start", {}, { place: { ...CHANNEL, channel: "c2" } });
    const elsewhere = await product.act("Bo", "case", { case: slug, part: "diagrams" }, { place: { ...CHANNEL, channel: "c2" } });
    expect(elsewhere.title).toBe("A round is on this case");
  });
});
