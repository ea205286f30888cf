/** What the bot says as an interviewer: a question to open each step, and a word on the last answer before it goes on. */
import { STEPS, type Step } from "./content.ts";
import type { Remark } from "./interview_bot.ts";
import { clip, literal } from "./markup.ts";

/** Open, so that the answer has to bring what the rubric looks for. */
const QUESTIONS: { readonly [S in Step]: string } = {
  requirements: "Before you design anything: what do you want to settle first?",
  framing: "How would you turn that into a machine learning problem?",
  data: "What would you train on, and where does it come from?",
  features: "Which signals would you use, and how does each reach the model?",
  model: "Which model would you start with, and how would you show that it is good?",
  serving: "Walk me through one request, from the call to the answer.",
  monitoring: "It is live, and you go home. What could go wrong, and how would you know?",
};

export const openingQuestion = (step: number): string => QUESTIONS[STEPS[step] ?? "requirements"];

const QUOTED = 2;
const QUOTE_CHARACTERS = 120;

/** What comes after the remark decides on how it ends. */
const AFTER: { readonly [N in "ask" | "curveball" | "next"]: { readonly settled: string; readonly open: string } } = {
  ask: { settled: "Let me dig into one more thing.", open: "Let me ask it more directly." },
  curveball: { settled: "Now something changes.", open: "Let us leave it there. Something changes." },
  next: { settled: "Let us move on.", open: "All right, let us move on." },
};

/** Quotes what was settled in the candidate's own words, and says nothing of what was not. */
export function remarkWords({ settled, jump }: Remark, then: keyof typeof AFTER): string {
  const quotes = settled.slice(0, QUOTED).map((words) => `“${literal(clip(words, QUOTE_CHARACTERS))}”`);
  const praise = quotes.length === 0 ? "" : `${quotes.join(" and ")}: good, that is settled. `;
  const kindly =
    jump === undefined
      ? ""
      : `“${literal(clip(jump, QUOTE_CHARACTERS))}” names a model early. Keep it for later: requirements and traffic decide which one we can afford. `;
  return praise + kindly + AFTER[then][quotes.length > 0 ? "settled" : "open"];
}
