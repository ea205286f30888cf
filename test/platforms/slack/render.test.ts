import { describe, expect, it } from "vitest";
import { literal, mention, moment } from "../../../src/core/markup.ts";
import type { Block, Form, View } from "../../../src/core/view.ts";
import { drawForm, drawMessage, drawReply, membersIn } from "../../../src/platforms/slack/render.ts";
import { boardNamed } from "../../kit/pictures.ts";
import { MESSAGE_BYTES, messageBlocks, modalView } from "./stand_in/blocks.ts";
import { buttonsOf, picturesOf, pingedBy, textOf } from "./stand_in/shown.ts";

const names = new Map([
  ["U1", "Ada *A* <!here>"],
  ["U2", "Ben"],
]);
const named = (id: string) => names.get(id);
const nobody = () => undefined;

function drawn(view: View, naming = named) {
  const message = drawMessage(view, naming);
  expect(Buffer.byteLength(JSON.stringify(message.blocks))).toBeLessThanOrEqual(MESSAGE_BYTES);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expect(message.text.length).toBeGreaterThan(0);
  const blocks = messageBlocks.parse(message.blocks);
  return { ...message, blocks, shown: textOf(blocks), pinged: pingedBy(blocks, message.text) };
}

const HOSTILE =
  "*stars* _under_ ~strike~ `code` :smile: > quote\n<@U1> <!channel> <#C1> <https://evil.example|click> @everyone & &amp; \\*";

describe("hostile words", () => {
  const everywhere: View = {
    title: HOSTILE,
    blocks: [
      { kind: "text", markdown: `${literal(HOSTILE)} by ${mention("U1")}` },
      { kind: "quote", text: HOSTILE, by: "U1" },
      { kind: "facts", facts: [{ name: HOSTILE, value: literal(HOSTILE) }] },
      { kind: "ranking", unit: "points", rows: [{ rank: 1, name: HOSTILE, value: 3 }] },
      { kind: "rubric", points: [{ state: "covered", text: literal(HOSTILE), evidence: HOSTILE }] },
      { kind: "buttons", buttons: [{ label: HOSTILE.slice(0, 39), command: "help", input: {} }] },
    ],
  };

  it("show as typed in every kind of block", () => {
    const { shown, blocks } = drawn(everywhere);
    expect(shown.split("*stars* _under_ ~strike~ `code` :smile: > quote")).toHaveLength(9);
    expect(shown).toContain("<@U1> <!channel> <#C1> <https://evil.example|click> @everyone & &amp;");
    expect(buttonsOf(blocks)[0]?.text).toEqual({ type: "plain_text", text: HOSTILE.slice(0, 39), emoji: false });
  });

  it("ping nobody, neither in the blocks nor in the text for notifications", () => {
    const { pinged, text } = drawn(everywhere);
    expect(pinged).toEqual([]);
    expect(text).toContain("&lt;!channel&gt;");
    expect(text).not.toMatch(/<[@!#h]/);
  });

  it("lose what is invisible or turns the line around", () => {
    expect(drawn({ title: "a\u202eb", blocks: [{ kind: "quote", text: "c\u2066d\u0007e" }] }).shown).toBe("ab\ncde");
  });
});

describe("pictures", () => {
  const [first, second] = [boardNamed("A"), { ...boardNamed("B"), alt: "alt ".repeat(700) }];
  const view: View = { title: "Boards", blocks: [first, { kind: "text", markdown: "Ada leads." }, second] };

  it("show the file that each has, in its place, with words that fit", () => {
    const { blocks } = drawMessage(view, named, new Map([first, second].map((block, at) => [block, `F00000000${at}`])));
    expect(messageBlocks.parse(blocks).map(({ type }) => type)).toEqual(["header", "image", "rich_text", "image"]);
    expect(picturesOf(messageBlocks.parse(blocks))[0]).toBe(first.alt);
  });

  it("are left out without a file", () => {
    expect(drawn(view)).toMatchObject({ shown: "Boards\nAda leads." });
    expect(modalView.parse(drawReply(view, "", named)).blocks.map(({ type }) => type)).toEqual(["header", "rich_text"]);
  });
});

describe("members", () => {
  const view: View = { title: "Seats", blocks: [{ kind: "text", markdown: `${mention("U1")} asks ${mention("U2")}` }] };

  it("are names that do not ping, unless the view calls them", () => {
    expect(drawn(view)).toMatchObject({ pinged: [], shown: "Seats\nAda *A* <!here> asks Ben" });
    const called = drawn({ ...view, notify: ["U2"] }, (id) => (id === "U2" ? undefined : named(id)));
    expect(called).toMatchObject({ pinged: ["U2"], shown: "Seats\nAda *A* <!here> asks @U2" });
  });

  it("are called once, whether or not the words name them", () => {
    const called = drawn({ ...view, notify: ["U2", "U3"] }, (id) => (id === "U1" ? "Ada" : undefined));
    expect(called.shown).toBe("Seats\n@U3 \nAda asks @U2");
    expect(called.pinged).toEqual(["U3", "U2"]);
  });

  it("are found wherever a view names them", () => {
    expect(membersIn({ title: "", notify: ["U9"], blocks: [{ kind: "quote", text: "x", by: "U1" }, ...view.blocks] }).toSorted()).toEqual([
      "U1",
      "U2",
      "U9",
    ]);
  });
});

describe("formats", () => {
  it("keeps paragraphs, lists, styles, links and times", () => {
    const at = Date.UTC(2026, 10, 22, 8);
    const { blocks } = drawn({
      title: "T",
      blocks: [{ kind: "text", markdown: `**Now** _and_ \`x\`\n\n- one\n- [two](https://example.org/a)\nuntil ${moment(at, "time")}` }],
    });
    expect(blocks[1]).toMatchObject({
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { text: "Now", style: { bold: true } },
            { text: " " },
            { text: "and", style: { italic: true } },
            { text: " " },
            { text: "x", style: { code: true } },
          ],
        },
        {
          type: "rich_text_list",
          elements: [{ elements: [{ text: "one" }] }, { elements: [{ type: "link", text: "two", url: "https://example.org/a" }] }],
        },
        {
          type: "rich_text_section",
          elements: [{ text: "until " }, { type: "date", timestamp: at / 1_000, format: "{time}", fallback: "2026-11-22 08:00 UTC" }],
        },
      ],
    });
  });

  it("leaves out what is empty, which Slack refuses", () => {
    const blocks: Block[] = [
      { kind: "text", markdown: "\n" },
      { kind: "quote", text: " " },
      { kind: "facts", facts: [] },
      { kind: "ranking", unit: "points", rows: [] },
      { kind: "rubric", points: [] },
      { kind: "buttons", buttons: [] },
    ];
    expect(drawn({ title: "", blocks }).blocks).toHaveLength(1);
  });

  it("draws empty names, values and evidence", () => {
    const view: View = {
      title: "T",
      blocks: [
        {
          kind: "facts",
          facts: [
            { name: "a", value: "" },
            { name: "", value: "b" },
          ],
        },
        { kind: "rubric", points: [{ state: "missed", text: "", evidence: "" }] },
        { kind: "text", markdown: "- \n- x" },
      ],
    };
    expect(drawn(view).shown).toContain("x");
  });
});

describe("too much", () => {
  const buttons: Block = {
    kind: "buttons",
    buttons: Array.from({ length: 5 }, (_, at) => ({ label: `B${at}`.repeat(60), command: "help", input: { at } })),
  };

  it.each([
    ["one long text", [{ kind: "text", markdown: "sharding ".repeat(5_000) }, buttons]],
    ["one long text of four-byte characters", [{ kind: "quote", text: "🚀".repeat(9_000) }, buttons]],
    [
      "many short lines",
      [
        { kind: "ranking", unit: "points", rows: Array.from({ length: 400 }, (_, at) => ({ rank: at + 1, name: `N${at}`, value: at })) },
        buttons,
      ],
    ],
    [
      "long words in a list",
      [{ kind: "rubric", points: Array.from({ length: 60 }, () => ({ state: "missed", text: "why ".repeat(200) })) }, buttons],
    ],
    ["text that is all escapes in notifications", [{ kind: "quote", text: "<&>".repeat(2_000) }, buttons]],
  ] as [string, Block[]][])("cuts %s, and keeps the buttons", (_what, blocks) => {
    const { blocks: all } = drawn({ title: "T".repeat(400), blocks });
    expect(buttonsOf(all)).toHaveLength(5);
    expect(new Set(buttonsOf(all).map((button) => button.action_id)).size).toBe(5);
  });

  it("keeps at most fifty blocks, those with buttons first", () => {
    const { blocks } = drawn({
      title: "T",
      blocks: [...Array.from({ length: 80 }, () => ({ kind: "text", markdown: "x" }) as const), buttons],
    });
    expect(blocks).toHaveLength(50);
    expect(buttonsOf(blocks)).toHaveLength(5);
  });

  it("never splits a character", () => {
    expect(drawn({ title: "🚀".repeat(200), blocks: [{ kind: "quote", text: "👩‍💻".repeat(4_000) }] }).shown).not.toMatch(/\p{Surrogate}/u);
  });
});

describe("modals", () => {
  const form: Form = {
    title: "A title that is longer than Slack's twenty-four",
    intro: `Ask ${mention("U1")} **first**`,
    submit: "Send this answer to everybody",
    fields: [
      {
        name: "text",
        label: "L".repeat(2_100),
        hint: "H".repeat(2_100),
        required: true,
        kind: "paragraph",
        maxLength: 9_000,
        value: "v".repeat(3_500),
      },
      { name: "line", label: "Line", required: false, kind: "line", maxLength: 10, value: "" },
      {
        name: "few",
        label: "Few",
        required: true,
        kind: "choice",
        options: [{ label: "O".repeat(90), value: "1", hint: "h".repeat(90) }],
        value: "1",
      },
      {
        name: "many",
        label: "Many",
        required: false,
        kind: "choice",
        options: Array.from({ length: 130 }, (_, at) => ({ label: `o${at}`, value: `${at}` })),
        value: "999",
      },
    ],
  };

  it("fit whatever the form", () => {
    const view = modalView.parse(drawForm(form, "m".repeat(3_000), nobody));
    const inputs = view.blocks.filter((block) => block.type === "input");
    expect(inputs.map(({ element }) => element.type)).toEqual(["plain_text_input", "plain_text_input", "radio_buttons", "static_select"]);
    expect(inputs.map(({ optional }) => optional)).toEqual([false, true, false, true]);
  });

  it("show a reply whole, with its buttons", () => {
    const view = modalView.parse(
      drawReply(
        { title: "Heard", tone: "good", blocks: [{ kind: "buttons", buttons: [{ label: "Again", command: "echo", input: {} }] }] },
        "{}",
        nobody,
      ),
    );
    expect(textOf(view.blocks)).toContain("Heard");
    expect(buttonsOf(view.blocks)).toHaveLength(1);
    expect(view.submit).toBeUndefined();
  });
});
