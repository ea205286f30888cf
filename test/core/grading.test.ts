import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RubricPoint, Vocabulary } from "../../src/core/content.ts";
import { coverage, gradeAnswer, type PointGrade, type PointState } from "../../src/core/grading.ts";
import { oneEdit } from "../../src/core/grading_phrase.ts";
import { READ_AT_MOST } from "../../src/core/grading_text.ts";

const vocabulary: Vocabulary = {
  terms: [
    { name: "A/B test", aliases: ["online experiment", "split test"], tools: [] },
    { name: "message queue", aliases: ["event log"], tools: ["Kafka"] },
    { name: "ROC AUC", aliases: ["AUC"], tools: [] },
    { name: "PR AUC", aliases: ["AUPRC"], tools: [] },
  ],
};

const point = (groups: string[][], more: Partial<RubricPoint> = {}): RubricPoint => ({
  id: "p",
  text: "What a strong answer says.",
  side: "system",
  weight: 1,
  aspects: ["scale"],
  alsoEarns: [],
  statements: [],
  groups,
  good: [],
  bad: [],
  ...more,
});

/** Enough examples that a point is calibrated; they share no word with the tests' answers. */
const examples = { statements: ["Zebras graze."], good: ["Zebras graze far.", "A zebra grazing."], bad: ["Lions hunt.", "Lions sleep."] };

const grade = (rubric: RubricPoint, answer: string): PointGrade => {
  const [only] = gradeAnswer([rubric], answer, vocabulary);
  if (!only) throw new Error("one point gives one grade");
  return only;
};

describe("what is met by a phrase", () => {
  it.each<[string, string[][], string, PointState]>([
    ["inflected words", [["retrain"], ["nightly"]], "The model is retrained by a nightly job.", "covered"],
    ["upper case and accents", [["cafe"]], "We rank every CAFÉ by distance.", "covered"],
    ["a prefix", [["calibrat*"]], "We check the recalibration and calibrators every hour.", "covered"],
    ["no prefix without a star", [["cal"]], "We check calibrators every hour.", "missed"],
    ["a typing error in a long word", [["latency"]], "Our latnecy budget is 50 ms.", "covered"],
    ["no other word that is short", [["batch"]], "We patch the servers every night.", "missed"],
    ["words in another order", [["time split"]], "We split the log by time for this.", "covered"],
    ["words too far apart", [["time split"]], "We split the very large click log of all the markets by time.", "missed"],
    ["words of two sentences", [["time split"]], "It takes time. Split the log by user.", "missed"],
    ["words on both sides of an abbreviation", [["time split"]], "We split by e.g. time.", "covered"],
    ["a hyphen for nothing", [["realtime"]], "We need real-time features here.", "covered"],
    ["nothing for a space", [["log loss"]], "We look at logloss on the last day.", "covered"],
    ["an alias for a term", [["A/B test"]], "We run an online experiment for two weeks.", "covered"],
    ["a term for its alias", [["online experiment"]], "We run an A/B test for two weeks.", "covered"],
    ["a tool for a term", [["message queue"]], "Clicks go through Kafka to the trainer.", "covered"],
    ["no other tool or term for a tool", [["Kafka"]], "Clicks go through an event log to the trainer.", "missed"],
    ["a number beside its unit", [["50 ms"]], "We answer in 50ms at the tail.", "covered"],
    ["a share, and not its number alone", [["1%"]], "We start with 1% of the traffic.", "covered"],
    ["a share in words", [["1 percent"]], "We start with 1 % of the traffic.", "covered"],
    ["no share in a number", [["1%"]], "We start with 1 server for it.", "missed"],
    ["no other word that is real", [["retraining", "sharding"]], "We are retaining them by sharing the load.", "missed"],
    ["a name in its order", [["message queue"]], "Clicks of the log event go to the trainer.", "missed"],
    ["no name that another name holds", [["ROC AUC"]], "We look at the PR AUC of the last day.", "missed"],
    ["a name beside one that holds it", [["ROC AUC"]], "We look at PR AUC, and at the AUC too.", "covered"],
    ["a number with a separator", [["20000"]], "We see 20,000 requests every second.", "covered"],
    ["groups in neighbouring sentences", [["redis"], ["ttl"]], "We cache it in Redis. It is hot. The TTL is one hour.", "covered"],
    ["groups too far apart", [["redis"], ["ttl"]], "We use Redis. Then that. Then this. Then more. The TTL is short.", "mentioned"],
    ["half of the groups", [["redis"], ["ttl"]], "We would cache all of it in Redis.", "mentioned"],
    ["one of three groups", [["redis"], ["ttl"], ["evict"]], "We would cache all of it in Redis.", "missed"],
  ])("%s", (_, groups, answer, state) => expect(grade(point(groups, examples), answer).state).toBe(state));

  it("is one edit, and no more", () => {
    const pairs = ["monitor monitr", "monitor monitoor", "monitor monutor", "monitor montior", "monitor montr", "monitor motinor"];
    expect(pairs.map((pair) => oneEdit(...(pair.split(" ") as [string, string])))).toEqual([true, true, true, true, false, false]);
  });
});

describe("a list of the right words", () => {
  const rubric = point([["cache*"], ["redis"], ["ttl"]], examples);
  it.each<[string, PointState]>([
    ["cache, redis, ttl", "mentioned"],
    ["cache\nredis\nttl", "mentioned"],
    ["Cache and Redis and TTL, plus cache.", "mentioned"],
    ["cache redis ttl hot keys shards cached replicas cache", "mentioned"],
    [`We should have ${"a cache and the redis and the ttl, ".repeat(4)}`, "mentioned"],
    ["It is well.\ncache\nredis\nttl\nIt is well.", "mentioned"],
    ["We cache the hot keys in Redis with a short TTL.", "covered"],
    ["Cache in Redis, short TTL.", "covered"],
    ["Redis cache? Its entries get a short TTL, so that nothing is stale.", "covered"],
    ["Hot keys? Cached in Redis. With a short TTL, so that nothing is stale.", "covered"],
    ["keys → cache Redis → TTL 60 → evicted", "covered"],
    ["keys → cache → Redis → TTL → hosts", "mentioned"],
    ["Cached in Redis by key, TTL, hot keys first, shards by hash, then the replicas", "covered"],
    ["1. cache 2. redis 3. ttl 4. shards 5. replicas", "mentioned"],
    ["My list would be cache, redis, ttl, shards, replicas.", "mentioned"],
    ["Chapter 1: cache. Chapter 2: redis. Chapter 3: ttl.", "mentioned"],
    ["cache redis shards replicas keys ttl bytes hosts", "mentioned"],
  ])("%j", (answer, state) => expect(grade(rubric, answer).state).toBe(state));
});

describe("evidence", () => {
  it("quotes the clauses that earned the point, with their place", () => {
    const answer = "First, traffic is 5k qps. We cache embeddings in Redis, because reads repeat; the TTL is an hour.";
    const { evidence } = grade(point([["cache"], ["ttl"]]), answer);
    expect(evidence.map(({ text }) => text)).toEqual(["We cache embeddings in Redis", "the TTL is an hour"]);
    expect(evidence.map(({ start, end }) => answer.slice(start, end))).toEqual(evidence.map(({ text }) => text));
  });

  it("counts UTF-16 units", () => {
    const [only] = grade(point([["drift"]]), "🚨🚨 We alert on drift 🚨").evidence;
    expect(only).toEqual({ start: 5, end: 22, text: "We alert on drift" });
  });

  it("does not quote a clause without end", () => {
    const [only] = grade(point([["drift"]]), `${"word ".repeat(200)}drift${" word".repeat(200)}`).evidence;
    expect(only?.text).toBe("drift");
  });
});

describe("what is denied or weighed", () => {
  const rubric = point([["canary"], ["traffic"]], examples);
  it.each<[string, PointState]>([
    ["A canary gets one percent of traffic.", "covered"],
    ["We don't need a canary for so little traffic.", "missed"],
    ["If there is no canary, all traffic suffers.", "unsure"],
    ["A canary that gets a bit of traffic? We trust our tests.", "unsure"],
    ["Would a canary get a bit of traffic? Yes, one percent.", "covered"],
    ["People propose a canary with a bit of traffic. I said no to all of that.", "missed"],
    ["Nobody gets all traffic without a canary.", "unsure"],
    ["We don't need a canary. On reflection, a canary with a bit of traffic is wise.", "covered"],
  ])("%s", (answer, state) => expect(grade(rubric, answer).state).toBe(state));

  it("is right where the point's own examples deny", () => {
    const never = {
      statements: ["Never split at random."],
      good: ["I'd never use a random split.", "No random splits."],
      bad: ["Random is fine."],
    };
    const answer = "We must not shuffle it: no random split for logs.";
    expect(grade(point([["random"], ["split"]], never), answer).state).toBe("covered");
    expect(grade(point([["random"], ["split"]], examples), answer).state).toBe("missed");
  });

  it("is not read into the author's own phrase", () => {
    expect(grade(point([["no downtime"], ["switch"]]), "The change has no downtime at the switch.").state).toBe("covered");
    expect(grade(point([["label*"], ["not needed"]]), "For that the labels are not needed.").state).toBe("covered");
  });

  const gather = point([["gather"], ["push"], ["storage"]], { good: ["Pull the posts when somebody looks."] });

  it.each([
    ["covered", "I'd gather late as push is for people who won't look, so old storage buys nothing."],
    ["unsure", "I'd gather late because push is slow, and storage isn't needed."],
    ["missed", "We don't gather, push or need storage."],
  ])("%s: %s", (state, answer) => expect(grade(gather, answer).state).toBe(state));
});

describe("other words than the author's", () => {
  const rubric = point([["shadow*"], ["mirror*"], ["compare*", "diff"]], {
    statements: ["The new model scores mirrored requests in shadow, and its outputs are compared."],
    good: [
      "Shadow it: mirror requests and diff the outputs of both models.",
      "Mirror requests to a shadow copy and compare scores before anyone sees them.",
    ],
    bad: ["Release it to everybody on Friday evening.", "Look at the training loss and then release it."],
  });

  it("cover a point when they are like its good examples and nearly all groups are met", () => {
    expect(
      grade(rubric, "Send mirrored requests to a shadow copy of both models and look at the scores before anyone sees them.").state,
    ).toBe("covered");
  });

  it("do not, when the sentence earns another point by its phrases", () => {
    const answer = "Send mirrored requests to a shadow copy of both models and look at the scores before anyone sees them.";
    const states = gradeAnswer([rubric, point([["both models"]], { ...examples, id: "both" })], answer, vocabulary).map(
      ({ state }) => state,
    );
    expect(states).toEqual(["unsure", "covered"]);
  });

  it("leave it open when less of it is there", () => {
    expect(
      grade(rubric, "Requests go to a copy of the new model, and scores of both models are looked at before anyone sees them.").state,
    ).toBe("unsure");
  });

  it("never miss a point that has no examples, unless nothing is said", () => {
    expect(grade(point([["shadow"]]), "Something else entirely.").state).toBe("unsure");
    expect(grade(point([["shadow"]]), " \n… ").state).toBe("missed");
  });
});

describe("any text", () => {
  const rubric = [point([["cache*"], ["not stale", "fresh"]], { ...examples, id: "a" }), point([["A/B test"]], { id: "b" })];
  const words = fc.constantFrom(
    "cache",
    "cached",
    "not",
    "stale",
    "A/B",
    "test",
    "without",
    ",",
    ".",
    "\n",
    "or",
    "no",
    "—",
    "é",
    "広告",
    "\u0000",
    "\ud800",
    "🚨",
    "unless",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(words, { maxLength: 60 }).map((parts) => parts.join(" ")),
  );

  it("gives one grade per point, with evidence that is in it", () => {
    fc.assert(
      fc.property(text, (answer) => {
        const grades = gradeAnswer(rubric, answer, vocabulary);
        expect(grades.map(({ id }) => id)).toEqual(["a", "b"]);
        for (const { state, evidence } of grades) {
          expect(evidence.every(({ start, end, text }) => start < end && answer.slice(start, end) === text)).toBe(true);
          expect(state === "covered" || state === "mentioned" ? evidence.length : 1).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([["", "\u0007\u0000", "?!", "   "]])("without a word misses everything", (...texts) => {
    for (const empty of texts) expect(gradeAnswer(rubric, empty, vocabulary).map(({ state }) => state)).toEqual(["missed", "missed"]);
  });

  it("is read in bounded time, however hostile", () => {
    const hostile = ["cache not stale ", "a ", "cache. ", "no,", "広告 ", "a'a", "....", "e\u0301"].map((part) =>
      part.repeat(READ_AT_MOST),
    );
    const began = performance.now();
    for (const answer of hostile) gradeAnswer(rubric, answer, vocabulary);
    // About 60 ms on a laptop; what is quadratic in the text would take minutes.
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("coverage", () => {
  const rubric = [point([], { id: "a", weight: 2 }), point([], { id: "b" }), point([], { id: "c" })];
  const graded = (...states: PointState[]) =>
    coverage(
      rubric,
      states.map((state, at) => ({ id: "abc".charAt(at), state, evidence: [] })),
    );
  it("weighs points and halves what is not sure", () => {
    expect(graded("covered", "missed", "missed")).toBe(0.5);
    expect(graded("missed", "mentioned", "unsure")).toBe(0.25);
    expect(graded("covered", "covered", "covered")).toBe(1);
  });
  it("is nothing without points or grades", () => expect([coverage([], []), coverage(rubric, [])]).toEqual([0, 0]));
});
