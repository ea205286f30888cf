import { inSlack } from "../platforms/slack/harness.ts";
import { startSlackStandIn } from "../platforms/slack/stand_in/index.ts";
import { folderOfItsOwn, killScenario, TURNED_AWAY_SECONDS } from "./scenario.ts";

killScenario(async (people) => {
  const standIn = await startSlackStandIn({ people });
  const { apiUrl, botToken, appToken, faults, violations } = standIn;
  return {
    ...inSlack(standIn),
    env: { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken },
    turnAwayNextPost: (after) => faults.next("chat.postMessage", { kind: "rateLimit", seconds: TURNED_AWAY_SECONDS, after }),
    afterNextPost: (run) => faults.next("chat.postMessage", { kind: "meanwhile", when: "after", run }),
    beforeNextReply: (run) => faults.next("response_url", { kind: "meanwhile", when: "before", run }),
    violations,
    stop: () => standIn.stop(),
  };
}, folderOfItsOwn);
