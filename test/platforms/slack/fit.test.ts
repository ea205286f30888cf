/** Whatever a view is, what is made of it is within Slack's limits, and what is missing is said to be. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal, mention, moment } from "../../../src/core/markup.ts";
import type { Block, Button, Form, FormField, View } from "../../../src/core/view.ts";
import { drawForm, drawHome, drawMessage, drawPlain, drawReply, drawShort } from "../../../src/platforms/slack/render.ts";
import { homeView, MESSAGE_BYTES, messageBlocks, modalView, text as sentText } from "./stand_in/blocks.ts";
import { buttonsOf, pingedBy, textOf } from "./stand_in/shown.ts";

const SCRIPTS = [
  "sharding ",
  "🚀👩‍💻 ",
  "שלום עולם ",
  "مرحبا ",
  "田中さくら",
  "<!channel> <@U9> & ",
  "*a* _b_ `c` > ",
  "\n- item ",
  "\u202eevil\u0000",
];
const words = fc
  .tuple(fc.constantFrom(...SCRIPTS), fc.oneof({ weight: 20, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.nat(400) }))
  .map(([word, times]) => word.repeat(times));
const typed = fc.oneof(words, fc.string({ unit: "grapheme", maxLength: 40 }), fc.string({ unit: "binary", maxLength: 40 }));
const markdown = fc.oneof(
  typed.map(literal),
  typed,
  fc.nat(9).map((n) => `${mention(`U${n}`)} until ${moment(1_790_000_000_000 + n, "datetime")}`),
);

const button: fc.Arbitrary<Button> = fc.record({
  label: typed,
  command: fc.constant("help"),
  input: fc.constant({}),
  style: fc.constantFrom("primary", "plain", "danger"),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("text"), markdown }),
  fc.record({ kind: fc.constant("quote"), text: typed, by: fc.constantFrom("U1", "U2") }),
  fc.record({ kind: fc.constant("facts"), facts: fc.array(fc.record({ name: typed, value: markdown }), { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant("ranking"),
    unit: fc.constant("points"),
    rows: fc.array(fc.record({ rank: fc.nat(200), name: typed, value: fc.nat(999), own: fc.boolean(), gap: fc.boolean() }), {
      maxLength: 100,
    }),
  }),
  fc.record({
    kind: fc.constant("rubric"),
    points: fc.array(fc.record({ state: fc.constantFrom("covered", "mentioned", "unsure", "missed"), text: markdown, evidence: typed }), {
      maxLength: 20,
    }),
  }),
  fc.record({ kind: fc.constant("buttons"), buttons: fc.array(button, { maxLength: 5 }) }),
);
const view: fc.Arbitrary<View> = fc.record({
  title: typed,
  tone: fc.constantFrom("plain", "good", "warn"),
  // Up to more blocks than Slack takes anywhere.
  blocks: fc.oneof(
    { weight: 5, arbitrary: fc.array(block, { maxLength: 12 }) },
    { weight: 1, arbitrary: fc.array(block, { minLength: 45, maxLength: 110 }) },
  ),
  notify: fc.uniqueArray(fc.constantFrom("U1", "U2", "U3"), { maxLength: 3 }),
});

const field: fc.Arbitrary<FormField> = fc.oneof(
  fc.record({
    name: fc.constant("f"),
    label: typed,
    hint: typed,
    required: fc.boolean(),
    kind: fc.constantFrom("line", "paragraph"),
    maxLength: fc.integer({ min: 1, max: 4_000 }),
    value: typed,
  }),
  fc.record({
    name: fc.constant("f"),
    label: typed,
    required: fc.boolean(),
    kind: fc.constant("choice"),
    options: fc
      .array(fc.record({ label: typed, hint: typed }), { minLength: 1, maxLength: 25 })
      .map((all) => all.map((one, at) => ({ ...one, value: `v${at}` }))),
    value: fc.constantFrom("v0", "v7", "none"),
  }),
);
const form: fc.Arbitrary<Form> = fc.record({
  title: typed,
  intro: markdown,
  submit: typed,
  fields: fc.array(field, { minLength: 1, maxLength: 5 }).map((all) => all.map((one, at) => ({ ...one, name: `f${at}` }))),
});

const nameOf = (id: string) => `Name of ${id}`;
const RUNS = 100;

describe("any view", () => {
  it("is a message that Slack takes, whole, halved, and as bare words", () => {
    fc.assert(
      fc.property(view, (any) => {
        const called = (id: string) => (any.notify?.includes(id) ? undefined : nameOf(id));
        for (const { blocks, text } of [drawMessage(any, called), drawShort(any, called)]) {
          const read = messageBlocks.parse(blocks);
          sentText.parse(text);
          expect(Buffer.byteLength(JSON.stringify(blocks))).toBeLessThanOrEqual(MESSAGE_BYTES);
          expect([...pingedBy(read, text)].filter((id) => !any.notify?.includes(id))).toEqual([]);
        }
        const plain = drawPlain(any, called);
        sentText.parse(plain.text);
        expect(pingedBy([], plain.text)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("is a modal and a home tab that Slack takes", () => {
    fc.assert(
      fc.property(view, (any) => {
        modalView.parse(drawReply(any, "{}", () => undefined));
        homeView.parse(drawHome(any, "{}"));
      }),
      { numRuns: RUNS },
    );
  });

  it("shows every button and every word, or says that it does not", () => {
    const marked = fc.array(fc.tuple(fc.constantFrom("text", "quote"), fc.nat(60)), { maxLength: 70 });
    fc.assert(
      fc.property(marked, fc.nat(60), (texts, rows) => {
        const any: View = {
          title: "T",
          blocks: [
            ...texts.map(([kind, times], at): Block => {
              const said = `${"word ".repeat(times)}end${at}.`;
              return kind === "text" ? { kind: "text", markdown: said } : { kind: "quote", text: said };
            }),
            ...Array.from(
              { length: rows },
              (_, at): Block => ({ kind: "buttons", buttons: [{ label: `B${at}`, command: "help", input: {} }] }),
            ),
          ],
        };
        for (const drawn of [drawMessage(any, nameOf), drawShort(any, nameOf)]) {
          const blocks = messageBlocks.parse(drawn.blocks);
          const shown = textOf(blocks);
          const whole = texts.every((_, at) => shown.includes(`end${at}.`)) && buttonsOf(blocks).length === rows;
          expect(shown.includes("is left out")).toBe(!whole);
          const missing = rows - buttonsOf(blocks).length;
          if (missing > 1) expect(shown).toContain(`${missing} buttons`);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("any form", () => {
  it("is a modal that Slack takes, with every field and every choice", () => {
    fc.assert(
      fc.property(form, (any) => {
        const { blocks } = modalView.parse(drawForm(any, "{}", () => undefined));
        const inputs = blocks.filter((one) => one.type === "input");
        expect(inputs.map(({ block_id: id }) => id)).toEqual(any.fields.map(({ name }) => name));
        any.fields.forEach((one, at) => {
          const element = inputs[at]?.element;
          if (one.kind === "choice" && element && "options" in element) expect(element.options).toHaveLength(one.options.length);
        });
      }),
      { numRuns: RUNS },
    );
  });
});
