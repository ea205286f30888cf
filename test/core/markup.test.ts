import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bold, channelLink, clip, literal, mention, moment, parse, printable } from "../../src/core/markup.ts";

const plainOf = (markdown: string) =>
  parse(markdown)
    .map((span) => (span.kind === "plain" ? span.text : `<${span.kind}>`))
    .join("");

describe("markup", () => {
  it("parses each kind of span", () => {
    expect(parse(`**b** _i_ \`c\` [l](https://a.example/x) ${mention("7")} ${moment(5, "date")} ${channelLink("C1")} end`)).toEqual([
      { kind: "bold", text: "b" },
      { kind: "plain", text: " " },
      { kind: "italic", text: "i" },
      { kind: "plain", text: " " },
      { kind: "code", text: "c" },
      { kind: "plain", text: " " },
      { kind: "link", text: "l", href: "https://a.example/x" },
      { kind: "plain", text: " " },
      { kind: "member", id: "7" },
      { kind: "plain", text: " " },
      { kind: "time", at: 5, style: "date" },
      { kind: "plain", text: " " },
      { kind: "channel", id: "C1" },
      { kind: "plain", text: " end" },
    ]);
  });

  it("leaves snake_case names and lone marks alone", () => {
    expect(parse("user_click_rate * 2 and a_b")).toEqual([{ kind: "plain", text: "user_click_rate * 2 and a_b" }]);
  });

  it("unescapes inside bold", () => {
    expect(parse(bold("a*b_c"))).toEqual([{ kind: "bold", text: "a*b_c" }]);
  });

  it("keeps literal text plain, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (typed) => {
        expect(plainOf(literal(typed))).toBe(printable(typed).replace(/\s+/g, " ").trim());
      }),
    );
    for (const attack of ["**x**", "{member:1}", "{time:1:date}", "[a](https://b)", "`c`", "\\**x**", "_i_"])
      expect(plainOf(literal(attack))).toBe(attack);
  });

  it("drops control characters and direction overrides", () => {
    expect(printable("a\u0000b\u202ec\r\nd\te")).toBe("abc\nd\te");
  });

  it("clips at a word and never splits a surrogate pair", () => {
    expect(clip("one two three", 9)).toBe("one two…");
    expect(clip("short", 9)).toBe("short");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const cut = clip(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });
});
