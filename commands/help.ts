import { z } from "zod";
import { type Command, command } from "../src/app/command.ts";
import { fieldsOf } from "../src/app/input.ts";
import { rows } from "../src/core/case_views.ts";
import { bold } from "../src/core/markup.ts";
import type { Button, View } from "../src/core/view.ts";

const TOPICS = ["daily", "mock", "boards", "recall", "look-up", "own"] as const;
type Topic = (typeof TOPICS)[number];

/** `families`: the first words of its commands. Whatever stands in none is found on the last page. */
const PAGES: { readonly [T in Topic]: { readonly title: string; readonly about: string; readonly families: readonly string[] } } = {
  daily: { title: "Daily drill", about: "a question a day, sealed until the reveal", families: ["daily", "setup"] },
  mock: { title: "Mock rounds", about: "interview each other along seven steps, or the bot interviews you", families: ["mock"] },
  boards: { title: "Points and boards", about: "who does how much", families: ["leaderboard", "points", "season"] },
  recall: { title: "Recall and progress", about: "what you know, what is due, what comes next", families: ["recall", "progress", "plan"] },
  "look-up": {
    title: "Look up and draw",
    about: "the framework, cases, trade-offs, patterns",
    families: ["framework", "case", "draw", "tradeoff", "pattern"],
  },
  own: { title: "Your data", about: "take it along, or have it deleted", families: ["data", "help"] },
};

export const help = command({
  path: "help",
  summary: "What Drillroom can do, and how",
  access: "anyone",
  anywhere: true,
  input: z.object({ topic: z.enum(TOPICS).optional().describe("What about") }),
  async run({ topic }, { commands }) {
    return { ok: true, reply: topic === undefined ? overview() : page(topic, commands) };
  },
});

const button = (topic: Topic): Button => ({ label: PAGES[topic].title, command: "help", input: { topic } });

const overview = (): View => ({
  title: "Drillroom",
  blocks: [
    { kind: "text", markdown: "Practise machine learning system design interviews together: perform first, compare second." },
    { kind: "text", markdown: TOPICS.map((topic) => `- ${bold(PAGES[topic].title)}: ${PAGES[topic].about}`).join("\n") },
    {
      kind: "text",
      markdown:
        "New here? An organizer runs `/setup`; a drill then comes every day. Two of you can start a mock interview at any time with `/mock start`, and alone you have `/mock start mode:solo` and `/recall`.",
    },
    ...rows(TOPICS.map(button)),
  ],
});

function page(topic: Topic, commands: readonly Command[]): View {
  const known = new Set(TOPICS.flatMap((one) => PAGES[one].families));
  const on = ({ path }: Command): boolean => {
    const family = path.split(" ")[0] ?? "";
    return PAGES[topic].families.includes(family) || (topic === TOPICS.at(-1) && !known.has(family));
  };
  return {
    title: `Help · ${PAGES[topic].title}`,
    blocks: [
      {
        kind: "text",
        markdown: commands
          .filter((one) => !one.hidden && on(one))
          .map(line)
          .join("\n"),
      },
      { kind: "buttons", buttons: TOPICS.filter((other) => other !== topic).map(button) },
    ],
  };
}

/** As one types it; what may be left out has a question mark. */
function line(one: Command): string {
  const fields = fieldsOf(one).map((field) => `${field.name}${field.required ? "" : "?"}`);
  return `- \`/${[one.path, ...fields].join(" ")}\` ${one.summary}${one.access === "organizer" ? " (organizers)" : ""}`;
}
