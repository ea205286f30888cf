import { z } from "zod";
import { command } from "../src/app/command.ts";
import type { View } from "../src/core/view.ts";

/** The answer to whoever calls the bot by name, or writes to it, where no round is. */
export const hello = command({
  path: "hello",
  summary: "What Drillroom does, and where",
  access: "anyone",
  anywhere: true,
  hidden: true,
  input: z.object({}),
  async run(_input, { place, commands }) {
    return { ok: true, reply: place.channel === undefined ? alone(commands.filter((one) => one.anywhere && !one.hidden)) : IN_A_CHANNEL };
  },
});

const ABOUT = "I drill study groups for machine learning system design interviews: a question a day, and mock interviews in threads.";

const IN_A_CHANNEL: View = {
  title: "Drillroom",
  blocks: [
    {
      kind: "text",
      markdown: `${ABOUT}\n- \`/daily answer\` answers today's drill.\n- \`/mock start\` opens a mock round.\n- \`/help\` lists the rest; an organizer begins with \`/setup\`.`,
    },
    { kind: "text", markdown: "_I read what candidate and interviewer write in a round's thread while a step is open, and nothing else._" },
  ],
};

const alone = (here: readonly { readonly path: string; readonly summary: string }[]): View => ({
  title: "Drillroom",
  blocks: [
    { kind: "text", markdown: `${ABOUT} That happens in your group's channel: drills, rounds and boards are there.` },
    { kind: "text", markdown: `Here you can look things up:\n${here.map(({ path, summary }) => `- \`/${path}\` ${summary}`).join("\n")}` },
  ],
});
