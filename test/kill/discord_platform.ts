import type { Person } from "../contract/receiver.ts";
import { inDiscord } from "../platforms/discord/harness.ts";
import { startDiscordStandIn } from "../platforms/discord/stand_in/index.ts";
import { type StandInPlatform, TURNED_AWAY_SECONDS } from "./scenario.ts";

export async function openDiscord(people: readonly Person[]): Promise<StandInPlatform> {
  const standIn = await startDiscordStandIn({ people });
  const { apiUrl, token, faults, violations } = standIn;
  return {
    ...inDiscord(standIn),
    env: { DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token },
    turnAwayNextPost: (meanwhile) => faults.next("create", { kind: "rateLimit", scope: "shared", seconds: TURNED_AWAY_SECONDS, meanwhile }),
    afterNextPost: (meanwhile) => faults.next("create", { kind: "lostAnswer", meanwhile }),
    beforeNextReply: (meanwhile) => faults.next("reply", { kind: "dropped", meanwhile }),
    violations,
    stop: () => standIn.stop(),
  };
}
