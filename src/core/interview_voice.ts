/** Finds places and keys for what a round wants said. The words are in interview_views.ts. */
import type { Effect } from "./effect.ts";
import type { Move, Say } from "./interview.ts";
import type { Interview } from "./interview_state.ts";
import { answerView, lobbyView, overView, promptView, type RoundMaterial, scoringView } from "./interview_views.ts";
import { clip } from "./markup.ts";
import { resultView } from "./scorecard.ts";

const lobbyKey = (round: Interview): string => `interview/${round.id}/lobby`;
const threadKey = (round: Interview): string => `interview/${round.id}/thread`;

/** `nonce` is unique to the invocation or tick that caused them: an edit may repeat within a round. */
export function voice(round: Interview, says: readonly Say[], material: RoundMaterial, nonce: string): readonly Effect[] {
  return says.flatMap((say) => effects(round, say, material, nonce));
}

function effects(round: Interview, say: Say, material: RoundMaterial, nonce: string): readonly Effect[] {
  const to = round.place;
  const tell = `interview/${round.id}`;
  const inThread = { kind: "post", to, thread: threadKey(round) } as const;
  const lobby: Effect = { kind: "edit", key: `${lobbyKey(round)}/${nonce}`, to, post: lobbyKey(round), view: lobbyView(round, material) };
  switch (say.say) {
    case "lobby":
      return [
        { kind: "post", key: lobbyKey(round), to, tell, view: lobbyView(round, material) },
        { kind: "thread", key: threadKey(round), to, tell, root: lobbyKey(round), title: clip(`Mock round: ${material.case.title}`, 100) },
      ];
    case "seats":
      return [lobby];
    case "prompt":
      return [{ ...inThread, key: `interview/${round.id}/prompt/${say.step}`, tell, view: promptView(round, say.step, material) }];
    case "answer":
      return [
        { ...inThread, key: `interview/${round.id}/answer/${say.step}/${say.nth}`, view: answerView(round, say.step, say.nth, material) },
      ];
    case "scoring":
      return [{ ...inThread, key: `interview/${round.id}/scoring`, view: scoringView(round) }];
    case "ended": {
      const view = say.how === "finished" ? resultView(round, material) : overView(say.how, material);
      return [lobby, { ...inThread, key: `interview/${round.id}/ended`, view }];
    }
  }
}

/** The move that a delivered effect of a round is; undefined when the round does not wait for it. */
export function deliveredMove(key: string, remote: string): Move | undefined {
  const [, , what, step] = key.split("/");
  if (what === "thread") return { kind: "threaded", thread: remote };
  if (what === "prompt") return { kind: "prompted", step: Number(step) };
  return undefined;
}
