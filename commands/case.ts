import { z } from "zod";
import { command } from "../src/app/command.ts";
import { casePartView, caseView, parseCasePart } from "../src/core/case_views.ts";
import { literal } from "../src/core/markup.ts";
import { findCase, sealed } from "./case_find.ts";
import { OFFERED, offered } from "./lookup.ts";

export const theCase = command({
  path: "case",
  summary: "A case to study: the prompt first, the answers when you ask for them",
  access: "anyone",
  input: z.object({
    case: z.string().trim().max(80).describe('Which case, such as "video"').meta({ completes: true }),
    part: z.string().max(20).optional().meta({ carried: true }),
  }),
  async form(_input, { library: { bank } }) {
    return {
      title: "Cases",
      intro: [...bank.cases.values()]
        .slice(0, OFFERED)
        .map(({ title }) => `- ${literal(title)}`)
        .join("\n"),
      submit: "Look up",
      fields: [{ name: "case", label: "Which one?", hint: "A few words of its title.", required: true, kind: "line", maxLength: 80 }],
    };
  },
  complete: async (_field, typed, scene) => offered(scene.library.bank.cases, typed),
  async run(input, scene) {
    const { framework } = scene.library.bank;
    const found = findCase(scene, input.case);
    if (!found.ok) return found;
    const { slug, found: item } = found;
    const part = input.part === undefined ? undefined : parseCasePart(input.part, item);
    if (!part) return { ok: true, reply: caseView(slug, item, framework) };
    const refusal = await sealed(scene, slug);
    if (refusal) return refusal;
    // A list of titles answers nothing.
    if (part.kind !== "diagrams") await scene.tx.seen.add(scene.place, slug, [scene.who.id], "case", scene.now);
    return { ok: true, reply: casePartView(slug, item, framework, part) };
  },
});
