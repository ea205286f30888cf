/**
 * Who scores each other markedly higher than others do. A hint for the organizer and no verdict: friends
 * may practise together and be good. Only what other scorers gave the same candidate is held against it,
 * so that a strong candidate makes nobody suspicious.
 */
import { hasAnswered, type Interview } from "./interview_state.ts";

/** Scores of so many steps in each direction: less is chance. */
export const LEAST_SCORES = 7;
/** Scores of the same candidate by others; with none there is nothing to compare with. */
export const LEAST_OTHERS = 7;
/** Levels, of the four, by which the mean given lies above the mean that others gave. */
export const MARKEDLY = 0.75;

/** One scores the other. */
export interface Favour {
  readonly by: string;
  readonly to: string;
  /** Mean levels, 1 to 4. */
  readonly given: number;
  readonly others: number;
  readonly scores: number;
}

export interface Ring {
  /** In the order of their ids. */
  readonly members: readonly string[];
  /** Both directions of every pair that is in it. */
  readonly favours: readonly Favour[];
}

interface Scored {
  readonly by: string;
  readonly to: string;
  readonly level: number;
}

/** Rings in rounds that are over, largest first, then by how markedly. */
export function ringsIn(rounds: readonly Interview[]): readonly Ring[] {
  const scores = rounds.flatMap(scoresOf);
  const favours = pairsOf(scores).flatMap(({ by, to }) => favour(scores, by, to) ?? []);
  const mutual = favours.filter(({ by, to }) => favours.some((back) => back.by === to && back.to === by));
  return together(mutual).sort((a, b) => b.members.length - a.members.length || excess(b) - excess(a));
}

/** By how many levels the favours of a ring lie above what others gave, on average. */
export const excess = ({ favours }: Ring): number => mean(favours.map(({ given, others }) => given - others));

/** Whoever answered a step is the one who was scored in it. */
const scoresOf = (round: Interview): readonly Scored[] =>
  round.scores.flatMap(({ by, step, level }) => {
    const to = round.steps[step]?.answers.findLast(({ late }) => !late)?.by ?? round.candidate;
    return to === undefined || to === by || hasAnswered(round, by, step) ? [] : [{ by, to, level }];
  });

function pairsOf(scores: readonly Scored[]): readonly Pick<Scored, "by" | "to">[] {
  return [...new Map(scores.map(({ by, to }) => [`${by} ${to}`, { by, to }])).values()];
}

function favour(scores: readonly Scored[], by: string, to: string): Favour | undefined {
  const received = scores.filter((score) => score.to === to);
  const own = received.filter((score) => score.by === by).map(({ level }) => level);
  const rest = received.filter((score) => score.by !== by).map(({ level }) => level);
  if (own.length < LEAST_SCORES || rest.length < LEAST_OTHERS || mean(own) - mean(rest) < MARKEDLY) return undefined;
  return { by, to, given: mean(own), others: mean(rest), scores: own.length };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pairs that share a member are one ring. */
function together(favours: readonly Favour[]): Ring[] {
  const rings: { members: Set<string>; favours: Favour[] }[] = [];
  for (const one of favours) {
    const touched = rings.filter(({ members }) => members.has(one.by) || members.has(one.to));
    const joined = {
      members: new Set([one.by, one.to, ...touched.flatMap(({ members }) => [...members])]),
      favours: [...touched.flatMap((ring) => ring.favours), one],
    };
    for (const ring of touched) rings.splice(rings.indexOf(ring), 1);
    rings.push(joined);
  }
  return rings.map(({ members, favours }) => ({ members: [...members].sort(), favours }));
}
