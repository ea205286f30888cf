import { MessageCreateRequestSchema, ModalInteractionCallbackRequestSchema } from "discord-api-spec/zod";
import { describe, expect, it } from "vitest";
import { literal } from "../../../src/core/markup.ts";
import type { Block, Button, Form, View } from "../../../src/core/view.ts";
import { renderForm } from "../../../src/platforms/discord/form.ts";
import { renderView } from "../../../src/platforms/discord/render.ts";
import { boardNamed } from "../../kit/pictures.ts";
import { buttonsOf, pingedBy, shownOf } from "./stand_in/reading.ts";
import { messageProblems, modalProblems } from "./stand_in/rules.ts";
import { strictly } from "./stand_in/strict.ts";
import { mediaOf, uploadProblems } from "./stand_in/upload.ts";
import type { Json } from "./stand_in/world.ts";

function render(view: View): Json {
  const body = { ...renderView(view) } as unknown as Json;
  expect([...strictly(MessageCreateRequestSchema, body), ...messageProblems(body), ...uploadProblems(body, filesOf(body), [])]).toEqual([]);
  return body;
}

/** The files that its attachments speak of. */
const filesOf = (body: Json) =>
  (body.attachments as readonly { readonly id: string; readonly filename: string }[]).map(({ id, filename: name }) => ({
    n: Number(id),
    name,
    bytes: Buffer.from("89504e470d0a1a0a", "hex"),
  }));

const button = (label: string, input: Button["input"] = { label }): Button => ({ label, command: "help", input });
const buttons = (...all: Button[]): Block => ({ kind: "buttons", buttons: all });
const hostile = "@everyone <@1001> **x** ".repeat(40);

describe("views on Discord", () => {
  it("takes the largest view of every kind at once, and keeps all its buttons", () => {
    const labels = Array.from({ length: 25 }, (_, at) => `${at} ${"b".repeat(90)}`);
    const body = render({
      title: hostile,
      tone: "warn",
      notify: Array.from({ length: 150 }, (_, at) => String(10n ** 18n + BigInt(at))),
      blocks: [
        { kind: "text", markdown: literal(hostile.repeat(5)) },
        { kind: "quote", text: hostile.repeat(5), by: "1001" },
        { kind: "facts", facts: Array.from({ length: 30 }, (_, at) => ({ name: `${hostile}${at}`, value: "v" })) },
        {
          kind: "ranking",
          unit: "points",
          rows: Array.from({ length: 100 }, (_, at) => ({ rank: at, name: hostile, value: at, gap: true })),
        },
        { ...boardNamed("A"), alt: "alt ".repeat(500) },
        boardNamed("B"),
        { kind: "rubric", points: Array.from({ length: 50 }, () => ({ state: "covered", text: "t", evidence: hostile })) },
        ...[0, 5, 10, 15, 20].map((from) =>
          buttons(...labels.slice(from, from + 5).map((label) => button(label, { n: label.slice(0, 3) }))),
        ),
      ],
    });
    expect(buttonsOf(body)).toHaveLength(25);
    expect(mediaOf(body)).toHaveLength(2);
  });

  it("puts many short texts together rather than dropping them", () => {
    const blocks = Array.from({ length: 80 }, (_, at): Block => ({ kind: "text", markdown: `line ${at}` }));
    const { text } = shownOf(render({ title: "Many", blocks: [...blocks, buttons(button("Go"))] }));
    expect(text).toContain("line 0");
    expect(text).toContain("line 79");
  });

  it("cuts a long text at a word and keeps what stands before it", () => {
    const { text, buttons: shown } = shownOf(
      render({ title: "Long", blocks: [{ kind: "text", markdown: "sharding ".repeat(900) }, buttons(button("Answer"))] }),
    );
    expect(text).toMatch(/sharding…$/);
    expect(text.length).toBeGreaterThan(3_900);
    expect(shown).toEqual(["Answer"]);
  });

  it("shows one button for one thing", () => {
    const body = render({ title: "Twice", blocks: [buttons(button("A", { x: 1 }), button("B", { x: 1 }), button("C", { x: 2 }))] });
    expect(buttonsOf(body).map(({ label }) => label)).toEqual(["A", "C"]);
  });

  it("pings whom the view means, once, also when the text names them", () => {
    const named: View = {
      title: "Turn",
      notify: ["1001"],
      blocks: [{ kind: "text", markdown: "{member:1001}: your turn, not {member:1002}" }],
    };
    expect(pingedBy(render(named))).toEqual(["1001"]);
    const { notify: _, ...quiet } = named;
    expect(pingedBy(render(quiet))).toEqual([]);
  });

  it("colours by tone and says the rubric in words", () => {
    const accent = (tone: View["tone"]) =>
      (render({ title: "t", ...(tone ? { tone } : {}), blocks: [] }).components as readonly Json[])[0]?.accent_color;
    expect(new Set([accent("plain"), accent("good"), accent("warn")]).size).toBe(3);
    expect(accent(undefined)).toBe(accent("plain"));
    const { text } = shownOf(render({ title: "t", blocks: [{ kind: "rubric", points: [{ state: "missed", text: "the goal" }] }] }));
    expect(text).toContain("open: the goal");
  });

  it("shows a view whose title is blank", () => {
    expect(shownOf(render({ title: " ", blocks: [{ kind: "text", markdown: "" }] })).text).toBe("…");
  });
});

describe("forms on Discord", () => {
  const options = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ label: `${at} ${"o".repeat(120)}`, value: String(at), hint: "h".repeat(120) }));
  const field = (name: string) => ({ name, label: "L".repeat(80), hint: "h".repeat(200), required: true }) as const;
  const draw = (form: Form, input: Record<string, string> = {}) => {
    const data = renderForm(form, { command: "mock score", input });
    if (!data) return undefined;
    expect([...strictly(ModalInteractionCallbackRequestSchema, { type: 9, data }), ...modalProblems(data as unknown as Json)]).toEqual([]);
    return data;
  };
  const form: Form = {
    title: "T".repeat(90),
    intro: `${"long ".repeat(2_000)}`,
    submit: "Send",
    fields: [
      { ...field("text"), kind: "paragraph", maxLength: 9_000, value: "v".repeat(9_000) },
      { ...field("line"), kind: "line", maxLength: 10, value: "longer than ten" },
      { ...field("few"), kind: "choice", options: options(10), value: "3" },
      { ...field("many"), kind: "choice", options: options(30) },
    ],
  };

  it("takes the largest form", () => {
    expect(draw(form)?.components).toHaveLength(5);
    expect(draw({ ...form, fields: [...form.fields, { ...field("one"), kind: "choice", options: options(1) }] })?.components).toHaveLength(
      5,
    );
  });

  it("carries what it was opened for, and says when that is too long", () => {
    expect(draw(form, { round: "r1" })?.custom_id).toBe('["mock score",{"round":"r1"}]');
    expect(draw(form, { note: "x".repeat(100) })).toBeUndefined();
  });
});
