/** `/mock`: one command per thing that one can do in a round. */
import type { Command } from "../src/app/command.ts";
import { exported, swap } from "./mock_after.ts";
import { agree, pair } from "./mock_pair.ts";
import { come, planned, plans, unplan } from "./mock_plan.ts";
import { score } from "./mock_score.ts";
import { begin, cancel, leave, start, status, take } from "./mock_seats.ts";
import { answer, ask, brief, curveball, extend, next } from "./mock_step.ts";

export const mock: readonly Command[] = [
  start,
  take,
  leave,
  begin,
  answer,
  ask,
  curveball,
  extend,
  next,
  brief,
  score,
  status,
  exported,
  swap,
  cancel,
  planned,
  plans,
  come,
  unplan,
  pair,
  agree,
];
