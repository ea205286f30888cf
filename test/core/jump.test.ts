import { describe, expect, it } from "vitest";
import type { Step, Vocabulary } from "../../src/core/content.ts";
import { jumpInDrawing, jumpToModel } from "../../src/core/jump.ts";

const vocabulary: Vocabulary = { terms: [{ name: "gradient boosted trees", aliases: ["boosted stumps"], tools: ["TreeKit"] }] };
const quoted = (answer: string, step: Step = "requirements") => jumpToModel(step, answer, vocabulary)?.evidence.map(({ text }) => text);

describe("a jump to the model", () => {
  it.each([
    ["I'd use XGBoost for this. How many users are there?", "I'd use XGBoost for this"],
    ["It's social. So let's take a graph neural network.", "So let's take a graph neural network"],
    ["A CNN with 60 outputs.", "A CNN with 60 outputs"],
    ["Why not just throw GPT at it?", "Why not just throw GPT at it"],
    ["A tranformer is what one takes.", "A tranformer is what one takes"],
    ["I wouldn't use rules, I'd train a BERT.", "I wouldn't use rules, I'd train a BERT"],
    ["How about a transformer?", "How about a transformer"],
    ["Would a CNN be fine?", "Would a CNN be fine"],
    ["Boosted stumps are fine.", "Boosted stumps are fine"],
    ["We could put TreeKit on it.", "We could put TreeKit on it"],
  ])("is made by %j", (answer, quote) => expect(quoted(answer)).toEqual([quote]));

  it.each([
    "We have a baseline model today.",
    "Is the XGBoost that you mentioned still in production?",
    "I would not pick a transformer yet.",
    "Before I use BERT I'd like to know the traffic.",
    "There is a model in production. It is an XGBoost, they say.",
    "Which transformer is it, and who owns it?",
    "A colleague would start with an LLM.",
    "Trees or neural nets, that comes later.",
    "Goal: revenue. 520k requests at peak, 150 ms p99, 80 % consent. So a two-tower model first.",
    "How long are the clips, and how deep is the decision tree of actions?",
    "",
  ])("is not made by %j", (answer) => expect(quoted(answer)).toBeUndefined());

  it("can be made until the data are there", () => {
    const early = (["requirements", "framing", "data", "features", "model", "serving", "monitoring"] as const).map(
      (step) => quoted("I'd use XGBoost.", step) !== undefined,
    );
    expect(early).toEqual([true, true, false, false, false, false, false]);
  });

  it("is made by the label of a box", () => {
    const labels = ["Client", "Current GBDT", "Two-tower", "Ranker"];
    expect(jumpInDrawing("framing", labels, { terms: [] })).toBe("Two-tower");
    expect(jumpInDrawing("model", labels, { terms: [] })).toBeUndefined();
  });
});
