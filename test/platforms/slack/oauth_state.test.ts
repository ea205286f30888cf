import { expect, it } from "vitest";
import { MINUTE } from "../../../src/core/place.ts";
import { BadState, createStates } from "../../../src/platforms/slack/oauth_state.ts";

const NOW = Date.parse("2026-05-01T10:00:00Z");

it("a state of an installation is good for ten minutes, and for whoever has its secret", async () => {
  const spent: string[] = [];
  const spend = async (mark: string) => spent.push(mark) > 0;
  const states = createStates("one secret", { spend });
  const state = await states.generateStateParam({ scopes: ["chat:write"] }, new Date(NOW));
  await expect(states.verifyStateParam(new Date(NOW + 10 * MINUTE + 1), state)).rejects.toThrow(BadState);
  await expect(createStates("another", { spend }).verifyStateParam(new Date(NOW), state)).rejects.toThrow(BadState);
  expect(spent).toEqual([]);
  expect(await states.verifyStateParam(new Date(NOW + 10 * MINUTE), state)).toEqual({ scopes: ["chat:write"] });
});
