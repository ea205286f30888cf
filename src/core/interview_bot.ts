/**
 * The bot in the interviewer's seat. It reads what was answered in a step and says which move it
 * makes; the rules take its moves like anybody's. Pure: the same round gets the same interviewer,
 * after a restart as well.
 */
import { STEPS } from "./content.ts";
import { hash } from "./hash.ts";
import { contentOf, type Draw, type RoundMaterial } from "./interview_material.ts";
import { BOT, MODE_RULES } from "./interview_modes.ts";
import type { Move } from "./interview_move.ts";
import { jumpIn, readStep } from "./interview_reading.ts";
import { botInterviews, type Interview, MAX_CURVEBALLS } from "./interview_state.ts";

/** From one of these steps on, drawn for each round, the bot throws its curveball: by then there is a design to adapt. */
const CURVEBALL_FROM = (["data", "features", "model", "serving"] as const).map((step) => STEPS.indexOf(step));

/** What the bot does now; undefined when it is not its turn. Each of its moves ends its turn. */
export function botMove(round: Interview, material: RoundMaterial): Move | undefined {
  const { phase } = round;
  if (!botInterviews(round) || phase.name !== "step" || round.waiting.interviewer === undefined) return undefined;
  const { step } = phase;
  const adapting = round.curveballs.some((thrown) => thrown.step === step);
  const probe = adapting ? undefined : followUp(round, step, material);
  if (probe) return { kind: "ask", who: BOT, text: probe.ask, probe: probe.at, turn: undefined };
  const thrown = curveballFor(round, step, material);
  if (thrown) return { kind: "curveball", who: BOT, id: thrown.id, change: thrown.change, turn: undefined };
  // Who answers in turn has the step until they say that they are done.
  return MODE_RULES[round.mode].followUps > 0 ? { kind: "next", who: BOT, turn: undefined } : { kind: "here", who: BOT };
}

/** The probe of the heaviest point that is still open and was not probed yet. */
function followUp(round: Interview, step: number, material: RoundMaterial): { readonly ask: string; readonly at: number } | undefined {
  const { rubric, probes } = contentOf(material, step);
  const asked = new Set(round.steps[step]?.asks.map(({ probe }) => probe));
  if (asked.size >= MODE_RULES[round.mode].followUps) return undefined;
  const probed = new Set(probes.filter((_, at) => asked.has(at)).map(({ point }) => point));
  const states = new Map(readStep(round, step, material).map(({ id, state }) => [id, state]));
  const open = rubric
    .filter(({ id }) => states.get(id) !== "covered" && !probed.has(id))
    // What was half said is asked for after what was not said at all.
    .map(({ id, weight }) => ({ id, weight: (states.get(id) ?? "missed") === "missed" ? weight : weight / 2 }))
    .sort((a, b) => b.weight - a.weight);
  for (const { id } of open) {
    const at = probes.findIndex(({ point }) => point === id);
    const probe = probes[at];
    if (probe) return { ask: probe.ask, at };
  }
  return undefined;
}

/** One that fits the step: the case's own do not say where they do, so the bot leaves them to people. */
function curveballFor(round: Interview, step: number, material: RoundMaterial): Draw | undefined {
  const from = CURVEBALL_FROM[hash(`${round.id}/curveball`) % CURVEBALL_FROM.length] ?? 0;
  if (step < from || round.curveballs.length >= MAX_CURVEBALLS) return undefined;
  const fitting = material.curveballs.filter(({ steps }) => steps.some((one) => one === STEPS[step]));
  return fitting[hash(`${round.id}/which`) % Math.max(fitting.length, 1)];
}

/** What the bot heard in the last answer of a step, in the words of the answer. */
export interface Remark {
  /** What earned a point. */
  readonly settled: readonly string[];
  /** What began to. */
  readonly begun: readonly string[];
  /** What named a model too early. */
  readonly jump: string | undefined;
}

export function remarkOn(round: Interview, step: number, material: RoundMaterial): Remark {
  const before = withoutLastAnswer(round, step);
  const known = new Map(readStep(before, step, material).map(({ id, state }) => [id, state]));
  const newly = readStep(round, step, material).filter(({ id, state }) => (known.get(id) ?? "missed") !== state);
  const heard = (covered: boolean) =>
    newly.filter(({ state }) => (state === "covered") === covered).flatMap(({ evidence }) => longest(evidence.map(({ text }) => text)));
  return {
    settled: [...new Set(heard(true))],
    begun: [...new Set(heard(false))],
    jump: jumpIn(before, step, material) === undefined ? jumpIn(round, step, material) : undefined,
  };
}

/** With fewer words a quotation sounds like a parrot. */
const QUOTED_WORDS = 3;

const longest = (quotes: readonly string[]): readonly string[] =>
  [...quotes]
    .sort((a, b) => b.length - a.length)
    .slice(0, 1)
    .filter((text) => text.trim().split(/\s+/).length >= QUOTED_WORDS);

const withoutLastAnswer = (round: Interview, step: number): Interview => ({
  ...round,
  steps: round.steps.map((record, at) => (at === step ? { ...record, answers: record.answers.slice(0, -1) } : record)),
});
