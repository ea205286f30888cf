/**
 * A member's own data: to have, and to have deleted. In direct messages, too: what is done there is kept under
 * a space of its own on Discord, which no channel reaches.
 */
import { z } from "zod";
import { type Command, command } from "../src/app/command.ts";
import { exportOf, forgetMember, keptAbout } from "../src/app/personal.ts";
import { CONFIRMATION, confirmForm, exportView, summaryView } from "../src/core/personal_views.ts";
import { refuse } from "../src/core/refusal.ts";
import { done } from "../src/core/view.ts";

const taken = command({
  path: "data export",
  summary: "Everything that is kept about you here, as a file for you alone",
  access: "anyone",
  anywhere: true,
  input: z.object({ part: z.int().min(1).default(1).meta({ carried: true }) }),
  async run({ part }, { tx, who, now }) {
    return { ok: true, reply: exportView(await exportOf(tx, who, now), part) };
  },
});

const ask = command({
  path: "data delete",
  summary: "Delete what is kept about you here: says first what will happen",
  access: "anyone",
  anywhere: true,
  input: z.object({}),
  run: async (_input, { tx, who }) => ({ ok: true, reply: summaryView(await keptAbout(tx, who)) }),
});

const confirm = command({
  path: "data confirm",
  summary: "Delete what is kept about you here, for good",
  access: "anyone",
  anywhere: true,
  hidden: true,
  input: z.object({ word: z.string().trim().max(20) }),
  form: async () => confirmForm,
  async run({ word }, { tx, who, now, library, newId }) {
    if (word.toLowerCase() !== CONFIRMATION)
      return refuse("Nothing was deleted", `It needs the word \`${CONFIRMATION}\`. \`/data delete\` asks again.`);
    await forgetMember(tx, library, who, newId(), now);
    return {
      ok: true,
      reply: done(
        "What was kept about you is deleted",
        "Messages in channels lose your words in the next minutes. When you use Drillroom again, you start afresh, and it learns your name anew.",
      ),
    };
  },
});

export const data: readonly Command[] = [taken, ask, confirm];
