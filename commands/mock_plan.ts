/** Rounds planned for an hour: announced, joined, called off. */
import { z } from "zod";
import { command, type Outcome, type Scene } from "../src/app/command.ts";
import { changePlan, instantTyped, planRound } from "../src/app/mock_plans.ts";
import { zoneOf } from "../src/core/group.ts";
import { MODE_RULES } from "../src/core/interview_modes.ts";
import { PACES, TURN_HOURS } from "../src/core/interview_state.ts";
import { clip, moment } from "../src/core/markup.ts";
import { cancelPlan, come as comes, type MockPlan, PLANNED_MODES } from "../src/core/mock_plan.ts";
import { comingView, plansView } from "../src/core/mock_plan_views.ts";
import { refuse } from "../src/core/refusal.ts";
import { WISHES } from "../src/core/seat_ledger.ts";
import { done } from "../src/core/view.ts";
import { findCase } from "./case_find.ts";
import { offered } from "./lookup.ts";

/** Which plan, from a button. */
const plan = z.string().max(20).meta({ carried: true });

export const planned = command({
  path: "mock plan",
  summary: "Plan a mock round for a day and hour, and see who comes",
  access: "anyone",
  input: z.object({
    when: z.string().trim().min(1).max(60).describe("2026-12-01 18:30, tomorrow 18:30, fri 18:30, in 2 hours"),
    case: z
      .string()
      .trim()
      .max(80)
      .optional()
      .describe("Which case; one that is new to all is chosen when left out")
      .meta({ completes: true }),
    mode: z.enum(PLANNED_MODES).default("peer").describe("peer: others interview you; relay: all answer in turn"),
    pace: z.enum(PACES).default("live").describe("live: minutes per step; async: hours per turn"),
    hours: z.int().min(1).max(168).default(TURN_HOURS).describe("Hours per turn of an async round"),
  }),
  async form(typed, { group }) {
    const zone = group ? zoneOf(group) : "UTC";
    return {
      title: "Plan a mock round",
      intro: `It is announced here, and who comes is reminded. Local times are those of **${zone}**.`,
      submit: "Announce it",
      fields: [
        {
          name: "when",
          label: "When?",
          hint: "2026-12-01 18:30, tomorrow 18:30, fri 18:30, in 2 hours",
          required: true,
          kind: "line",
          maxLength: 60,
        },
        {
          name: "case",
          label: "Which case?",
          hint: "Empty: one that is new to those who come",
          required: false,
          kind: "line",
          maxLength: 80,
          ...(typed.case ? { value: typed.case } : {}),
        },
        {
          name: "mode",
          label: "Mode",
          required: true,
          kind: "choice",
          options: PLANNED_MODES.map((mode) => ({ label: mode, value: mode, hint: clip(MODE_RULES[mode].about, 75) })),
          value: typed.mode ?? "peer",
        },
        {
          name: "pace",
          label: "Pace",
          required: true,
          kind: "choice",
          options: [
            { label: "Live", value: "live", hint: "Everybody at once, minutes per step" },
            { label: "Async", value: "async", hint: "Hours per turn, across time zones" },
          ],
          value: typed.pace ?? "live",
        },
      ],
    };
  },
  complete: async (_field, typed, { library }) => offered(library.bank.cases, typed),
  async run({ when, case: named, mode, pace, hours: turnHours }, scene) {
    const { tx, place, who, now, newId } = scene;
    if (place.channel === undefined) return refuse("This needs a channel", "Use `/mock plan` in the channel where your group meets.");
    const home = { platform: place.platform, space: place.space, channel: place.channel };
    const group = await tx.groups.ensure(home, newId(), now);
    const typed = await instantTyped(tx, group, when, now);
    if (!typed.ok) return typed;
    const found = named ? findCase(scene, named) : undefined;
    if (found && !found.ok) return found;
    const coming = [{ who: who.id, as: "any" }] as const;
    const round = {
      id: newId(),
      group: group.id,
      place: home,
      host: who.id,
      case: found?.slug,
      mode,
      pace,
      turnHours,
      at: typed.at,
      coming,
    };
    const made = await planRound(tx, round, now);
    if (!made.ok) return made;
    const zone = group.schedule ? "" : " No time zone is set here, so local times are UTC's: an organizer sets one with `/setup`.";
    return {
      ok: true,
      effects: made.effects,
      reply: {
        title: "The round is planned",
        tone: "good",
        blocks: [
          {
            kind: "text",
            markdown: `For ${moment(typed.at)}, ${moment(typed.at, "relative")}. You come; say as what, or that you cannot, with the buttons of the announcement.${zone}`,
          },
          ...((await met(tx, made.plan, who.id))
            ? [{ kind: "text", markdown: "You have met this case before: come as interviewer or scorer." } as const]
            : []),
        ],
      },
    };
  },
});

/** Whether they have met the case that the host named. */
async function met(tx: Scene["tx"], { place, case: slug }: MockPlan, who: string): Promise<boolean> {
  return slug !== undefined && (await tx.seen.by(place, [who])).some((one) => one.case === slug);
}

export const come = command({
  path: "mock come",
  summary: "Say whether you come to a planned round",
  access: "anyone",
  hidden: true,
  input: z.object({ plan, as: z.enum([...WISHES, "no"]) }),
  async run(input, { tx, group, who, invocation }): Promise<Outcome> {
    const changed = await changePlan(tx, input.plan, group, (before) => comes(before, who.id, input.as), invocation);
    return changed.ok ? { ...changed, reply: comingView(changed.plan, who.id, await met(tx, changed.plan, who.id)) } : changed;
  },
});

export const unplan = command({
  path: "mock unplan",
  summary: "Cancel a planned round, as its host or an organizer",
  access: "anyone",
  hidden: true,
  input: z.object({ plan }),
  async run(input, { tx, group, who, organizer, invocation }): Promise<Outcome> {
    const changed = await changePlan(tx, input.plan, group, (before) => cancelPlan(before, who.id, organizer), invocation);
    return changed.ok ? { ...changed, reply: done("The round is cancelled", "Those who meant to come are told in the channel.") } : changed;
  },
});

export const plans = command({
  path: "mock plans",
  summary: "The rounds that are planned here; their host or an organizer can cancel them",
  access: "anyone",
  input: z.object({}),
  async run(_input, { tx, group }) {
    const ahead = group ? await tx.plans.ahead(group.id) : [];
    if (ahead.length === 0) return refuse("No round is planned here", "Plan one with `/mock plan`, such as `/mock plan tomorrow 18:30`.");
    return { ok: true, reply: plansView(ahead) };
  },
});
