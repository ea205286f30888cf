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

type Then = "ask" | "curveball" | "next";

/** How a remark leads over to what comes next; several ways, so that nobody hears the same one twice in a row. */
const LEADS: { readonly [N in Then]: { readonly settled: readonly string[]; readonly open: readonly string[] } } = {
  ask: {
    settled: ["Let me dig into one more thing.", "One thing is still open for me."],
    open: ["Let me ask about something in particular.", "Let me come at it from another side."],
  },
  curveball: { settled: ["Now something changes."], open: ["Let us leave it there. Something changes."] },
  next: { settled: ["Let us move on.", "Next."], open: ["All right, let us move on.", "Let us leave it there and go on."] },
};

const SETTLED = ["Good:", "I have that down:", "That settles something:"] as const;

/** Quotes what was settled in the candidate's own words, and says nothing of what was not. `nth` varies the words. */
export function remarkWords({ settled, begun, jump }: Remark, then: Then, nth: number): string {
  const praise =
    settled.length > 0 ? `${pick(SETTLED, nth)} ${quoted(settled)}. ` : begun.length > 0 ? `${quoted(begun.slice(0, 1))} is a start. ` : "";
  const kindly =
    jump === undefined
      ? ""
      : `${quoted([jump])} names a model early. Keep it for later: requirements and traffic decide which one we can afford. `;
  return praise + kindly + pick(LEADS[then][settled.length > 0 ? "settled" : "open"], nth);
}

const quoted = (words: readonly string[]): string =>
  words
    .slice(0, QUOTED)
    .map((text) => `“${literal(clip(text, QUOTE_CHARACTERS))}”`)
    .join(" and ");

const pick = (words: readonly string[], nth: number): string => words[nth % words.length] ?? "";
