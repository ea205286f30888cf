import { describe, expect, it } from "vitest";
import { stanceOf } from "../../src/core/grading_negation.ts";
import { compilePhrase, findPhrase, indexOf } from "../../src/core/grading_phrase.ts";
import { tokenize } from "../../src/core/grading_text.ts";

/** The stance of a sentence to the first place of a phrase. */
const stance = (sentence: string, phrase: string) => {
  const index = indexOf(tokenize(sentence));
  const [match] = compilePhrase(phrase, new Map()).flatMap((words) => findPhrase(words, index));
  if (!match) throw new Error(`"${phrase}" is not in "${sentence}"`);
  return stanceOf(index.tokens, match, (place) => match.at.includes(place));
};

describe("stated", () => {
  it.each([
    ["We run an A/B test before launch.", "A/B test"],
    ["We cannot launch without an A/B test.", "A/B test"],
    ["You can not ship this to all traffic at once without first running a canary.", "canary"],
    ["Never skip the A/B test.", "A/B test"],
    ["We shouldn't skip canary releases.", "canary"],
    ["I would not launch until the A/B test is done.", "A/B test"],
    ["We don't ramp past 5% until the guardrails are green.", "ramp"],
    ["An A/B test is not optional.", "A/B test"],
    ["Drift checks cannot be skipped.", "drift"],
    ["Don't forget to monitor drift in the inputs.", "drift"],
    ["There is no reason to avoid sharding the table.", "shard"],
    ["Not only do we log drift, we alert on it.", "drift"],
    ["No doubt drift hurts.", "drift"],
    ["We promise no more than 50 ms of latency.", "latency"],
    ["We don't cache, we shard by user id.", "shard"],
    ["No caching, but we shard by user.", "shard"],
    ["We would not cache because sharding is enough.", "shard"],
    ["Do not use random splits and retrain weekly.", "retrain"],
    ["No cache here: sharding does it.", "shard"],
    ["There is no way around sharding at this size.", "shard"],
    ["Sharding? No doubt about it.", "shard"],
    ["Instead of a bigger box, shard the table.", "shard"],
    ["Latency must not get worse than today.", "latency"],
    ["It ships with no rise in latency.", "latency"],
    ["I wouldn't rule out sharding.", "shard"],
    ["We decided against a bigger box, but we shard the table.", "shard"],
    ["I shard by user, no need for a bigger box when it grows.", "shard"],
    ["Shards are per user and I don't need a bigger box.", "shard"],
    ["We skip the bigger box, and the shards are rebuilt.", "shard"],
    ["Shard the table, old rows die after a month anyway.", "shard"],
    ["If one shard is late we go without.", "late"],
    ["Shard the logs of the fashion shop.", "shard"],
    ["A probe with a nonsense title is sent to each shard.", "shard"],
    ["If the shards are uneven, adding boxes is useless.", "shard"],
    ["The phone was killed, so the shard closes the session.", "shard"],
    ["No table goes live unless it is sharded.", "shard"],
    ["Make sure that nothing gets worse after sharding.", "worse"],
  ])("%s (%s)", (sentence, phrase) => expect(stance(sentence, phrase)).toBe("stated"));
});

describe("denied", () => {
  it.each([
    ["No A/B test is needed at this size.", "A/B test"],
    ["We can skip the A/B test here.", "A/B test"],
    ["Launch at once, without an A/B test.", "A/B test"],
    ["An A/B test is overkill here.", "A/B test"],
    ["It would be overkill to shard this.", "shard"],
    ["Drift doesn’t matter for this model.", "drift"],
    ["Drift checks can be skipped at first.", "drift"],
    ["Drift can wait.", "drift"],
    ["Retraining is not needed because data is static.", "retrain"],
    ["I wouldn't bother to retrain the model.", "retrain"],
    ["No caching, sharding or load balancing at this scale.", "shard"],
    ["No caching, sharding or load balancing at this scale.", "load balancing"],
    ["It runs without caching and sharding.", "shard"],
    ["Neither sharding nor load balancing is planned.", "shard"],
    ["Neither sharding nor load balancing is planned.", "load balancing"],
    ["I'd leave out the canary to save time.", "canary"],
    ["Sharding? Not for this load.", "shard"],
    ["Rollback isn't something we have to plan for.", "rollback"],
    ["Privacy isn't our problem.", "privacy"],
    ["Point-in-time joins are a luxury we cannot afford.", "point in time"],
    ["Peak traffic is nothing to worry about.", "peak"],
    ["Instead of sharding the table we buy a bigger box.", "shard"],
    ["We buy a bigger box rather than sharding it.", "shard"],
    ["Instead of sharding the table or a queue, we buy a bigger box.", "shard"],
    ["Sharding is something we decided against.", "shard"],
    ["I'd drop the sharding by user.", "shard"],
    ["Sharding by user, that's hype.", "shard"],
    ["Is sharding on the plan? The table is small, so no.", "shard"],
    ["Sharding by user was proposed. I said no to all of that.", "shard"],
    ["Sharding is known to me, but we won't.", "shard"],
    ["We shard the table by user. That's what others do, we don't.", "shard"],
    ["Shard the table by user. I wouldn't do it.", "shard"],
    ["Sharding by user is something I'd never do.", "shard"],
    ["Some say: shard the table. I disagree.", "shard"],
    ["We shard the table? That's false.", "shard"],
    ["Whether the table is sharded, no one monitors this.", "shard"],
  ])("%s (%s)", (sentence, phrase) => expect(stance(sentence, phrase)).toBe("denied"));
});

describe("doubtful", () => {
  it.each([
    ["Without drift monitors the model decays silently over months.", "drift"],
    ["Not doing point-in-time joins would leak the future.", "point in time"],
    ["Forget about sharding until we are bigger.", "shard"],
    ["If we never watch drift, quality decays.", "drift"],
    ["We can't retrain without fresh labels.", "retrain"],
    ["We won't shard until we are much bigger.", "shard"],
    ["I don't believe that the table grows, so that we shard it.", "shard"],
    ["It's wrong that the load is high, and that sharding helps.", "shard"],
    ["The table must not be sharded by time.", "shard"],
    ["Who skips sharding, nobody envies.", "shard"],
    ["Others would shard, some people say.", "shard"],
  ])("%s (%s)", (sentence, phrase) => expect(stance(sentence, phrase)).toBe("doubtful"));
});
