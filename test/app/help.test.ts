import { expect, it } from "vitest";
import { VIEW_CHARACTERS, type View } from "../../src/core/view.ts";
import { openProduct, wordsOf } from "../kit/product.ts";
import { buttonsOf } from "../kit/view.ts";

it("names every command on one page, and each page fits every platform", async () => {
  const product = await openProduct();
  const first = await product.act("Ben", "help");
  const buttons = buttonsOf(first);
  const pages: View[] = [];
  for (const button of buttons) pages.push(await product.press("Ben", button));
  for (const page of [first, ...pages]) expect(wordsOf(page).length).toBeLessThan(VIEW_CHARACTERS);
  for (const { path, hidden } of product.engine.dispatcher.commands) {
    const on = pages.filter((page) => wordsOf(page).match(new RegExp(`\`/${path}[ \`]`)));
    // "/mock plan" also begins "/mock plan when?" and no other command.
    if (!hidden) expect(on, path).toHaveLength(1);
  }
  expect(pages.map(wordsOf).join()).not.toContain("mock take");
  await product.close();
});
