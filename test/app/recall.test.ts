/** Recall as a member lives it: the first deck, sessions, second thoughts, points; and the cards that come of what was missed. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { diagramOf } from "../../src/core/drill.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { NEW_A_DAY } from "../../src/core/recall_session.ts";
import type { View } from "../../src/core/view.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

const BEN = { platform: "web", space: "s1", id: "ben" } as const;
const HOME = { place: { platform: "web", space: "s1" } } as const;

describe("recall", () => {
  let product: Product;
  beforeEach(async () => {
    product = await openProduct();
  });
  afterEach(() => product.close());

  const press = (who: string, view: View, label: string) => product.press(who, buttonOf(view, labelled(view, label)));
  const cards = () => product.store.read.recall.cards(BEN);
  const points = async (group: string) => (await product.store.read.ledger.board(group, undefined)).find(({ member }) => member === "ben")?.points ?? 0;

  /** Answers the card that is shown, and gives the next view. */
  async function rate(view: View, rating: string, who = "Ben"): Promise<View> {
    return press(who, await press(who, view, "Show answer"), rating);
  }

  it("begins with eight cards of the deck, and is done for the day after them", async () => {
    const group = await setUp(product);
    let view = await product.act("Ben", "recall");
    expect(view.title).toBe(`Recall · ${NEW_A_DAY} new`);
    expect(wordsOf(view)).toContain("At most **8 new cards a day**");
    expect(wordsOf(view)).not.toContain("11 min");
    for (let left = NEW_A_DAY; left > 0; left--) {
      expect(view.title).toBe(`Recall · ${left} new`);
      view = await rate(view, "Good");
    }
    expect(view.title).toBe("Recall · done for today");
    expect(await points(group)).toBe(1);
  });
});

const labelled = (view: View, label: string): string =>
  view.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : [])).find((button) => button.label.startsWith(label))?.label ?? label;
