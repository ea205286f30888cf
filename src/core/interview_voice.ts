/** Finds places and keys for what a round wants said. The words are in its views. */
import type { Effect } from "./effect.ts";
import type { RoundMaterial } from "./interview_material.ts";
import type { Move, Say } from "./interview_move.ts";
import { scoringView } from "./interview_score_views.ts";
import type { Interview } from "./interview_state.ts";
import { answerView, askView, curveballView, extendedView, promptView, warningView } from "./interview_step_views.ts";
import { lobbyView, overView, vacantView } from "./interview_views.ts";
import { clip } from "./markup.ts";
import { resultView } from "./scorecard.ts";
import type { View } from "./view.ts";

const lobbyKey = (round: Interview): string => `interview/${round.id}/lobby`;
const threadKey = (round: Interview): string => `interview/${round.id}/thread`;

/** `nonce` is unique to the invocation or tick that caused them: an edit may repeat within a round. */
export function voice(round: Interview, says: readonly Say[], material: RoundMaterial, nonce: string): readonly Effect[] {
  return says.flatMap((say) => effects(round, say, material, nonce));
}

function effects(round: Interview, say: Say, material: RoundMaterial, nonce: string): readonly Effect[] {
  const to = round.place;
  const tell = `interview/${round.id}`;
  const inThread = (what: string, view: View): Effect => ({
    kind: "post",
    to,
    tell,
    thread: threadKey(round),
    key: `interview/${round.id}/${what}`,
    view,
  });
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
      return [inThread(`prompt/${say.step}${repeated(say.prompt)}`, promptView(round, say, material))];
    case "answer":
      return [inThread(`answer/${say.step}/${say.nth}`, answerView(round, say.step, say.nth, material))];
    case "ask":
      return [inThread(`ask/${say.step}/${say.nth}`, askView(round, say.step, say.nth, material))];
    case "curveball":
      return [inThread(`curveball/${say.nth}`, curveballView(round, say.nth, material))];
    case "warning":
      return [inThread(`warning/${say.step}/${say.prompt}${say.extended ? "/extended" : ""}`, warningView(round, say.step))];
    case "extended":
      return [inThread(`extended/${say.step}/${say.prompt}`, extendedView(round, say.by))];
    case "vacant":
      return [inThread(`vacant/${say.step}/${say.prompt}`, vacantView(round, say.seat, say.lost))];
    case "scoring":
      return [inThread("scoring", scoringView(round))];
    case "ended":
      return [lobby, inThread("ended", say.how === "finished" ? resultView(round, material) : overView(round, say.how, material))];
  }
}

/** The first prompt of a step keeps the key that it had before there could be others. */
const repeated = (prompt: number): string => (prompt === 1 ? "" : `/${prompt}`);

/** The move that a delivered effect of a round is; undefined when the round does not wait for it. */
export function deliveredMove(key: string, remote: string): Move | undefined {
  const [, , what, step, prompt = "1"] = key.split("/");
  if (what === "thread") return { kind: "threaded", thread: remote };
  if (what === "prompt") return { kind: "prompted", step: Number(step), prompt: Number(prompt) };
  return undefined;
}

/** Whether a round cannot go on without that effect; without another something is only not said. */
export const isNeeded = (key: string): boolean => ["lobby", "thread", "prompt"].includes(key.split("/")[2] ?? "");
