/** The product's walk in Slack, and nothing sent on the way that Slack refuses. */
import { afterAll, expect } from "vitest";
import { productWalk } from "../walk.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";

let slack: SlackHarness | undefined;

productWalk(async (dispatcher, people) => {
  slack = await connectSlack(dispatcher, people);
  return slack;
});

afterAll(() => {
  expect(slack?.standIn.violations).toEqual([]);
});
