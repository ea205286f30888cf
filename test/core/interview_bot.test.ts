/** The bot as an interviewer, on the real bank: what it asks, what it says, what it keeps to itself. */
import { describe, expect, it } from "vitest";
import { materialOf } from "../../src/app/library.ts";
import { STEPS } from "../../src/core/content.ts";
import { gradeAnswer } from "../../src/core/grading.ts";
import { advance, openLobby } from "../../src/core/interview.ts";
import { botMove } from "../../src/core/interview_bot.ts";
import type { RoundMaterial } from "../../src/core/interview_material.ts";
import { MODE_RULES, type Mode } from "../../src/core/interview_modes.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { voice } from "../../src/core/interview_voice.ts";
import { library } from "../kit/bank.ts";

const SLUG = "ad-click-prediction";
const material = materialOf(library, SLUG) ?? expect.fail("no material");
const place = { platform: "web", space: "s", channel: "c" } as const;

/** A round under way, and all that was said in its thread. */
interface Talk {
  readonly round: Interview;
  readonly heard: readonly string[];
}
const begun = (mode: Mode = "solo", id = "r1", slug = SLUG): Talk => {
  const plan = { id, group: "g", place, case: slug, host: "ada", mode, pace: "live", minutes: STEPS.map(() => 6), turnHours: 24 } as const;
  const seats = ["ada", ...(mode === "relay" ? ["ben"] : [])].map((who) => ({ who, seat: "candidate" }) as const);
  const { state } = openLobby(plan, seats, 0);
  const verdict = state.phase.name === "lobby" ? advance(state, { kind: "begin", who: "ada" }, 0) : undefined;
  return { round: verdict?.ok ? verdict.state : state, heard: [] };
};
function say({ round, heard }: Talk, text: string, content: RoundMaterial = material): Talk {
  const said = advance(round, { kind: "answer", who: round.candidate ?? "", text, turn: undefined }, 1);
  if (!said.ok) return expect.fail(said.refusal.title);
  const move = botMove(said.state, content) ?? expect.fail("the bot has nothing to do");
  const reply = advance(said.state, move, 1);
  if (!reply.ok) return expect.fail(`the bot's ${move.kind} was refused: ${reply.refusal.title}`);
  const spoken = voice(reply.state, reply.says, content, "n").flatMap((effect) =>
    "view" in effect && effect.kind === "post" ? [effect.view] : [],
  );
  return { round: reply.state, heard: [...heard, ...spoken.map((view) => JSON.stringify(view.blocks))] };
}
const stepOf = ({ phase }: Interview) => ("step" in phase ? phase.step : undefined);
const asksIn = ({ round }: Talk, step: number) => round.steps[step]?.asks ?? [];
const contentOf = (step: number) => material.case.steps[STEPS[step] ?? "data"];

describe("an answer", () => {
  it("is followed up on what it missed, the heaviest first, and on nothing that it covered", () => {
    const { rubric, probes } = contentOf(0);
    const [first = ""] = rubric[0]?.good ?? [];
    const missed = (text: string) => {
      const states = new Map(gradeAnswer(rubric, text, material.vocabulary).map(({ id, state }) => [id, state]));
      return rubric.filter(({ id }) => states.get(id) === "missed");
    };
    const [ask] = asksIn(say(begun(), first), 0);
    const asked = probes[ask?.probe ?? -1]?.point;
    expect(missed(first).map(({ id }) => id)).toContain(asked);
    expect(rubric.find(({ id }) => id === asked)?.weight).toBe(Math.max(...missed(first).map(({ weight }) => weight)));
  });

  it("that covers all leads on at once, with a quotation of what it settled", () => {
    const first = say(
      begun(),
      contentOf(0)
        .rubric.flatMap(({ good }) => good)
        .join("\n"),
    );
    expect(stepOf(first.round)).toBe(1);
    expect(asksIn(first, 0)).toEqual([]);
    expect(first.heard[0]).toMatch(/“[^”]{12,}/);
  });

  it("of nothing gets two questions and no more, none twice, and no praise", () => {
    let talk = begun();
    for (const _ of [1, 2, 3]) talk = say(talk, "hm, no idea");
    expect(stepOf(talk.round)).toBe(1);
    const probes = asksIn(talk, 0).map(({ probe }) => probe);
    expect(probes).toHaveLength(MODE_RULES.solo.followUps);
    expect(new Set(probes).size).toBe(probes.length);
    expect(talk.heard.join()).not.toMatch(/Good|settles|down:/);
  });

  it("that names a model first is told so at once, kindly, and not again", () => {
    const jumped = say(begun(), "I would train a transformer with BERT embeddings on the clicks.");
    expect(jumped.heard[0]).toContain("names a model early");
    expect(jumped.heard[0]).toContain("BERT");
    expect(say(jumped, "About half a million requests a second at peak.").heard.at(-1)).not.toContain("names a model early");
  });

  it("is quoted without its markup and mentions", () => {
    const good = contentOf(0).rubric[0]?.good[0] ?? "";
    const { heard } = say(begun(), `**${good}** {member:ben} <!channel> [x](https://example.org)`);
    expect(heard[0]).not.toContain("{member:ben}");
    expect(heard[0]).not.toContain("](https");
  });
});

it("draws one curveball, in a step that it fits, and lets the candidate answer it before it goes on", () => {
  for (const id of ["r1", "r2", "r3", "r4", "r5", "r6"]) {
    let talk = begun("solo", id);
    const steps: (number | undefined)[] = [];
    while (talk.round.phase.name === "step") {
      const thrown = talk.round.curveballs.length;
      const before = stepOf(talk.round);
      talk = say(talk, `An answer about queues, number ${steps.length}.`);
      steps.push(stepOf(talk.round));
      if (talk.round.curveballs.length > thrown) expect(stepOf(talk.round), "it waits for an answer").toBe(before);
    }
    const [curveball, ...more] = talk.round.curveballs;
    expect(more).toEqual([]);
    const known = material.curveballs.find((one) => one.id === curveball?.id);
    expect(known?.steps).toContain(STEPS[curveball?.step ?? -1]);
    expect(talk.heard.join()).not.toContain(known?.adapt.slice(0, 40));
  }
});

it("in turns asks for nothing more, throws its curveball, and leaves moving on to who answers", () => {
  let talk = begun("relay");
  for (const _ of STEPS) {
    talk = say(talk, "hm");
    const step = stepOf(talk.round);
    expect(asksIn(talk, step ?? 0)).toEqual([]);
    const next = advance(talk.round, { kind: "next", who: talk.round.candidate ?? "", turn: undefined }, 2);
    if (next.ok) talk = { ...talk, round: next.state };
  }
  expect(talk.round.curveballs).toHaveLength(1);
});

it.each([...library.bank.cases.keys()])("never gives the answers of %s away", (slug) => {
  const content = materialOf(library, slug) ?? expect.fail("no material");
  let talk = begun("solo", `r-${slug}`, slug);
  while (talk.round.phase.name === "step") talk = say(talk, "I am not sure yet.", content);
  // The scorecard ends it.
  const during = talk.heard.slice(0, -1).join("\n");
  for (const step of STEPS) {
    const { rubric, probes, reference } = content.case.steps[step];
    for (const secret of [
      reference.slice(0, 60),
      ...rubric.map(({ text }) => text.slice(0, 40)),
      ...probes.map(({ strong }) => strong.slice(0, 40)),
    ])
      expect(during).not.toContain(JSON.stringify(secret).slice(1, -1));
  }
});
