/** Whatever a view says, Discord takes it, and whoever reads it sees all of it or that there was more. */
import { MessageCreateRequestSchema, ModalInteractionCallbackRequestSchema } from "discord-api-spec/zod";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal } from "../../../src/core/markup.ts";
import type { Block, Button, Form, View } from "../../../src/core/view.ts";
import { renderForm } from "../../../src/platforms/discord/form.ts";
import { renderView } from "../../../src/platforms/discord/render.ts";
import { boardNamed } from "../../kit/pictures.ts";
import { buttonsOf, pingedBy, shownOf } from "./stand_in/reading.ts";
import { messageProblems, modalProblems } from "./stand_in/rules.ts";
import { strictly } from "./stand_in/strict.ts";
import { mediaOf } from "./stand_in/upload.ts";
import type { Json } from "./stand_in/world.ts";

const RUNS = 300;
const SCRIPTS = [
  "@everyone",
  "<@1001>",
  "**bold**",
  "-# small",
  "> quoted",
  "`code`",
  "[x](https://e.example)",
  "👩‍👩‍👧‍👦",
  "🇩🇪",
  "שלום",
  "مرحبا",
  "田中",
  "\u202eevil",
  "\n\n\n",
  " ",
  "_",
  "\\",
];

const words = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...SCRIPTS), fc.string({ unit: "grapheme", maxLength: 12 })), { maxLength })
    .map((pieces) => pieces.join(" "));
/** Mostly short, sometimes far too long for any message. */
const hostile = fc.oneof(
  { weight: 4, arbitrary: words(8) },
  { weight: 1, arbitrary: words(60) },
  {
    weight: 1,
    arbitrary: words(6).chain((piece) => fc.integer({ min: 1, max: 900 }).map((times) => `${piece} `.repeat(times))),
  },
);
const markdown = hostile.map(literal);
const button: fc.Arbitrary<Button> = fc.record({
  label: hostile,
  command: fc.constant("help"),
  input: fc.record({ n: fc.integer({ min: 0, max: 40 }) }),
  style: fc.constantFrom("primary", "plain", "danger"),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), markdown }),
  fc.record({ kind: fc.constant("quote" as const), text: hostile, by: fc.constantFrom("1001", "not-a-number") }),
  fc.record({ kind: fc.constant("facts" as const), facts: fc.array(fc.record({ name: hostile, value: markdown }), { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant("ranking" as const),
    unit: fc.constant("points"),
    rows: fc.array(fc.record({ rank: fc.nat(200), name: hostile, value: fc.nat(9_999), gap: fc.boolean() }), { maxLength: 100 }),
  }),
  fc.record({
    kind: fc.constant("rubric" as const),
    points: fc.array(fc.record({ state: fc.constantFrom("covered", "mentioned", "unsure", "missed"), text: markdown, evidence: hostile }), {
      maxLength: 20,
    }),
  }),
  words(20).map((alt) => ({ ...boardNamed("A"), alt: alt.trim() || "A board" })),
  fc.record({ kind: fc.constant("buttons" as const), buttons: fc.array(button, { maxLength: 5 }) }),
);
const view: fc.Arbitrary<View> = fc.record({
  title: hostile,
  tone: fc.constantFrom("plain", "good", "warn"),
  // Up to 45 blocks: more components than a message holds.
  blocks: fc.oneof(
    { weight: 3, arbitrary: fc.array(block, { maxLength: 8 }) },
    { weight: 1, arbitrary: fc.array(block, { maxLength: 45 }) },
  ),
  notify: fc.array(fc.bigInt({ min: 1n, max: 10n ** 19n }).map(String), { maxLength: 100 }),
});

const draw = (one: View): Json => ({ ...renderView(one) }) as unknown as Json;
const buttonsIn = ({ blocks }: View) => blocks.flatMap((one) => (one.kind === "buttons" ? one.buttons : []));
const wellFormed = (value: unknown): boolean =>
  typeof value === "string" ? value.isWellFormed() : typeof value !== "object" || value === null || Object.values(value).every(wellFormed);

describe("any view on Discord", () => {
  it("is taken by Discord, pings whom it means alone, and splits no character", () => {
    fc.assert(
      fc.property(view, (one) => {
        const body = draw(one);
        expect([...strictly(MessageCreateRequestSchema, body), ...messageProblems(body)]).toEqual([]);
        expect(wellFormed(body)).toBe(true);
        const meant = new Set(one.notify);
        expect(pingedBy(body).every((id) => meant.has(id))).toBe(true);
        expect(pingedBy(body)).toHaveLength(Math.min(meant.size, 40));
      }),
      { numRuns: RUNS },
    );
  });

  it("shows every button and picture where there is room for them, and a sign where there is none", () => {
    fc.assert(
      fc.property(view, (one) => {
        const body = draw(one);
        const { text } = shownOf(body);
        const shown = new Set(buttonsOf(body).map(({ customId }) => customId));
        const wanted = new Set(buttonsIn(one).map(({ command, input }) => JSON.stringify([command, input])));
        const pictures = one.blocks.filter(({ kind }) => kind === "picture").length;
        if (shown.size < wanted.size || mediaOf(body).length < pictures) expect(text).toContain("…");
        if (one.blocks.length <= 8) expect([shown.size, mediaOf(body).length]).toEqual([wanted.size, pictures]);
      }),
      { numRuns: RUNS },
    );
  });

  it("says all that it says, or that there was more", () => {
    // A word of its own in every block: it is there, or a sign that something is not.
    const marked = fc
      .array(hostile, { minLength: 1, maxLength: 45 })
      .map((texts) => texts.map((text, at) => ({ mark: `marker${at}x`, text })));
    fc.assert(
      fc.property(marked, (all) => {
        const blocks = all.map(({ mark, text }): Block => ({ kind: "quote", text: `${text} ${mark}` }));
        const { text } = shownOf(draw({ title: "T", blocks }));
        const lost = all.filter(({ mark }) => !text.includes(mark));
        if (lost.length > 0) expect(text).toContain("…");
        const length = all.reduce((sum, one) => sum + one.text.length + one.mark.length, 0);
        // Escapes at most double a text, and marks of quotes stand before each line.
        if (length < 1_000 && all.length < 10) expect(lost).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("any form on Discord", () => {
  const field = fc.integer({ min: 0, max: 1_000 }).chain((serial) =>
    fc.oneof(
      fc.record({
        name: fc.constant(`f${serial}`),
        label: hostile.map((label) => label.trim() || "L"),
        hint: hostile,
        required: fc.boolean(),
        kind: fc.constantFrom("line", "paragraph"),
        maxLength: fc.integer({ min: 1, max: 9_000 }),
        value: hostile,
      }),
      fc.record({
        name: fc.constant(`f${serial}`),
        label: hostile.map((label) => label.trim() || "L"),
        required: fc.boolean(),
        kind: fc.constant("choice"),
        options: fc
          .array(fc.record({ label: hostile.map((label) => label.trim() || "O"), hint: hostile }), { minLength: 1, maxLength: 25 })
          .map((options) => options.map((option, at) => ({ ...option, value: String(at) }))),
        value: fc.constantFrom("0", "99"),
      }),
    ),
  );
  const form = fc.record({
    title: hostile.map((title) => title.trim() || "T"),
    intro: markdown,
    submit: fc.constant("Send"),
    fields: fc.uniqueArray(field, { minLength: 1, maxLength: 5, selector: ({ name }) => name }),
  }) as fc.Arbitrary<Form>;

  it("is taken by Discord, with every field, and its introduction although there are five", () => {
    fc.assert(
      fc.property(form, (one) => {
        const data = renderForm(one, { command: "mock score", input: { round: "r1" } });
        expect([...strictly(ModalInteractionCallbackRequestSchema, { type: 9, data }), ...modalProblems(data as unknown as Json)]).toEqual(
          [],
        );
        expect(wellFormed(data)).toBe(true);
        const fields = ((data?.components ?? []) as unknown as readonly Json[]).filter(({ component }) => component !== undefined);
        expect(fields.map(({ component }) => (component as Json).custom_id)).toEqual(one.fields.map(({ name }) => name));
      }),
      { numRuns: RUNS },
    );
  });

  it("says its introduction in the first field's words when five fields leave no room above", () => {
    const line = (name: string) => ({ name, label: name, hint: "Such as 09:00", required: true, kind: "line", maxLength: 60 }) as const;
    const fields = ["a", "b", "c", "d", "e"].map(line);
    const data = renderForm(
      { title: "T", intro: "Paused: **the channel** is gone", submit: "Go", fields },
      { command: "setup", input: {} },
    );
    expect(data?.components[0]).toMatchObject({ description: "Such as 09:00. Paused: the channel is gone" });
    expect(data?.components).toHaveLength(5);
  });
});
