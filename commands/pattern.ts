import { z } from "zod";
import { command } from "../src/app/command.ts";
import { literal } from "../src/core/markup.ts";
import { patternView } from "../src/core/pattern_view.ts";
import { entry, OFFERED, offered } from "./lookup.ts";

export const pattern = command({
  path: "pattern",
  summary: "A pattern of ML systems: the problem, its shape, when it pays, how it breaks",
  access: "anyone",
  anywhere: true,
  input: z.object({ name: z.string().trim().max(80).describe('Which one, such as "canary"').meta({ completes: true }) }),
  async form(_input, { library: { bank } }) {
    return {
      title: "Patterns",
      intro: `${[...bank.patterns.values()].map(({ title }) => literal(title)).join(" · ")}`,
      submit: "Look up",
      fields: [{ name: "name", label: "Which one?", hint: "A few words of its title.", required: true, kind: "line", maxLength: 80 }],
    };
  },
  complete: async (_field, typed, { library: { bank } }) => offered(bank.patterns, typed),
  async run({ name }, { library: { bank } }) {
    const known = [...bank.patterns.values()].slice(0, OFFERED).map(({ title }) => literal(title));
    const looked = entry(bank.patterns, name, "pattern", `There is ${known.join(", ")} …`);
    return looked.ok ? { ok: true, reply: patternView(looked.found, bank.cases) } : looked;
  },
});
