/** A round on its way as people take it: planned, joined, reminded of, opened at the hour; and the weekly pairing. */
import { expect } from "vitest";
import { DAY, MINUTE } from "../../src/core/place.ts";
import { PEOPLE, type Stage } from "./stage.ts";

const { ada, ben, chen } = PEOPLE;
const HOSTILE = "@everyone <!channel> **now**";

export async function planScript({
  channel,
  store,
  clock,
  restart,
  beat,
  find,
  slash,
  press,
  fillSlash,
  text,
  walker,
}: Stage): Promise<void> {
  expect(await slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily" })).toContain("The daily drill is set up");
  expect(await slash(ada, "daily pause")).toContain("Paused");
  const group = (await store.read.groups.at(channel)) ?? expect.fail("no group");

  // What cannot be read is explained; a form asks for what is missing.
  expect(await slash(ben, "mock plan", { when: HOSTILE })).toMatch(/That hour cannot be read[\s\S]*tomorrow 18:30/);
  expect(await slash(ben, "mock plans")).toContain("No round is planned here");
  expect(await fillSlash(ben, "mock plan", () => ({ when: "in 3 days 18:30", case: "", mode: "peer", pace: "live" }))).toContain(
    "The round is planned",
  );
  const [plan] = await store.read.plans.ahead(group.id);
  const at = plan?.at ?? expect.fail("nothing is planned");

  // Who comes, by buttons; an edit shows it; a stranger cannot cancel.
  const announced = await find(channel, "A mock round is planned");
  expect(text(await press(chen, announced, "As interviewer"))).toContain("You come as interviewer");
  expect(text(await press(ada, announced, "I cannot"))).toContain("You cannot come");
  expect(text(await press(chen, announced, "Cancel the round"))).toContain("Only its host or an organizer");
  const joined = await find(channel, "A mock round is planned");
  expect(joined.remote).toBe(announced.remote);
  expect(joined.text).toMatch(/Seats so far[\s\S]*for the first time/);
  expect(await slash(ada, "mock plans")).toContain("1 mock round is planned");

  // Reminded of, over a restart, and each time once.
  await clock.advanceTo(at - DAY);
  await find(channel, "Your mock round is near");
  await restart();
  await clock.advanceTo(at - 15 * MINUTE);
  await beat();
  expect((await walker.shown(channel)).filter((shown) => shown.text.includes("Your mock round is near"))).toHaveLength(2);

  // The hour: the lobby, with the seats taken and the turn named.
  await clock.advanceTo(at);
  const lobby = await find(channel, "Mock round ·");
  expect(lobby.text).toContain("Candidate next:");
  expect((await find(channel, "Mock round planned")).remote).toBe(announced.remote);
  expect(text(await press(ada, lobby, "Candidate"))).toContain("seat is taken");
  expect(text(await press(ben, lobby, "Begin"))).toContain("The round begins");
  expect(await slash(ben, "mock cancel")).toContain("The round is cancelled");

  // A plan that is called off, by the organizer.
  expect(await slash(ben, "mock plan", { when: "tomorrow 20:00" })).toContain("The round is planned");
  expect(text(await press(ada, await find(channel, "A mock round is planned"), "Cancel the round"))).toContain("The round is cancelled");
  await find(channel, "The planned round is cancelled");

  // A partner a week, and a time that becomes a plan.
  const join = (times: string) => () => ({ level: "practising", days: "daily", times });
  expect(await fillSlash(ben, "mock pair", join("soon"))).toContain("Your times cannot be read");
  expect(await fillSlash(ben, "mock pair", join("18:00-21:00"))).toContain("You are in the weekly pairing");
  expect(await slash(chen, "mock pair", { action: "leave" })).toContain("You are not in the pairing");
  const asked = await walker.slash(chen, "mock pair", { action: "join" });
  if (asked.kind !== "reply") return expect.fail("no reply");
  const form = await press(chen, asked, "Choose level and times");
  if (form.kind !== "form") return expect.fail("no form opened");
  expect(text(await walker.submit(chen, form.token, join("19-22")()))).toContain("You are in the weekly pairing");
  await clock.advanceTo((await store.agenda()).pairings ?? expect.fail("no pairing is due"));
  const match = await find(channel, "Mock pair of the week");
  const id = `${group.id}/${await store.read.calendar.localDate("Europe/Berlin", clock.now())}/0`;
  const label = (await store.read.pairing.match(id))?.times[1]?.label ?? expect.fail("no times were offered");
  expect(text(await press(ada, match, label))).toContain("These times are not yours");
  expect(text(await press(chen, match, label))).toContain("The round is planned");
  await find(channel, "Planned for");
}
