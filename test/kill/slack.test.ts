import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { inSlack } from "../platforms/slack/harness.ts";
import { startSlackStandIn } from "../platforms/slack/stand_in/index.ts";
import { killScenario } from "./scenario.ts";

/** So that the message is still unsent when the process dies. */
const TURNED_AWAY_SECONDS = 2;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

killScenario(
  async (people) => {
    const standIn = await startSlackStandIn({ people });
    const { apiUrl, botToken, appToken, faults, violations } = standIn;
    return {
      ...inSlack(standIn),
      env: { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken },
      turnAwayNextPost: (run) => faults.next("chat.postMessage", { kind: "rateLimit", seconds: TURNED_AWAY_SECONDS, after: run }),
      afterNextPost: (run) => faults.next("chat.postMessage", { kind: "meanwhile", when: "after", run }),
      beforeNextReply: (run) => faults.next("response_url", { kind: "meanwhile", when: "before", run }),
      violations,
      stop: () => standIn.stop(),
    };
  },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "drillroom-kill-"));
    folders.push(folder);
    return { DATA_DIR: folder };
  },
);
