import { describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../../src/app/command.ts";
import { readMention, readSlash } from "../../../src/platforms/slack/grammar.ts";
import { textOf } from "./text.ts";

const run = () => Promise.reject(new Error("the grammar runs nothing"));
const commands = [
  command({ path: "daily today", summary: "Today's drill", access: "anyone", input: z.object({}), run }),
  command({
    path: "daily answer",
    summary: "Answer it",
    access: "anyone",
    input: z.object({ answer: z.string(), post: z.string().optional() }),
    run,
  }),
  command({ path: "daily seal", summary: "Seal it", access: "anyone", hidden: true, input: z.object({}), run }),
  command({
    path: "setup",
    summary: "Set up",
    access: "organizer",
    input: z.object({ time: z.string(), zone: z.string(), weekdays: z.string().default("daily"), loud: z.boolean().default(false) }),
    run,
  }),
  command({
    path: "leaderboard",
    summary: "Standings",
    access: "anyone",
    input: z.object({ window: z.enum(["week", "all"]).default("week"), top: z.int().default(10) }),
    run,
  }),
];

describe("what is typed after a slash command", () => {
  it.each([
    ["chooses the subcommand", "daily", "today", "daily today", {}],
    ["chooses it whatever the case and the spaces", "daily", "  Today  ", "daily today", {}],
    ["chooses the first of the family when none is named", "daily", "", "daily today", {}],
    ["needs no subcommand where there is none", "leaderboard", "", "leaderboard", {}],
    ["reads key:value and key=value", "leaderboard", "window:all top=3", "leaderboard", { window: "all", top: 3 }],
    [
      "reads quoted words",
      "daily",
      'answer answer:"by user, \\"hot\\" first" post:g1/2026-11-21',
      "daily answer",
      { answer: 'by user, "hot" first', post: "g1/2026-11-21" },
    ],
    ["reads the quotes of phones", "daily", "answer answer:“shard by user”", "daily answer", { answer: "shard by user" }],
    ["reads an unfinished quote to the end", "daily", 'answer answer:"shard by', "daily answer", { answer: "shard by" }],
    ["fills required fields in order", "setup", "09:00 Europe/Berlin", "setup", { time: "09:00", zone: "Europe/Berlin" }],
    [
      "fills what is left beside named ones",
      "setup",
      "zone:UTC 6:30pm weekdays:mon-fri loud:yes",
      "setup",
      { zone: "UTC", time: "6:30pm", weekdays: "mon-fri", loud: true },
    ],
    [
      "takes options after the plain words",
      "setup",
      "09:00 UTC weekdays:daily",
      "setup",
      { time: "09:00", zone: "UTC", weekdays: "daily" },
    ],
    [
      "gives the last required text all its words",
      "daily",
      "answer We shard: by user, 10x latency:low",
      "daily answer",
      { answer: "We shard: by user, 10x latency:low" },
    ],
    [
      "keeps the line breaks and quotes of such a text",
      "daily",
      'answer First:\nthe "goal"',
      "daily answer",
      { answer: 'First:\nthe "goal"' },
    ],
    ["takes the quotes off a text that is quoted whole", "daily", 'answer "two words"', "daily answer", { answer: "two words" }],
    [
      "finds an option after such a text",
      "daily",
      "answer by user post:g1/2026-11-21",
      "daily answer",
      { answer: "by user", post: "g1/2026-11-21" },
    ],
    ["fills an optional field that knows the word", "leaderboard", "all", "leaderboard", { window: "all" }],
    ["takes an address for words", "daily", "answer https://example.org/a?b=c", "daily answer", { answer: "https://example.org/a?b=c" }],
    ["undoes Slack's escapes", "daily", "answer a &lt; b &amp;&amp; c &gt; d", "daily answer", { answer: "a < b && c > d" }],
    ["undoes each escape once", "daily", "answer &amp;lt;", "daily answer", { answer: "&lt;" }],
    ["leaves a number that is none for the command to refuse", "leaderboard", "top:many", "leaderboard", { top: "many" }],
  ])("%s", (_what, word, text, path, input) => {
    expect(readSlash(commands, word, text)).toEqual({ path, input });
  });

  it.each([
    ["an unknown subcommand", "daily", "tomorrow", ["/daily tomorrow", "/daily today", "/daily answer answer:…"]],
    ["a hidden subcommand", "daily", "seal", ["/daily seal", "/daily today"]],
    ["an unknown option", "leaderboard", "month:may", ["month:", "window:week|all"]],
    ["a word too many", "leaderboard", "all everyone", ["everyone", "window:week|all"]],
    ["an unknown command", "dally", "", ["/dally", "/daily today", "/setup"]],
  ])("says of %s what there is", (_what, word, text, pieces) => {
    const reading = readSlash(commands, word, text);
    if (!("problem" in reading)) return expect.fail(`was read as ${reading.path}`);
    for (const piece of pieces) expect(textOf(reading.problem)).toContain(piece);
    expect(textOf(reading.problem)).not.toContain("Seal it");
  });

  it("quotes commands with their prefix, and what was typed without its markup", () => {
    const reading = readSlash(commands, "daily", "**tomorrow** [x](https://evil.example)", "ml-");
    if (!("problem" in reading)) return expect.fail("was read");
    expect(textOf(reading.problem)).toContain("/ml-daily today");
    expect(textOf(reading.problem)).toContain("**tomorrow**");
  });
});

describe("what is said to the bot by name", () => {
  const shared = [
    ...commands,
    command({ path: "mock answer", summary: "Answer", access: "anyone", input: z.object({ text: z.string() }), run }),
    command({ path: "mock status", summary: "Where it is", access: "anyone", input: z.object({}), run }),
  ];

  it("is a command with or without its first word; a shared one is the round's in a thread, the drill's outside", () => {
    expect(readMention(shared, "mock status", false)).toEqual({ path: "mock status", input: {} });
    expect(readMention(shared, "Status", false)).toEqual({ path: "mock status", input: {} });
    expect(readMention(shared, "answer two towers", true)).toEqual({ path: "mock answer", input: { text: "two towers" } });
    expect(readMention(shared, "answer two towers", false)).toEqual({ path: "daily answer", input: { answer: "two towers" } });
    expect(readMention(shared, "/ml-daily today", false, "ml-")).toEqual({ path: "daily today", input: {} });
  });

  it("is nothing of ours when it begins with no command, or a hidden one", () => {
    for (const words of ["", "we would use two towers", "seal", "statusquo"]) expect(readMention(shared, words, true)).toBeUndefined();
  });
});
