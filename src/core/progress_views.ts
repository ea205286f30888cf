/** One's own progress, for nobody else: the picture, the same in words, and what to do next. */
import { type Framework, STEPS, type Tradeoff } from "./content.ts";
import { bold, channelLink, moment } from "./markup.ts";
import { type ProgressPicture, pictureBlock } from "./picture.ts";
import type { Instant } from "./place.ts";
import type { StepProfile, Suggestion } from "./progress.ts";
import { type Streak, streakInWords } from "./streak.ts";
import type { Block, Button, Fact, View } from "./view.ts";

export interface Progress {
  /** The group that it is about, by its channel; undefined for who is in none yet. */
  readonly channel: string | undefined;
  /** Whether they can look at another group's instead. */
  readonly choice: boolean;
  /** Whether this is read in a channel, where drills and rounds are at hand. */
  readonly inChannel: boolean;
  /** A local date, the last day of `days`. */
  readonly until: string;
  /** How much was done on each of 182 days. */
  readonly days: readonly number[];
  readonly drills: number;
  readonly streak: Streak;
  readonly profile: readonly StepProfile[];
  readonly system: number | undefined;
  readonly trend: ProgressPicture["trend"];
  readonly due: number;
  readonly fresh: number;
  readonly next: Suggestion;
}

export interface Names {
  readonly framework: Framework;
  readonly tradeoffs: ReadonlyMap<string, Tradeoff>;
}

export function progressView(progress: Progress, names: Names): View {
  const { channel, inChannel, choice } = progress;
  const next = nextStep(progress, names);
  const buttons: readonly Button[] = [
    ...(next.button ? [{ ...next.button, style: "primary" } as const] : []),
    ...(choice ? [{ label: "Another group", command: "recall group", input: { to: "progress" } }] : []),
  ];
  return {
    title: "Your progress",
    blocks: [
      pictureBlock(picture(progress, names)),
      ...(channel !== undefined && !inChannel ? [text(`In ${channelLink(channel)}. Nobody but you sees this.`)] : []),
      { kind: "facts", facts: [...overall(progress), ...progress.profile.map((one, at) => stepFact(one, at, names.framework))] },
      text(`**Next:** ${next.words}`),
      ...(buttons.length > 0 ? [{ kind: "buttons", buttons } as const] : []),
    ],
  };
}

const text = (markdown: string): Block => ({ kind: "text", markdown });
const percent = (share: number): number => Math.round(100 * share);
const titleOf = (framework: Framework, at: number): string => framework.steps[at]?.title ?? STEPS[at] ?? "";

function picture({ until, days, drills, streak, profile, system, trend }: Progress, { framework }: Names): ProgressPicture {
  return {
    kind: "progress",
    title: "Your last 26 weeks",
    subtitle: `${drills} ${drills === 1 ? "drill" : "drills"}`,
    until,
    days,
    streak: streak.current,
    longest: streak.best,
    steps: profile.map(({ coverage, answers }, at) => ({
      title: titleOf(framework, at),
      answers,
      ...(coverage === undefined ? {} : { coverage }),
    })),
    ...(system === undefined ? {} : { system }),
    trend,
  };
}

function overall({ days, drills, streak, system, trend, due, fresh }: Progress): readonly Fact[] {
  const active = days.filter((done) => done > 0).length;
  const last = trend.at(-1);
  return [
    { name: "Streak", value: `${streakInWords(streak) || "none at the moment"}; the longest was ${streak.best}` },
    { name: "26 weeks", value: `${active} active ${active === 1 ? "day" : "days"}, ${drills} ${drills === 1 ? "drill" : "drills"}` },
    {
      name: "Mock rounds",
      value: last
        ? `level **${last.level}** of 4 in the last of ${trend.length}${trend[0] && trend.length > 1 ? `, ${trend[0].level} in the first` : ""}`
        : "none scored yet",
    },
    {
      name: "Balance",
      value:
        system === undefined
          ? "no rubric point earned yet (aim 70 % system, 30 % ML)"
          : `${percent(system)} % system, ${100 - percent(system)} % ML (aim 70/30)`,
    },
    { name: "Recall", value: `${due} due, ${fresh} new today` },
  ];
}

const stepFact = ({ coverage, answers }: StepProfile, at: number, framework: Framework): Fact => ({
  name: `${at + 1} ${titleOf(framework, at)}`,
  value: coverage === undefined ? "no answer yet" : `**${percent(coverage)} %** over ${answers} ${answers === 1 ? "answer" : "answers"}`,
});

interface Next {
  readonly words: string;
  readonly button?: Button;
}

function nextStep({ next, channel, inChannel, profile }: Progress, { framework, tradeoffs }: Names): Next {
  const where = channel !== undefined && !inChannel ? ` in ${channelLink(channel)}` : "";
  switch (next.kind) {
    case "daily":
      return {
        words: `answer today's drill${where}. It closes ${closing(next.until)}.`,
        ...(inChannel ? { button: { label: "Answer today's drill", command: "daily answer", input: {} } } : {}),
      };
    case "recall":
      return {
        words: `${next.waiting} recall ${next.waiting === 1 ? "card waits" : "cards wait"} for you.`,
        button: { label: "Recall", command: "recall", input: {} },
      };
    case "mock":
      return {
        words: `play a mock round${where}: ${next.days === undefined ? "you have not been in one" : `the last one was ${next.days} days ago`}.`,
        ...(inChannel ? { button: { label: "Open a lobby", command: "mock start", input: {} } } : {}),
      };
    case "step": {
      const at = STEPS.indexOf(next.step);
      const share = profile[at]?.coverage;
      return {
        words: `your weakest step is **${at + 1}, ${titleOf(framework, at).toLowerCase()}**${share === undefined ? "" : ` (${percent(share)} %)`}. Settle ${bold(tradeoffs.get(next.tradeoff)?.title ?? next.tradeoff)} for yourself, then compare.`,
        button: { label: "Open the trade-off", command: "tradeoff", input: { name: next.tradeoff } },
      };
    }
    case "rest":
      return { words: "nothing waits. The next drill comes as planned." };
  }
}

const closing = (until: Instant): string => moment(until, "relative");

/** Who is in no group yet has nothing but cards. */
export const noGroupView = (waiting: number): View => ({
  title: "Your progress",
  blocks: [
    text("You are in no group here yet: answer a drill or take a seat in a mock round, and your streak, steps and rounds are shown here."),
    text(waiting > 0 ? `${waiting} recall ${waiting === 1 ? "card waits" : "cards wait"} for you.` : "Your recall deck works already."),
    { kind: "buttons", buttons: [{ label: "Recall", command: "recall", input: {}, style: "primary" }] },
  ],
});
