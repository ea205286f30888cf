import { z } from "zod";
import { command } from "../src/app/command.ts";
import { SHEET, sheetView, tradeoffView } from "../src/core/tradeoff_views.ts";
import { entry, OFFERED, offered } from "./lookup.ts";

export const tradeoff = command({
  path: "tradeoff",
  summary: "When each side of a trade-off wins, with a number; or the whole sheet",
  access: "anyone",
  anywhere: true,
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
    const sheet = SHEET.startsWith(typed.trim().toLowerCase()) ? [{ label: "The whole sheet", value: SHEET }] : [];
    return [...sheet, ...offered(bank.tradeoffs, typed)].slice(0, OFFERED);
  },
  async run({ name, page }, { library: { bank } }) {
    if (name.toLowerCase() === SHEET) return { ok: true, reply: sheetView(bank.tradeoffs.values(), page ?? 1) };
    const looked = entry(bank.tradeoffs, name, "trade-off", `\`/tradeoff ${SHEET}\` shows all of them.`);
    return looked.ok ? { ok: true, reply: tradeoffView(looked.found) } : looked;
  },
});
