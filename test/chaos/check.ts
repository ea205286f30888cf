/** What must hold when the storm is over: each returns what does not, in words. */
import type { Interview } from "../../src/core/interview_state.ts";
import type { Person } from "../contract/receiver.ts";
import type { Standing } from "../kit/everything.ts";
import type { Room, Said } from "./people.ts";
import type { Town } from "./town.ts";

export type Rows = (statement: string) => Promise<readonly Record<string, unknown>[]>;

/** For a round in which all steps were answered and everybody gave level 3: 20 + 20 x (3 - 1) / 3, see PRODUCT's points. */
const ROUND_POINTS = { candidate: 33, interviewer: 15, scorer: 10 } as const;

/** Every drill that was due was posted once, at its place, and what its readers answered is kept and paid once. */
export async function drillProblems(rooms: readonly Room[], rows: Rows): Promise<readonly string[]> {
  const posts = await rows(`
    select channel, local_date, edition, drill_post.state, delivered_at is not null as delivered,
      (select array_agg(member) from drill_answer answer where answer.group_id = study_group.id and answer.standing = 'scored') as scored,
      (select array_agg(distinct member) from drill_answer answer where answer.group_id = study_group.id and answer.points > 0) as worth,
      (select array_agg(member) from ledger where ledger.group_id = study_group.id and kind = 'drill') as paid
    from study_group join drill_post on drill_post.group_id = study_group.id`);
  const problems: string[] = [];
  for (const { town, place, answered } of rooms) {
    const where = `${place.platform} ${place.channel}`;
    const here = posts.filter(({ channel }) => channel === place.channel);
    const [post] = here;
    if (!post || here.length > 1) {
      problems.push(`${where}: ${here.length} drills are posted`);
      continue;
    }
    const shown = (await town.everything(place)).filter(
      ({ text, where: { thread } }) => thread === undefined && text.includes("Daily drill"),
    );
    if (shown.length !== 1) problems.push(`${where}: the drill is shown ${shown.length} times`);
    if (!post.delivered) problems.push(`${where}: the drill does not know that it was delivered`);
    if (answered.length > 0 && post.state !== "revealed") problems.push(`${where}: the drill is ${post.state}`);
    const list = (value: unknown) => ((value ?? []) as readonly string[]).toSorted().join(" ");
    const wanted = answered.map(({ id }) => id);
    if (list(post.scored) !== list(wanted)) problems.push(`${where}: answers of ${list(wanted)} score, and were of ${list(post.scored)}`);
    for (const member of (post.worth ?? []) as readonly string[])
      if (((post.paid ?? []) as readonly string[]).filter((paid) => paid === member).length !== 1)
        problems.push(`${where}: ${member} was not paid once`);
  }
  return problems;
}

/** Every round has all that was said in it, once, in its record and in its thread, and paid once. */
export async function roundProblems(rooms: readonly Room[], rows: Rows): Promise<readonly string[]> {
  const records = (await rows("select interview from round")).map(({ interview }) => interview as Interview);
  const paid = await rows(
    "select platform, member, kind, points from ledger join study_group on study_group.id = group_id where kind <> 'drill'",
  );
  const problems: string[] = [];
  for (const { town, place, rounds } of rooms) {
    const inPlace = records.filter((record) => record.place.channel === place.channel);
    if (inPlace.length !== rounds.length)
      problems.push(`${place.channel}: ${rounds.length} rounds were played and ${inPlace.length} are kept`);
    const everything = await town.everything(place);
    for (const { candidate, interviewer, scorer, said, asked } of rounds) {
      const record = inPlace.find((one) => one.candidate === candidate.id);
      if (!record) {
        problems.push(`${candidate.name}'s round is not kept`);
        continue;
      }
      const answers = record.steps.flatMap((step) => step.answers.map(({ text }) => text));
      const asks = record.steps.flatMap((step) => step.asks.map(({ text }) => text));
      problems.push(...saidProblems(said, answers, everything), ...saidProblems(asked, asks, everything));
      for (const by of [interviewer, scorer])
        if (new Set(record.scores.filter((score) => score.by === by.id).map(({ step }) => step)).size !== record.steps.length)
          problems.push(`${by.name} has not scored all steps`);
      if (record.scores.length !== 2 * record.steps.length) problems.push(`${candidate.name} was scored ${record.scores.length} times`);
      const seats = { candidate, interviewer, scorer } as const;
      for (const [kind, points] of Object.entries(ROUND_POINTS)) {
        const { id, name }: Person = seats[kind as keyof typeof ROUND_POINTS];
        const earned = paid.filter(({ platform, member }) => platform === place.platform && member === id);
        if (earned.length !== 1 || earned[0]?.kind !== kind || earned[0]?.points !== points)
          problems.push(`${name} was to get ${points} points once, and got ${JSON.stringify(earned)}`);
      }
    }
  }
  return problems;
}

/** What somebody said is kept once, in order, and shown as often as it is kept. */
function saidProblems(said: readonly Said[], kept: readonly string[], shown: readonly Standing[]): readonly string[] {
  const problems = said.flatMap(({ text, confirmed }) => {
    const times = kept.filter((one) => one === text).length;
    const seen = shown.filter((message) => message.text.includes(text)).length;
    const right = times <= 1 && seen === times && (times === 1 || !confirmed);
    return right ? [] : [`"${text}" is kept ${times} times and shown ${seen} times`];
  });
  const inOrder = said.map(({ text }) => text).filter((text) => kept.includes(text));
  return inOrder.join() === kept.join() ? problems : [...problems, `kept in another order: ${kept.join("; ")}`];
}

/** Everything was said and nothing is held; the boards agree with the ledger. */
export async function storeProblems(rows: Rows): Promise<readonly string[]> {
  const left = await rows("select key, state, leased, attempt, reason from outbox where state <> 'sent' or leased");
  const held = await rows("select objid from pg_locks where locktype = 'advisory'");
  const idle = await rows("select query from pg_stat_activity where state like 'idle in transaction%'");
  const unequal = await rows(`
    with earned as (select group_id as scope, member, sum(points) as points from ledger group by 1, 2)
    select scope, member, earned.points, score.points as board
    from earned full join (select * from score where period = 'all') score using (scope, member)
    where scope in (select id from study_group) and earned.points is distinct from score.points`);
  return [
    ...left.map((row) => `not sent: ${JSON.stringify(row)}`),
    ...held.map(({ objid }) => `a lock is held: ${objid}`),
    ...idle.map(({ query }) => `a transaction is open: ${query}`),
    ...unequal.map((row) => `a board differs from the ledger: ${JSON.stringify(row)}`),
  ];
}

/** What was sent is there, in the order in which it was decided. */
export async function laneProblems(towns: readonly Town[], rooms: readonly Room[], rows: Rows): Promise<readonly string[]> {
  const shown = new Map<string, string>();
  for (const { town, place } of rooms)
    for (const { remote, text } of await town.everything(place)) shown.set(`${town.name} ${place.channel} ${remote}`, text);
  const sent = await rows(`
    select platform, key, lane, remote, effect -> 'to' ->> 'channel' as channel, split_part(key, '/', 2) as aggregate,
      (select last.effect -> 'view' ->> 'title' from outbox last where last.effect ->> 'post' = outbox.key order by last.seq desc limit 1) as edited
    from outbox where effect ->> 'kind' = 'post' order by seq`);
  const problems: string[] = [];
  const newest = new Map<string, string>();
  for (const { platform, key, lane, remote, channel, aggregate, edited } of sent) {
    const text = shown.get(`${platform} ${channel} ${remote}`);
    if (text === undefined) problems.push(`${key} is said to be ${remote}, which is not there`);
    else if (edited && !text.includes(String(edited))) problems.push(`${key} was changed to "${edited}" and shows "${text.slice(0, 80)}"`);
    // What two people cause in one channel at the same moment has no order; what one round or one drill says has.
    const line = `${lane} ${aggregate}`;
    if (later(newest.get(line), String(remote))) problems.push(`${key} came before what was to come first`);
    newest.set(line, String(remote));
  }
  for (const { name, violations } of towns) problems.push(...violations.map((violation) => `${name} would have refused: ${violation}`));
  return problems;
}

/** Whether the first of two messages is the younger: ids of both platforms are numbers that grow. */
const later = (one: string | undefined, other: string): boolean => one !== undefined && Number(one) > Number(other);

/** How many messages came more than once, by what the platform tells them apart with. */
export const duplicates = (town: Town): readonly string[] => town.marks().filter((mark, at, all) => all.indexOf(mark) !== at);
