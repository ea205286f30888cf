/** The modes of a mock round. They share one set of rules; all that differs between them is read off this table. */

export const MODES = ["peer", "relay", "solo"] as const;
export type Mode = (typeof MODES)[number];

interface ModeRules {
  /** For who chooses one. */
  readonly about: string;
  /** So many may hold the candidate's seat: one is on turn, and after each step the next. */
  readonly candidates: number;
  /** With fewer of them a round does not begin. It goes on with one. */
  readonly enough: number;
  /** So many people may interview. Where none may, the bot does, and the candidate moves on. */
  readonly interviewers: number;
  /** Probes that the bot may ask in a step after an answer. */
  readonly followUps: number;
  /** Whether seats are taken before it begins; otherwise its candidate begins at once. */
  readonly lobby: boolean;
}

export const MODE_RULES: { readonly [M in Mode]: ModeRules } = {
  peer: {
    about: "one answers, another asks from a private brief, others watch and score",
    candidates: 1,
    enough: 1,
    interviewers: 2,
    followUps: 0,
    lobby: true,
  },
  relay: {
    about: "the group answers together, one step each, in turn",
    candidates: 7,
    enough: 2,
    interviewers: 0,
    followUps: 0,
    lobby: true,
  },
  solo: {
    about: "the bot interviews you: it asks, follows up on what you missed, and moves on",
    candidates: 1,
    enough: 1,
    interviewers: 0,
    followUps: 2,
    lobby: false,
  },
};

/** The bot in the interviewer's seat: an id that no platform gives to a member. */
export const BOT = "the bot";
