import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelLink, literal, mention, moment, printable } from "../../../src/core/markup.ts";
import { draw, quoted, typed, typedLine } from "../../../src/platforms/discord/markup.ts";
import { livePieces, readMarkdown } from "./stand_in/reading.ts";

/** Words, and all that Discord could take for something else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."\\*_~`|<>[]()@#:-+.!{} \n\t",
        "@everyone",
        "<@1001>",
        "<@&1>",
        "<#5>",
        "<:x:1>",
        "<t:1:R>",
        "</setup:1>",
        ":tada:",
        "https://evil.example/a_b_c",
        "discord.gg/x",
        "**",
        "__",
        "~~",
        "||",
        "```",
        "# ",
        "-# ",
        "> ",
        ">>> ",
        "- ",
        "* ",
        "1. ",
        "12) ",
        "[x](https://evil.example)",
        "a",
        "Z9",
      ),
      fc.string({ unit: "grapheme" }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(""));

/** Discord drops blanks at the ends of lines; a person cannot see them. */
const seen = (text: string) => text.replace(/[ \t]+$/gm, "");

describe("text on Discord", () => {
  it("shows what somebody typed as it was typed, and nothing in it is live", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const drawn = typed(text);
        expect(livePieces(drawn)).toEqual([]);
        expect(seen(readMarkdown(drawn))).toBe(seen(printable(text)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("keeps a literal inert inside our own words", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(livePieces(draw(`Said: ${literal(text)}, they think`))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("knows live text when it sees it", () => {
    for (const live of [
      "@everyone",
      "hi <@1>",
      "**b**",
      "# h",
      "> q",
      "- l",
      "https://x.y",
      ":a:",
      "[a](https://b.c)",
      "`c`",
      "1. x",
      "||s||",
    ])
      expect(livePieces(live), live).not.toEqual([]);
  });

  it("draws each span in Discord's own way", () => {
    expect(draw("**b** _i_ `c` [l](https://x.example/a_b)")).toBe("**b** _i_ `c` [l](https://x.example/a_b)");
    expect(draw(mention("1001"))).toBe("<@1001>");
    expect(draw(mention("@everyone"))).toBe("\\@\\@everyone");
    expect(draw(channelLink("2002"))).toBe("<#2002>");
    expect(draw(channelLink("@everyone"))).toBe("#\\@everyone");
    expect(draw(moment(1_790_000_000_999, "relative"))).toBe("<t:1790000000:R>");
    expect(draw(`${moment(0, "time")} ${moment(0, "date")} ${moment(0)}`)).toBe("<t:0:t> <t:0:D> <t:0:f>");
  });

  it("leaves lists lists, and other beginnings of lines as they are", () => {
    expect(draw("- one\n- two\n# three\n> four\n5. five")).toBe("- one\n- two\n\\# three\n\\> four\n5\\. five");
    expect(draw("a **b** - c")).toBe("a **b** - c");
  });

  it("sets every line of a quote apart, and puts a title on one line", () => {
    expect(quoted(typed("a\n- b\n\nc"))).toBe("> a\n> \\- b\n> \n> c");
    expect(typedLine("  a\n# b ")).toBe("a # b");
  });
});
