import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { RULES_FILE, rulesPage } from "../../src/operations/mock_rules.ts";

it("the page of the rules is what the rules are: if not, npm run docs:rules", async () => {
  expect(await readFile(RULES_FILE, "utf8")).toBe(rulesPage());
});
