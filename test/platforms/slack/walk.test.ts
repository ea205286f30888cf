/** The product's walk in Slack, and nothing sent on the way that Slack refuses. */
import { expect } from "vitest";
import { productWalk } from "../walk.ts";
import { connectSlack } from "./harness.ts";

productWalk(async (dispatcher, people) => {
  const slack = await connectSlack(dispatcher, people);
  return {
    ...slack,
    async stop() {
      await slack.stop();
      expect(slack.standIn.violations).toEqual([]);
      expect(slack.standIn.late).toEqual([]);
    },
  };
});
