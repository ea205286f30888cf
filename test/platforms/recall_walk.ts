/** A recall session and one's own progress, as people meet them: buttons alone, a second click, a restart in the middle. */
import { expect } from "vitest";
import { DAY } from "../../src/core/place.ts";
import type { Seen } from "../contract/receiver.ts";
import { earnedIn } from "../kit/board.ts";
import { keptIn } from "../kit/kept.ts";
import { PEOPLE, type Stage } from "./stage.ts";

const { ada, ben } = PEOPLE;

export async function recallScript(stage: Stage): Promise<void> {
  const { walker, channel, store, clock, restart, slash, press, text, find } = stage;
  const learner = { platform: channel.platform, space: channel.space, id: ben.id } as const;
  const reviews = async () => (await keptIn(store, "recall_review", learner)).length;
  const on = async (seen: Seen, label: string): Promise<Seen & { kind: "reply" }> => {
    if (seen.kind !== "reply") return expect.fail("no reply");
    const next = await press(ben, seen, label);
    return next.kind === "reply" ? next : expect.fail("a form opened");
  };

  // A drawing leaves cards; the first session begins with them.
  expect(await slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily", mix: "choice" })).toContain("is set up");
  const drawing = { case: "ad-click-prediction", diagram: "online", drawing: "client -> gateway -> @everyone" };
  const form = await walker.slash(ben, "draw", {});
  if (form.kind !== "form") return expect.fail("no form opened");
  const drawn = await walker.submit(ben, form.token, drawing);
  expect(text(drawn)).toContain("3 missing boxes are in your /recall now");
  // Its picture may come later, as a reply of its own.
  expect(await walker.pictured(drawn.token)).toHaveLength(1);
  let view = await walker.slash(ben, "recall", {});
  expect(text(view)).toContain("Recall · 8 new");
  expect(text(view)).toContain("rubbed one box");

  // The answer, with an interval on each rating; a second click is explained; undone; a restart changes nothing.
  const answer = await on(view, "Show answer");
  view = await on(answer, "Good · 2 d");
  expect(text(view)).toContain("Recall · 7 new");
  expect(text(await on(answer, "Easy · 8 d"))).toContain("You said Good already");
  expect(await reviews()).toBe(1);
  await restart();
  view = await on(view, "Undo");
  expect(text(view)).toContain("Taken back");
  expect(await reviews()).toBe(0);
  view = await on(view, "Not useful");
  expect(text(view)).toContain("Taken out");
  view = await on(view, "Bring it back");
  expect(text(view)).toContain("It is back in your deck");
  for (let left = 8; left > 0; left--) {
    expect(text(view)).toContain(`Recall · ${left} new`);
    view = await on(await on(view, "Show answer"), "Good · 2 d");
  }
  expect(text(view)).toContain("Recall · done for today");
  expect(text(view)).toContain("1 of 4 points");
  const group = (await store.read.groups.at(channel)) ?? expect.fail("no group");
  expect(await earnedIn(store, group.id)).toMatchObject([{ member: ben.id, points: 1 }]);

  // One's own progress: the picture, the same in words, and what to do next.
  const mine = await on(view, "My progress");
  expect(text(mine)).toContain("Your progress");
  expect(text(mine)).toContain("play a mock round");
  expect(await walker.pictured(mine.token)).toEqual([
    expect.stringMatching(/^Your last 26 weeks, 0 drills\. 1 active day.*No mock round scored yet\.$/),
  ]);
  await clock.advanceTo(clock.now() + 2 * DAY);
  await find(channel, "Daily drill");
  const next = await walker.slash(ben, "progress", {});
  expect(text(next)).toContain("answer today's drill");
  if (next.kind !== "reply") return expect.fail("no reply");
  expect((await press(ben, next, "Answer today's drill")).kind).toBe("form");
  expect(await slash(ben, "recall")).toContain("8 due, 8 new");
  expect(await slash(ada, "progress")).toContain("no answer yet");
}
