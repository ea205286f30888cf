import { expect, test } from "vitest";
import { endPlan, type MockPlan } from "../../src/core/mock_plan.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { describeOnDatabases } from "../kit/database.ts";
import { planned } from "../kit/mock_plan.ts";
import { addGroup, berlin, channel, instant, iso, round } from "./fixtures.ts";

const NOW = instant("2026-05-01T10:00:00Z");
const WEEKLY = { weekday: 6, time: "18:00" };

const plan = (id: string, group: string, over: Partial<MockPlan> = {}): MockPlan =>
  planned({ id, group, place: channel(group), host: "ann", at: NOW + 2 * DAY, coming: [{ who: "ann \0", as: "any" }], ...over });

/** A finished round whose last step closed then. */
const finished = (id: string, group: string, candidate: string, closedAt: number) => {
  const step = { openedAt: closedAt - HOUR, closedAt, extended: false, asks: [], answers: [] };
  return round(id, group, {
    candidate,
    steps: [{ ...step, closedAt: closedAt - MINUTE }, step],
    phase: { name: "ended", how: "finished" },
  });
};

describeOnDatabases("what surrounds a round", (open) => {
  test("a plan comes back as it was saved last; what is due is claimed, what is over is not", async () => {
    const { store } = await open();
    const soon = plan("soon", "a", { at: NOW + DAY + HOUR });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await addGroup(tx, "b", NOW);
      for (const one of [plan("p", "a"), soon, plan("other", "b"), plan("over", "a")]) await tx.plans.save(one);
      await tx.plans.save(endPlan(plan("over", "a"), { how: "cancelled", by: "ann" }));
    });
    expect(await store.read.plans.find("p")).toEqual({ ...plan("p", "a"), coming: [{ who: "ann \uFFFD", as: "any" }] });
    expect(await store.read.plans.find("none")).toBeUndefined();
    expect((await store.read.plans.ahead("a")).map(({ id }) => id)).toEqual(["soon", "p"]);
    expect(await store.nextDue(NOW)).toBe(NOW + HOUR);
    const due = (now: number, limit = 9) => store.transaction((tx) => tx.plans.due(now, limit));
    expect(await due(NOW + HOUR - 1)).toEqual([]);
    expect(await due(NOW + HOUR)).toEqual(["soon"]);
    expect(await due(NOW + DAY, 1)).toEqual(["soon"]);
    expect([...(await due(NOW + DAY))].sort()).toEqual(["other", "p", "soon"]);
  });

  test("cases in play are those of open rounds and of plans ahead, in the whole space and in no other", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await addGroup(tx, "b", NOW);
      await tx.rounds.save(round("r", "a", { case: "open" }));
      await tx.rounds.save(round("q", "a", { case: "ended", phase: { name: "ended", how: "cancelled" } }));
      await tx.plans.save(plan("p", "b", { case: "planned" }));
      await tx.plans.save(plan("o", "b", { case: "over", ended: { how: "alone" } }));
      await tx.plans.save(plan("n", "b"));
    });
    expect(await store.read.plans.casesInPlay(channel("elsewhere"))).toEqual({ open: ["open"], planned: ["planned"] });
    expect(await store.read.plans.casesInPlay({ ...channel("a"), space: "s2" })).toEqual({ open: [], planned: [] });
  });

  test.each([
    ["an hour", "2026-12-01", "18:30", "2026-12-01T17:30:00.000Z"],
    ["one in the spring gap comes later by the gap", "2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"],
    ["a repeated one is the first", "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"],
  ])("local time: %s", async (_what, day, time, expected) => {
    const { store } = await open();
    expect(iso(await store.read.plans.instantOf("Europe/Berlin", day, time))).toBe(expected);
  });

  test("the seat ledger is read off finished rounds of the group: the last of each", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await addGroup(tx, "b", NOW);
      await tx.rounds.save(finished("r1", "a", "ann", NOW));
      await tx.rounds.save(finished("r2", "a", "bob", NOW + HOUR));
      await tx.rounds.save(finished("r3", "a", "ann", NOW + 2 * HOUR));
      await tx.rounds.save(finished("r4", "b", "cas", NOW));
      await tx.rounds.save({ ...finished("r5", "a", "cas", NOW), phase: { name: "ended", how: "deserted" } });
      await tx.rounds.save(round("r6", "a", { candidate: "cas" }));
      await tx.rounds.save({ ...finished("r7", "a", "bob", NOW + 9 * HOUR), mode: "solo" });
    });
    const last = await store.read.seats.lastCandidate("a", ["ann", "bob", "cas", "o'neil"]);
    expect([...last].sort()).toEqual([
      ["ann", NOW + 2 * HOUR],
      ["bob", NOW + HOUR],
    ]);
    expect(await store.read.seats.lastCandidate("a", [])).toEqual(new Map());
  });

  test("a case is met once, the first time", async () => {
    const { store } = await open();
    const place = channel("a");
    await store.transaction(async (tx) => {
      await tx.seen.add(place, "ads", ["bob", "ann", "bob"], "drill", NOW);
      await tx.seen.add(place, "ads", ["ann", "cas"], "round", NOW + HOUR);
      await tx.seen.add(place, "ads", [], "round", NOW);
      await tx.seen.add({ ...place, space: "s2" }, "feed", ["ann"], "case", NOW);
    });
    expect(await store.read.seen.by(channel("another of the space"), ["ann", "cas", "zoe"])).toEqual([
      { member: "ann", case: "ads", how: "drill", at: NOW },
      { member: "cas", case: "ads", how: "round", at: NOW + HOUR },
    ]);
    expect(await store.read.seen.by(place, [])).toEqual([]);
  });

  test("the pairing: joined, changed, left; claimed once a week in the zone of the group", async () => {
    const { store } = await open();
    const member = (id: string, times = "18:00-21:00") => ({ member: id, level: "practising", free: { weekdays: 5, times } }) as const;
    // Friday; Sunday 18:00 in Berlin is 16:00 UTC.
    const sunday = instant("2026-05-03T16:00:00Z");
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW, berlin("09:00"));
      const weekly = { ...WEEKLY, zone: "Europe/Berlin" };
      expect(await tx.pairing.join("a", member("bob"), weekly, NOW)).toBe(sunday);
      expect(await tx.pairing.join("a", member("ann"), weekly, NOW + DAY)).toBe(sunday);
      await tx.pairing.join("a", member("bob", "07:00"), weekly, NOW);
    });
    expect(await store.read.pairing.members("a")).toEqual([member("ann"), member("bob", "07:00")]);
    expect(await store.read.pairing.member("a", "bob")).toEqual(member("bob", "07:00"));
    expect(await store.read.pairing.member("b", "bob")).toBeUndefined();
    const claim = (now: number) => store.transaction((tx) => tx.pairing.claimDue(WEEKLY, now, 9));
    expect(await claim(sunday - 1)).toEqual([]);
    expect(await claim(sunday + HOUR)).toEqual([{ group: "a", due: sunday }]);
    expect(await claim(sunday + HOUR)).toEqual([]);
    expect(await claim(sunday + 7 * DAY)).toEqual([{ group: "a", due: sunday + 7 * DAY }]);
    await store.transaction(async (tx) => {
      for (const who of ["ann", "bob"]) expect(await tx.pairing.leave("a", who)).toBe(true);
      expect(await tx.pairing.leave("a", "ann")).toBe(false);
    });
    expect(await claim(sunday + 21 * DAY)).toEqual([]);
  });

  test("the last partners are those of the newest match of each, of this group", async () => {
    const { store } = await open();
    const match = (id: string, group: string, at: number, ...members: string[]) =>
      ({ id, group, at, members, times: [{ at: NOW, label: "Mon" }], plan: undefined }) as const;
    await store.transaction(async (tx) => {
      for (const group of ["a", "b"]) await addGroup(tx, group, NOW);
      for (const who of ["ann", "bob", "cas", "new"])
        await tx.pairing.join(
          "a",
          { member: who, level: "starting", free: { weekdays: 1, times: "18:00" } },
          { ...WEEKLY, zone: "UTC" },
          NOW,
        );
      await tx.pairing.save(match("1", "a", NOW, "ann", "bob", "cas"));
      await tx.pairing.save(match("2", "a", NOW + DAY, "cas", "ann"));
      await tx.pairing.save(match("3", "b", NOW + 2 * DAY, "ann", "bob"));
      await tx.pairing.save({ ...match("2", "a", NOW + DAY, "cas", "ann"), plan: { id: "p", at: NOW } });
    });
    expect([...(await store.read.pairing.lastPartners("a"))].sort()).toEqual([
      ["ann", ["cas"]],
      ["bob", ["ann", "cas"]],
      ["cas", ["ann"]],
    ]);
    expect(await store.read.pairing.match("1")).toEqual(match("1", "a", NOW, "ann", "bob", "cas"));
    expect((await store.read.pairing.match("2"))?.plan).toEqual({ id: "p", at: NOW });
    expect(await store.read.pairing.match("9")).toBeUndefined();
  });

  test("who leaves for good comes to no plan and is in no pairing; others stay", async () => {
    const { store } = await open();
    const who = { platform: "web", space: "space", id: "bob" } as const;
    const coming = [
      { who: "ann", as: "any" },
      { who: "bob", as: "candidate" },
    ] as const;
    const weekly = { ...WEEKLY, zone: "UTC" };
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.plans.save(plan("hosted", "a", { host: "bob", coming, notComing: [] }));
      await tx.plans.save(plan("joined", "a", { coming: [], notComing: ["bob", "ann"] }));
      await tx.seen.add(channel("a"), "ads", ["ann", "bob"], "drill", NOW);
      for (const member of ["ann", "bob"])
        await tx.pairing.join("a", { member, level: "starting", free: { weekdays: 1, times: "18:00" } }, weekly, NOW);
      await tx.pairing.save({ id: "m", group: "a", at: NOW, members: ["ann", "bob"], times: [], plan: undefined });
      const kept = await tx.personal.kept(who);
      expect(kept.flatMap(({ name, rows }) => (rows.length > 0 ? [`${name} ${rows.length}`] : [])).sort()).toEqual([
        "case_seen 1",
        "mock_plan 2",
        "pair_match 1",
        "pair_member 1",
      ]);
      await tx.personal.forget({ ...who, as: "former-1", name: "Bob", words: [], rounds: [] });
    });
    expect(await store.read.plans.find("hosted")).toMatchObject({ host: "former-1", coming: [coming[0]] });
    expect(await store.read.plans.find("joined")).toMatchObject({ coming: [], notComing: ["ann"] });
    expect((await store.read.seen.by(channel("a"), ["ann", "bob"])).map(({ member }) => member)).toEqual(["ann"]);
    expect((await store.read.pairing.members("a")).map(({ member }) => member)).toEqual(["ann"]);
    expect(await store.read.pairing.match("m")).toBeUndefined();
  });
});
