import { z } from "zod";
import { command, type Outcome, type Scene } from "../src/app/command.ts";
import { type Home, homeOf } from "../src/app/home_group.ts";
import { progressOf } from "../src/app/progress.ts";
import { deskOf } from "../src/app/recall.ts";
import { noGroupView, progressView } from "../src/core/progress_views.ts";
import { chooseGroupView } from "../src/core/recall_views.ts";

export const progress = command({
  path: "progress",
  summary: "Your streak, your steps, your rounds, and what to do next; only you see it",
  access: "anyone",
  anywhere: true,
  input: z.object({}),
  run: async (_input, scene) => progressReply(scene, await homeOf(scene.tx, scene.who, scene.group)),
});

/** Of the channel's group, or of the member's own where there is no channel. */
export async function progressReply(scene: Scene, home: Home): Promise<Outcome> {
  const { tx, who, place, library, now, group } = scene;
  if (home.kind === "ask")
    return {
      ok: true,
      reply: chooseGroupView(
        home.groups.map(({ id, place: { channel } }) => ({ id, channel })),
        "progress",
      ),
    };
  const student = { who, place, library, now, home };
  if (home.kind === "none") {
    const { session } = await deskOf(tx, student);
    return { ok: true, reply: noGroupView(session.due + session.fresh) };
  }
  const found = await progressOf(tx, student, home.group, group !== undefined);
  return { ok: true, reply: progressView(found, library.bank) };
}
