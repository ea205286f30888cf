import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { openLobby } from "../../src/core/interview.ts";
import { type Interview, noShowMs, type Pace, SCORING_MINUTES, scorersOf, seatOf, turnOf, WAITS } from "../../src/core/interview_state.ts";
import { dueOf } from "../../src/core/interview_time.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { PLAN, played, refusal, says } from "../kit/interview.ts";

const lobby = (pace: Pace = "live"): Interview => openLobby({ ...PLAN, pace }, [{ who: "ada", seat: "candidate" }], 0).state;
const seated = (pace: Pace = "live") =>
  played(lobby(pace), [{ kind: "take", who: "ben", seat: "interviewer" }, 1], [{ kind: "take", who: "chen", seat: "scorer" }, 1]);
const running = (pace: Pace = "live") => played(seated(pace), [{ kind: "begin", who: "ada" }, 2]);
const next = { kind: "next", who: "ben", turn: undefined } as const;
const time = { kind: "time" } as const;
const prompted = (step: number, prompt = 1) => ({ kind: "prompted", step, prompt }) as const;
const answer = (who: string, text: string) => ({ kind: "answer", who, text, turn: undefined }) as const;
const ask = (text: string, probe?: number) => ({ kind: "ask", who: "ben", text, probe, turn: undefined }) as const;
const curveball = { kind: "curveball", who: "ben", id: "tenfold", change: "Traffic grows tenfold.", turn: undefined } as const;
const extend = (who: string) => ({ kind: "extend", who, turn: undefined }) as const;
const asked = (pace: Pace = "live") => played(running(pace), [prompted(0), 0]);
const scoring = () => STEPS.reduce((state) => played(state, [next, 100]), running());

it("does not wait for an answer that came before the delivery of its prompt was noted", () => {
  const open = played(running(), [answer("ada", "Clicks first"), 4_000], [prompted(0), 5_000]);
  expect(open.waiting).toEqual({ candidate: undefined, interviewer: 4_000 });
});

describe("lobby", () => {
  it("seats its host, and others where there is room", () => {
    expect(seatOf(lobby(), "ada")).toBe("candidate");
    expect(refusal(lobby(), { kind: "take", who: "ben", seat: "candidate" })).toBe("The candidate's seat is taken");
    expect(scorersOf(seated())).toEqual(["ben", "chen"]);
  });

  it("has room for two interviewers", () => {
    const two = played(seated(), [{ kind: "take", who: "dana", seat: "interviewer" }, 1]);
    expect(two.interviewers).toEqual(["ben", "dana"]);
    expect(refusal(two, { kind: "take", who: "eli", seat: "interviewer" })).toBe("The interviewer's seat is taken");
  });

  it("gives a person one seat at a time", () => {
    const moved = played(seated(), [{ kind: "take", who: "ada", seat: "scorer" }, 3]);
    expect(moved.candidate).toBeUndefined();
    expect(moved.scorers).toEqual(["chen", "ada"]);
  });

  it("needs a candidate and an interviewer to begin", () => {
    expect(refusal(lobby(), { kind: "begin", who: "ada" })).toBe("There is no interviewer yet");
    expect(refusal(seated(), { kind: "begin", who: "zoe" })).toBe("Only somebody with a seat can begin");
    expect(running().phase).toMatchObject({ name: "step", step: 0, until: undefined });
  });

  it.each(["live", "async"] as const)("of a %s round closes itself when nobody begins", (pace) => {
    const { lobby: wait } = WAITS[pace];
    expect(refusal(lobby(pace), time, wait - 1)).toBe("Nothing is due");
    expect(played(lobby(pace), [time, wait]).phase).toEqual({ name: "ended", how: "expired" });
  });
});

describe("a step", () => {
  it("starts its clock when its prompt was delivered, once", () => {
    const open = played(running(), [prompted(0), 5_000]);
    expect(open.phase).toMatchObject({ name: "step", step: 0, until: 5_000 + 8 * MINUTE });
    expect(refusal(open, prompted(0), 9_000)).toBe("That prompt is not awaited");
    expect(refusal(running(), prompted(1), 9_000)).toBe("That prompt is not awaited");
  });

  it("does not run out before its prompt was delivered", () => {
    expect(refusal(running(), time, 1e12)).toBe("Nothing is due");
  });

  it("warns two minutes before its end, once, and closes then", () => {
    expect(says(asked(), time, 6 * MINUTE)).toEqual([{ say: "warning", step: 0, prompt: 1, extended: false }]);
    const warned = played(asked(), [time, 6 * MINUTE]);
    expect(refusal(warned, time, 8 * MINUTE - 1)).toBe("Nothing is due");
    expect(played(warned, [time, 8 * MINUTE]).phase).toMatchObject({ name: "step", step: 1, until: undefined });
  });

  it("closes without a warning that would come too late", () => {
    expect(says(asked(), time, 9 * MINUTE)).toEqual([{ say: "prompt", step: 1, prompt: 1 }]);
  });

  it("is closed by the interviewer before", () => {
    expect(played(asked(), [next, 10]).phase).toMatchObject({ name: "step", step: 1 });
    expect(refusal(asked(), { kind: "next", who: "ada", turn: undefined })).toBe("Only the interviewer moves on");
  });

  it("has a deadline of hours in an async round, without a warning", () => {
    expect(dueOf({ ...asked("async"), waiting: { candidate: undefined, interviewer: undefined } })).toEqual({ what: "end", at: 24 * HOUR });
    expect(refusal(asked("async"), extend("ada"))).toBe("An async turn has hours");
  });

  it.each(["ada", "ben"])("is extended once when %s asks, and warns again", (who) => {
    expect(refusal(running(), extend(who))).toBe("The clock has not started");
    expect(refusal(asked(), extend("chen"))).toBe("Only candidate and interviewer ask for time");
    const longer = played(asked(), [time, 6 * MINUTE], [extend(who), 7 * MINUTE]);
    expect(longer.phase).toMatchObject({ until: 11 * MINUTE, warnAt: 9 * MINUTE });
    expect(refusal(longer, extend(who), 8 * MINUTE)).toBe("This step was extended already");
  });

  it("refuses a second click of an old button", () => {
    const first = { kind: "next", who: "ben", turn: turnOf(running()) } as const;
    expect(refusal(played(running(), [first, 1]), first)).toBe("That step has closed already");
  });

  it("takes several answers from the candidate alone", () => {
    expect(refusal(running(), answer("ben", "x"))).toBe("Only the candidate answers");
    expect(says(played(running(), [answer("ada", "one"), 1]), answer("ada", "two"), 2)).toEqual([{ say: "answer", step: 0, nth: 2 }]);
  });

  it("keeps a late answer without showing or counting it", () => {
    const late = { kind: "answer", who: "ada", text: "too late", turn: 1 } as const;
    const closed = played(running(), [next, 1]);
    expect(says(closed, late, 2)).toEqual([]);
    expect(played(closed, [late, 2]).steps[0]?.answers).toEqual([{ by: "ada", text: "too late", at: 2, late: true }]);
  });
});

describe("the interviewer", () => {
  it("asks a probe once, and in own words as often as they like", () => {
    const once = played(asked(), [ask("How many users?", 2), 1]);
    expect(once.steps[0]?.asks).toEqual([{ by: "ben", text: "How many users?", probe: 2, at: 1 }]);
    expect(says(once, ask("How many users?", 2), 2)).toEqual([]);
    const more = played(once, [ask("And why?"), 3]);
    expect(refusal(more, ask("How many users?", 2), 4)).toBe("That was asked already");
    expect(says(more, ask("Really?"), 4)).toEqual([{ say: "ask", step: 0, nth: 3 }]);
    expect(refusal(asked(), { ...ask("Why?"), who: "chen" })).toBe("Only the interviewer asks");
    expect(refusal(played(asked(), [next, 1]), { ...ask("Why?"), turn: 1 })).toBe("That step has closed already");
  });

  it("throws one curveball in a round", () => {
    const thrown = played(asked(), [curveball, 5]);
    expect(thrown.curveballs).toEqual([{ id: "tenfold", change: "Traffic grows tenfold.", step: 0, by: "ben", at: 5 }]);
    expect(refusal(played(thrown, [next, 6]), curveball)).toBe("The curveball is thrown");
    expect(refusal(asked(), { ...curveball, who: "ada" })).toBe("Only the interviewer throws curveballs");
  });
});

describe("whoever does nothing on turn", () => {
  it("keeps the seat as long as the turn was promised, however long that is", () => {
    expect(noShowMs({ pace: "live", turnHours: 72 })).toBe(10 * MINUTE);
    expect(noShowMs({ pace: "async", turnHours: 12 })).toBe(24 * HOUR);
    expect(noShowMs({ pace: "async", turnHours: 72 })).toBe(72 * HOUR);
    const patient = played({ ...running("async"), turnHours: 72 }, [prompted(0), 0]);
    expect(dueOf(patient)).toEqual({ what: "no-show", seat: "candidate", at: 72 * HOUR });
  });

  const { noShow, vacancy } = WAITS.live;
  /** Step 1 ran out with no word of the candidate, and step 2 was asked. */
  const silent = () => played(asked(), [time, 8 * MINUTE], [prompted(1), 8 * MINUTE]);
  const vacant = () => played(silent(), [time, noShow]);

  it.each(["live", "async"] as const)("loses the candidate's seat, %s", (pace) => {
    const { noShow } = WAITS[pace];
    const from = pace === "live" ? silent() : asked("async");
    expect(dueOf(from)).toEqual({ what: "no-show", seat: "candidate", at: noShow });
    const lost = played(from, [time, noShow]);
    expect(lost.candidate).toBeUndefined();
    expect(lost.phase).toMatchObject({ name: "vacant", until: noShow + WAITS[pace].vacancy });
    expect(says(from, time, noShow)).toContainEqual({
      say: "vacant",
      step: pace === "live" ? 1 : 0,
      prompt: 1,
      seat: "candidate",
      lost: ["ada"],
    });
  });

  it("is waited for from the answer on, as interviewer, until they do anything", () => {
    const answered = played(asked(), [answer("ada", "one"), MINUTE]);
    expect(answered.waiting).toEqual({ candidate: undefined, interviewer: MINUTE });
    for (const move of [ask("Why?"), curveball, extend("ben"), { kind: "here", who: "ben" } as const, next])
      expect(played(answered, [move, 2 * MINUTE]).waiting.interviewer, move.kind).toBeUndefined();
    const later = played(answered, [time, 6 * MINUTE], [time, 8 * MINUTE], [prompted(1), 8 * MINUTE], [answer("ada", "two"), 9 * MINUTE]);
    const lost = played(later, [time, 10 * MINUTE], [time, MINUTE + noShow]);
    expect(lost.interviewers).toEqual([]);
    expect(lost.phase.name).toBe("vacant");
  });

  it("is not blamed for a time in which we were down", () => {
    const back = noShow + 5 * MINUTE;
    const patient = played({ ...silent(), phase: { name: "step", step: 1, prompt: 1, until: HOUR, warnAt: undefined } }, [time, back]);
    expect(patient).toMatchObject({ candidate: "ada", waiting: { candidate: back } });
  });

  it("is replaced by anybody, who has the step anew", () => {
    expect(refusal(vacant(), { kind: "take", who: "ben", seat: "candidate" })).toBe("You are needed where you sit");
    expect(refusal(vacant(), { kind: "take", who: "ben", seat: "scorer" })).toBe("The round has begun");
    expect(refusal(vacant(), next)).toBe("A seat is free");
    for (const who of ["chen", "zoe", "ada"]) {
      const state = played(vacant(), [{ kind: "take", who, seat: "candidate" }, noShow + 1], [prompted(1, 2), noShow + 2]);
      expect(seatOf(state, who)).toBe("candidate");
      expect(state.phase).toMatchObject({ name: "step", step: 1, until: noShow + 2 + 4 * MINUTE });
    }
    const taken = played(vacant(), [{ kind: "take", who: "zoe", seat: "candidate" }, noShow + 1]);
    expect(refusal(taken, prompted(1, 1))).toBe("That prompt is not awaited");
  });

  it("leaves a round that closes itself when nobody steps in", () => {
    expect(refusal(vacant(), time, noShow + vacancy - 1)).toBe("Nothing is due");
    expect(played(vacant(), [time, noShow + vacancy]).phase).toEqual({ name: "ended", how: "deserted" });
  });

  it("does not stop a candidate whose interviewer is gone", () => {
    const answered = played(asked(), [answer("ada", "one"), 0], [time, 6 * MINUTE], [time, 8 * MINUTE], [prompted(1), 8 * MINUTE]);
    const alone = played(answered, [answer("ada", "two"), 9 * MINUTE], [time, noShow]);
    const said = played(alone, [answer("ada", "three"), noShow + 1]);
    expect(said.steps[1]?.answers.map(({ text, late }) => [text, late])).toEqual([
      ["two", false],
      ["three", false],
    ]);
  });
});

describe("scores", () => {
  const score = (who: string, step: number, level = 3) => ({ kind: "score", who, step, level }) as const;

  it("come from interviewer and scorers, for steps that have closed", () => {
    expect(refusal(running(), score("ben", 0))).toBe("That step is not closed yet");
    expect(refusal(scoring(), score("ada", 0))).toBe("Only the interviewer and scorers score");
    expect(refusal(scoring(), score("ben", 7))).toBe("That step is not closed yet");
    expect(refusal(scoring(), score("ben", 0, 5))).toBe("That is not a level");
  });

  it("are not given to oneself by who changed seats", () => {
    const state = played(running(), [answer("ada", "mine"), 1], [next, 2]);
    const moved: Interview = { ...state, candidate: "zoe", scorers: ["ada"] };
    expect(refusal(moved, score("ada", 0))).toBe("You answered that step");
  });

  it("replace each other until the end", () => {
    const twice = played(scoring(), [score("ben", 0, 2), 1], [score("ben", 0, 4), 2]);
    expect(twice.scores.map(({ level }) => level)).toEqual([4]);
  });

  it("end the round when the last is in, or when their time is up", () => {
    const all = (state: Interview, who: string) => STEPS.reduce((given, _, step) => played(given, [score(who, step), 200]), state);
    expect(all(scoring(), "ben").phase.name).toBe("scoring");
    expect(all(all(scoring(), "ben"), "chen").phase).toEqual({ name: "ended", how: "finished" });
    expect(played(scoring(), [time, 100 + SCORING_MINUTES * MINUTE]).phase).toEqual({ name: "ended", how: "finished" });
  });
});

it("is cancelled by its host or an organizer alone", () => {
  expect(refusal(running(), { kind: "cancel", who: "ben", organizer: false })).toContain("Only its host");
  expect(played(running(), [{ kind: "cancel", who: "zoe", organizer: true }, 1]).phase).toEqual({ name: "ended", how: "cancelled" });
});
