import { z } from "zod";
import { command } from "../src/app/command.ts";
import { fieldsOf } from "../src/app/input.ts";

export const help = command({
  path: "help",
  summary: "What Drillroom can do, and how",
  access: "anyone",
  anywhere: true,
  input: z.object({}),
  async run(_input, { commands }) {
    const lines = commands
      .filter((one) => !one.hidden)
      .map((one) => {
        const fields = fieldsOf(one).map((field) => `${field.name}${field.required ? "" : "?"}`);
        return `- \`/${[one.path, ...fields].join(" ")}\` ${one.summary}${one.access === "organizer" ? " (organizers)" : ""}`;
      });
    return {
      ok: true,
      reply: {
        title: "Drillroom",
        blocks: [
          { kind: "text", markdown: "Practise machine learning system design interviews together: perform first, compare second." },
          { kind: "text", markdown: lines.join("\n") },
          {
            kind: "text",
            markdown:
              "New here? An organizer runs `/setup`; a drill then comes every day. Two of you can start a mock interview at any time with `/mock start`.",
          },
        ],
      },
    };
  },
});
