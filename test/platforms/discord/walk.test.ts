/** The product's walk on Discord, and nothing sent on the way that Discord refuses. */
import { afterAll, expect } from "vitest";
import { productWalk } from "../walk.ts";
import { connectDiscord, type DiscordHarness } from "./harness.ts";

let discord: DiscordHarness | undefined;

productWalk(async (dispatcher, people) => {
  discord = await connectDiscord(dispatcher, people);
  return discord;
});

afterAll(() => {
  expect(discord?.standIn.violations).toEqual([]);
  expect(discord?.standIn.late).toEqual([]);
});
