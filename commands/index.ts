/** The explicit list of commands, in the order of the help page. */
import type { Command } from "../src/app/command.ts";
import { theCase } from "./case.ts";
import { daily } from "./daily.ts";
import { data } from "./data.ts";
import { draw } from "./draw.ts";
import { framework } from "./framework.ts";
import { help } from "./help.ts";
import { leaderboard } from "./leaderboard.ts";
import { mock } from "./mock.ts";
import { pattern } from "./pattern.ts";
import { plan } from "./plan.ts";
import { points } from "./points.ts";
import { progress } from "./progress.ts";
import { recall } from "./recall.ts";
import { season } from "./season.ts";
import { setup } from "./setup.ts";
import { tradeoff } from "./tradeoff.ts";

export const commands: readonly Command[] = [
  ...daily,
  ...mock,
  leaderboard,
  ...points,
  ...season,
  progress,
  ...recall,
  theCase,
  draw,
  tradeoff,
  pattern,
  framework,
  ...plan,
  ...data,
  setup,
  help,
];
