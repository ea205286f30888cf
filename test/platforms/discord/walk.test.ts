/** The product's walks on Discord, and nothing sent on the way that Discord refuses. */
import { expect } from "vitest";
import { productWalk } from "../walk.ts";
import { connectDiscord } from "./harness.ts";

productWalk(async (dispatcher, people) => {
  const discord = await connectDiscord(dispatcher, people);
  return {
    ...discord,
    async stop() {
      await discord.stop();
      expect(discord.standIn.violations).toEqual([]);
      expect(discord.standIn.late).toEqual([]);
    },
  };
});
