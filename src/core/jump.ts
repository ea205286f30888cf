/**
 * An answer that names a model before it has asked what the model is for: a candidate's most costly
 * habit, and the first thing that interviewers hold against one. What runs today, what others would
 * do and what is put off is innocent; so is a choice that comes after goal and numbers.
 */
import type { Step, Vocabulary } from "./content.ts";
import { type Evidence, quoteFrom } from "./grading_evidence.ts";
import { oneEdit } from "./grading_phrase.ts";
import { type Token, tokenize } from "./grading_text.ts";
import { FAMILIES, INNOCENT, PREPARATION, PRESENT, PROPOSALS, TERMS } from "./jump_families.ts";

/** In these steps a model comes too early. */
const EARLY: ReadonlySet<Step> = new Set(["requirements", "framing"]);
/** Who has said so much of what the early steps are for has not jumped. */
const PREPARED = 3;
/** Between deciding and the name stand at most so many words. */
const NEAR = 9;
const BEFORE = 2;
/** A name that people mistype is forgiven one letter, as in the grader. */
const MISTYPED = ["transformer", "transformers"];

const present = new RegExp(` (?:${PRESENT}) `);
const innocent = new RegExp(` (?:${INNOCENT.join("|")}) `);
const preparation = new RegExp(`(?<= )(?:${PREPARATION})(?= )`, "g");
/** What negates or conditions a decision takes it back: "before I pick BERT", "I would not use BERT". */
const takenBack = / (?:not|never|dont|wont|wouldnt|cannot|cant|shouldnt|before|until|if|whether|unless|when|why would|why should) /;
/** Questions about what is the case; "would a CNN do?" asks for consent to a choice. */
const ASKS = / (?:what|which|who|whose|how|do|does|did|has|have|where|when|is there|are there|is an?|are) /;
const GOES_ON = /^ (?:it|that|this|they|these|those|which|and|its) /;
const families = new WeakMap<Vocabulary, RegExp>();

/** The sentence that jumps to a model in an answer to a step; undefined where none does. */
export function jumpToModel(step: Step, answer: string, vocabulary: Vocabulary): { readonly evidence: readonly Evidence[] } | undefined {
  if (!EARLY.has(step)) return undefined;
  const tokens = tokenize(answer);
  const prepared = new Set<string>();
  let spokeOfPresent = false;
  for (const sentence of Map.groupBy(tokens, (token) => token.sentence).values()) {
    const text = textOf(sentence);
    for (const [word] of text.matchAll(preparation)) prepared.add(word);
    // "There is a model in production. It is an XGBoost."
    spokeOfPresent = present.test(text) || (spokeOfPresent && GOES_ON.test(text));
    const named = spokeOfPresent || prepared.size >= PREPARED ? [] : [...text.matchAll(familyOf(vocabulary))];
    const asks = answer.charAt(sentence[sentence.length - 1]?.end ?? 0) === "?" && ASKS.test(text);
    if (named.some(({ index }) => proposes(text, index, asks))) return { evidence: quoteFrom(answer, sentence, 0, sentence.length - 1) };
  }
  return undefined;
}

/** The label of a drawing that names a model in a step that is too early for one. */
export const jumpInDrawing = (step: Step, labels: readonly string[], vocabulary: Vocabulary): string | undefined =>
  labels.find((label) => jumpToModel(step, label, vocabulary) !== undefined);

/** Whether a sentence decides for what it names at `name`, or at least names it without an excuse. */
function proposes(text: string, name: number, asks: boolean): boolean {
  const decided = [...text.slice(0, name + 1).matchAll(decision)].at(-1);
  const excused = asks || innocent.test(text);
  if (!decided) return !excused;
  const end = decided.index + decided[0].length;
  const before = text.slice(0, decided.index).trim().split(" ").slice(-BEFORE).join(" ");
  const near =
    text
      .slice(end, name + 1)
      .trim()
      .split(" ").length <= NEAR;
  return (near && !takenBack.test(` ${before} ${decided[0].replace("why not", "")} `)) || !excused;
}

const decision = new RegExp(`(?<= )${PROPOSALS}(?= )`, "g");

const textOf = (sentence: readonly Token[]): string =>
  ` ${sentence.map(({ word }) => (word.length > 8 ? (MISTYPED.find((name) => oneEdit(word, name)) ?? word) : word)).join(" ")} `;

function familyOf(vocabulary: Vocabulary): RegExp {
  const known = families.get(vocabulary);
  if (known) return known;
  const terms = vocabulary.terms.filter(({ name }) => TERMS.has(name)).flatMap(({ name, aliases, tools }) => [name, ...aliases, ...tools]);
  const words = terms.map((term) =>
    tokenize(term)
      .map(({ word }) => word)
      .join(" "),
  );
  const made = new RegExp(` (?:${[...words, ...FAMILIES].join("|")})(?= )`, "g");
  families.set(vocabulary, made);
  return made;
}
