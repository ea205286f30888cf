import { z } from "zod";
import { command } from "../src/app/command.ts";
import { lookUp, suggest } from "../src/core/lookup.ts";
import { clip, literal } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { SHEET, sheetView, tradeoffView } from "../src/core/tradeoff_views.ts";

/** Discord offers at most 25: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete */
const OFFERED = 25;

export const tradeoff = command({
  path: "tradeoff",
  summary: "When each side of a trade-off wins, with a number; or the whole sheet",
  access: "anyone",
  input: z.object({
    name: z.string().trim().max(80).describe(`Which one, such as "batch or streaming"; "${SHEET}" for all`).meta({ completes: true }),
    page: z.int().optional().meta({ carried: true }),
  }),
  async form() {
    return {
      title: "Trade-offs",
      submit: "Look up",
      fields: [
        {
          name: "name",
          label: "Which one?",
          hint: `A few words of it, or "${SHEET}" for all.`,
          required: true,
          kind: "line",
          maxLength: 80,
        },
      ],
    };
  },
  async complete(_field, typed, { library: { bank } }) {
    const found = suggest(bank.tradeoffs, typed).map((slug) => ({
      label: clip(bank.tradeoffs.get(slug)?.title ?? slug, 100),
      value: slug,
    }));
    const sheet = SHEET.startsWith(typed.trim().toLowerCase()) ? [{ label: "The whole sheet", value: SHEET }] : [];
    return [...sheet, ...found].slice(0, OFFERED);
  },
  async run({ name, page }, { library: { bank } }) {
    if (name.toLowerCase() === SHEET) return { ok: true, reply: sheetView(bank.tradeoffs.values(), page ?? 1) };
    const found = bank.tradeoffs.get(lookUp(bank.tradeoffs, name) ?? "");
    if (found) return { ok: true, reply: tradeoffView(found) };
    const near = suggest(bank.tradeoffs, name).map((slug) => literal(bank.tradeoffs.get(slug)?.title ?? slug));
    return refuse(
      near.length > 1 ? "There are several" : "There is no such trade-off",
      near.length > 1 ? `Which one: ${near.slice(0, OFFERED).join("; ")}?` : `\`/tradeoff ${SHEET}\` shows all of them.`,
    );
  },
});
