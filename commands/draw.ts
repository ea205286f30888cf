import { z } from "zod";
import { command } from "../src/app/command.ts";
import { cardsFor } from "../src/app/recall_cards.ts";
import { compareArchitecture, drawsOnlyAModel, parseArchitecture } from "../src/core/architecture.ts";
import { DIAGRAM_CHOICES, DRAWING_CHARACTERS, drawingForm, drawnView, findDiagram } from "../src/core/drawing_views.ts";
import { literal } from "../src/core/markup.ts";
import { missedBoxes } from "../src/core/recall_missed.ts";
import { refuse } from "../src/core/refusal.ts";
import { findCase, sealed } from "./case_find.ts";
import { offered } from "./lookup.ts";

export const draw = command({
  path: "draw",
  summary: "Draw a case's architecture from memory, and compare it with the reference",
  access: "anyone",
  input: z.object({
    case: z.string().trim().max(80).describe('Which case, such as "video"').meta({ completes: true }),
    diagram: z
      .string()
      .trim()
      .max(80)
      .describe("Which of its diagrams: system, data, features, training, online …")
      .meta({ completes: true }),
    drawing: z.string().trim().min(1, "draw something first").max(DRAWING_CHARACTERS).describe("client -> gateway -> ranking"),
  }),
  async form(input, scene) {
    if (input.case === undefined) return drawingForm(undefined, undefined, input.drawing);
    const found = findCase(scene, input.case);
    if (!found.ok) return found;
    const refusal = await sealed(scene, found.slug);
    const diagram = input.diagram === undefined ? undefined : findDiagram(found.found, input.diagram);
    return refusal ?? drawingForm({ slug: found.slug, item: found.found }, diagram, input.drawing);
  },
  async complete(field, typed, scene) {
    if (field === "case") return offered(scene.library.bank.cases, typed);
    return DIAGRAM_CHOICES.filter(({ label, value }) => `${value} ${label}`.toLowerCase().includes(typed.trim().toLowerCase()));
  },
  async run(input, scene) {
    const found = findCase(scene, input.case);
    if (!found.ok) return found;
    const { slug, found: item } = found;
    const diagram = findDiagram(item, input.diagram);
    if (!diagram) return refuse("There is no such diagram", `Which one: ${item.diagrams.map(({ title }) => literal(title)).join("; ")}?`);
    const refusal = await sealed(scene, slug);
    if (refusal) return refusal;
    const parsed = parseArchitecture(input.drawing);
    if (!parsed.ok) return parsed;
    await scene.tx.seen.add(scene.place, slug, [scene.who.id], "drawing", scene.now);
    const comparison = compareArchitecture(parsed.drawing, diagram, scene.library.bank.vocabulary);
    const added = await scene.tx.recall.add(scene.who, cardsFor(missedBoxes(slug, diagram.id, comparison), "drawing"), scene.now);
    return {
      ok: true,
      reply: drawnView(slug, item, diagram, { comparison, unread: parsed.unread, modelOnly: drawsOnlyAModel(parsed.drawing), added }),
    };
  },
});
