/** A room for the page's own tests: commands that answer at once, and messages of every kind. */

import { z } from "zod";
import type { Press } from "../../src/app/button.ts";
import { type Choice, type Command, command, type Invocation } from "../../src/app/command.ts";
import type { Dispatcher } from "../../src/app/dispatch.ts";
import type { Form, View } from "../../src/core/view.ts";

const elsewhere = () => Promise.reject(new Error("the room answers by itself"));

const CASES: readonly Choice[] = [
  { label: "Ad click prediction", value: "ad-click-prediction" },
  { label: "Video recommendation", value: "video-recommendation" },
];

const commands: readonly Command[] = [
  command({
    path: "setup",
    summary: "Give this channel a daily drill: time, zone, weekdays",
    access: "organizer",
    input: z.object({
      time: z.string().max(5).describe("Local time, such as 09:00"),
      zone: z.string().describe("IANA time zone, such as Europe/Berlin").meta({ completes: true }),
      weekdays: z.enum(["every day", "weekdays"]).default("weekdays").describe("On which days"),
    }),
    complete: elsewhere,
    form: elsewhere,
    run: elsewhere,
  }),
  command({
    path: "daily answer",
    summary: "Answer today's drill",
    access: "anyone",
    input: z.object({
      text: z.string().max(3000).describe("Your answer"),
      sure: z.boolean().default(false).describe("Whether you are sure"),
    }),
    form: elsewhere,
    run: elsewhere,
  }),
  command({ path: "daily skip", summary: "Replace today's drill with another", access: "organizer", input: z.object({}), run: elsewhere }),
  command({
    path: "mock start",
    summary: "Open the lobby of a mock interview",
    access: "anyone",
    input: z.object({
      case: z.string().describe("The case to work on").meta({ completes: true }),
      minutes: z.int().min(20).max(90).default(45).describe("How long it takes"),
      pace: z.enum(["live", "async"]).default("live").describe("Minutes per step, or hours per turn"),
    }),
    complete: elsewhere,
    run: elsewhere,
  }),
  command({
    path: "leaderboard",
    summary: "Who has how many points",
    access: "anyone",
    input: z.object({ period: z.enum(["week", "all"]).default("week").describe("Since when") }),
    run: elsewhere,
  }),
  command({
    path: "mock score",
    summary: "Score a step",
    access: "anyone",
    hidden: true,
    input: z.object({ step: z.int(), level: z.string() }),
    form: elsewhere,
    run: elsewhere,
  }),
];

const answerForm: Form = {
  title: "Your answer",
  intro: "Design **ad click prediction** for a feed.\n\n- 1M queries a second\n- 100 ms for everything",
  submit: "Answer",
  fields: [
    {
      name: "text",
      label: "What would you say?",
      hint: "In your own words, as to an interviewer. Numbers help.",
      required: true,
      kind: "paragraph",
      maxLength: 3000,
    },
    { name: "title", label: "A title for it", required: false, kind: "line", maxLength: 60 },
    {
      name: "level",
      label: "How sure are you?",
      required: false,
      kind: "choice",
      options: [
        { label: "I would say it aloud", value: "4", hint: "Every number has a source or an estimate behind it" },
        { label: "Mostly", value: "3", hint: "One or two guesses" },
        { label: "A guess", value: "1" },
      ],
    },
  ],
};

/** Text that tries everything a person could try. */
export const HOSTILE = `<img src=x onerror="document.title='owned'"> **b** [x](javascript:alert(1)) @everyone`;

export const feedback: View = {
  title: "2 of 4 points covered",
  tone: "good",
  blocks: [
    {
      kind: "quote",
      text: "We have 1M queries a second at peak, so ranking must stay below 40 ms.\nI would log impressions with their features.",
      by: "ben",
    },
    {
      kind: "rubric",
      points: [
        { state: "covered", text: "States the traffic, with a **peak** and an average", evidence: "1M queries a second at peak" },
        { state: "mentioned", text: "Names the latency budget and splits it over the stages", evidence: "ranking must stay below 40 ms" },
        { state: "unsure", text: "Perhaps _freshness_: it could be read either way, put it plainly" },
        { state: "missed", text: "Something about _what happens when data drifts_ is still open" },
      ],
    },
    { kind: "text", markdown: "**6 points.** You can improve the answer until the reveal; the first one has scored." },
    { kind: "buttons", buttons: [{ label: "Change my answer", command: "daily answer", input: {} }] },
  ],
};

export const drill = (revealAt: number): View => ({
  title: "Daily drill · Ad click prediction, step 1",
  blocks: [
    {
      kind: "text",
      markdown:
        "Which **three questions** would you ask first, and what would you do with the answers? Mind the `p99` latency.\n\n- the business goal\n- the scale, with an estimate",
    },
    {
      kind: "facts",
      facts: [
        { name: "Case", value: "Ad click prediction" },
        { name: "Sealed until", value: `{time:${revealAt}:datetime}, {time:${revealAt}:relative}` },
        { name: "Asked by", value: "{member:ada}" },
      ],
    },
    {
      kind: "buttons",
      buttons: [
        { label: "Answer", command: "daily answer", input: {}, style: "primary" },
        { label: "Leaderboard", command: "leaderboard", input: {} },
        { label: "Skip it", command: "daily skip", input: {}, style: "danger", revision: 3 },
      ],
    },
  ],
});

export const board: View = {
  title: "Leaderboard of this week",
  blocks: [
    {
      kind: "ranking",
      unit: "points",
      rows: [
        { rank: 1, name: "Ada", value: 1204, own: true },
        { rank: 2, name: "Chen", value: 96 },
        { rank: 2, name: HOSTILE, value: 96 },
        { rank: 9, name: "Ben", value: 4, gap: true },
      ],
    },
    { kind: "facts", facts: [{ name: "5 Model development and evaluation", value: "level **4** · rubric 6 % · 1 of 7 min" }] },
    { kind: "text", markdown: "Rank 1 of 9. The week ends on Sunday." },
  ],
};

/** Answers like the product, from the views above, and keeps what arrived. */
export class Room implements Dispatcher {
  readonly commands = commands;
  readonly invocations: Invocation[] = [];

  wantsForm(path: string, input: Readonly<Record<string, unknown>>): boolean {
    return (path === "daily answer" && input.text === undefined) || (path === "setup" && input.time === undefined);
  }
  async open({ path: command, input, revision }: Invocation) {
    return { form: answerForm, press: { command, input: input as Press["input"], revision } };
  }
  async hear() {
    return undefined;
  }
  async dispatch(invocation: Invocation): Promise<View> {
    this.invocations.push(invocation);
    if (invocation.path === "leaderboard") return board;
    if (invocation.path === "daily answer")
      return invocation.input.text === "too late" ? { title: "That drill has closed", tone: "warn", blocks: [] } : feedback;
    return { title: `Done: ${invocation.path}`, blocks: [{ kind: "text", markdown: `\`${JSON.stringify(invocation.input)}\`` }] };
  }
  async complete(_path: string, field: string, typed: string) {
    const all =
      field === "zone"
        ? [
            { label: "Europe/Berlin", value: "Europe/Berlin" },
            { label: "Europe/Paris", value: "Europe/Paris" },
          ]
        : CASES;
    return all.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  }
}
