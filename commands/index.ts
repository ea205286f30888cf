/** The explicit list of commands, in the order of the help page. */
import type { Command } from "../src/app/command.ts";
import { daily } from "./daily.ts";
import { help } from "./help.ts";
import { leaderboard } from "./leaderboard.ts";
import { mock } from "./mock.ts";
import { setup } from "./setup.ts";

export const commands: readonly Command[] = [...daily, ...mock, leaderboard, setup, help];
