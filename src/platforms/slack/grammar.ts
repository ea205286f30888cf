/**
 * Slack's slash commands carry one free string. This reads it: the first words choose the command,
 * then `key:value`, `key="quoted words"`, or plain words that fill the required fields in order.
 */
import type { Command } from "../../app/command.ts";
import { fieldsOf, type InputField, typed } from "../../app/input.ts";
import { clip, literal } from "../../core/markup.ts";
import type { View } from "../../core/view.ts";
import { unescaped } from "./plain.ts";

export interface Asked {
  readonly path: string;
  readonly input: Readonly<Record<string, string | number | boolean>>;
}
export type Reading = Asked | { readonly problem: View };

interface Word {
  /** Where the word begins in the text. */
  readonly at: number;
  /** Undefined for a plain word. */
  readonly key: string | undefined;
  readonly value: string;
}

// Phones turn " into one of these.
const QUOTES = /[“”„‟«»]/g;
/** A key, then a quoted or a bare value; or one of these alone. `//` after a colon is an address, not a value. */
const WORD = /(?:([a-z][a-z0-9_-]*)[:=](?!\/\/)(?=\S))?(?:"((?:\\.|[^"\\])*)(?:"|$)|(\S+))/giy;

/** `word` is the slash command without slash and prefix; `prefix` is for what the errors quote. */
export function readSlash(commands: readonly Command[], word: string, raw: string, prefix = ""): Reading {
  const offered = commands.filter(({ hidden }) => !hidden);
  const family = offered.filter(({ path }) => path.split(" ")[0] === word);
  const text = unescaped(raw).replace(QUOTES, '"').trim();
  const chosen = choose(family, word, text);
  if (!chosen)
    return problem("There is no such command", `/${prefix}${word} ${firstWord(text)}`, family.length > 0 ? family : offered, prefix);
  return read(chosen.command, chosen.rest, prefix);
}

/**
 * What is said to the bot by name: a command as one would type it, or without its first word:
 * "status" is `mock status`. Undefined when the text begins with no command. What two commands
 * have in common is the round's in a thread, and the daily drill's outside.
 */
export function readMention(commands: readonly Command[], raw: string, inThread: boolean, prefix = ""): Reading | undefined {
  const text = raw.replace(/^\//, "").replace(prefix, "");
  const word = firstWord(text).toLowerCase();
  const offered = commands.filter(({ hidden }) => !hidden);
  if (offered.some(({ path }) => path.split(" ")[0] === word)) return readSlash(commands, word, text.slice(word.length), prefix);
  const families = offered.filter(({ path }) => path.split(" ")[1] === word).map(({ path }) => path.split(" ")[0] ?? "");
  const family = (inThread && families.find((name) => name === ROUNDS)) || families[0];
  return family ? readSlash(commands, family, text, prefix) : undefined;
}

const ROUNDS = "mock";

const firstWord = (text: string): string => /^\S*/.exec(text)?.[0] ?? "";

/** The longest path that the text begins with; the family's first when the text names none. */
function choose(family: readonly Command[], word: string, text: string): { command: Command; rest: string } | undefined {
  const named = family
    .map((command) => ({ command, words: command.path.slice(word.length + 1) }))
    .sort((a, b) => b.words.length - a.words.length)
    .find(({ words }) => words === "" || new RegExp(`^${words.replaceAll(" ", "\\s+")}(?=\\s|$)`, "i").test(text));
  if (named) {
    const { command, words } = named;
    return { command, rest: text.replace(new RegExp(`^${words.replaceAll(" ", "\\s+")}\\s*`, "i"), "") };
  }
  const [first] = family;
  const namesNone = text === "" || /^[a-z][a-z0-9_-]*[:=]\S/i.test(text);
  return first && namesNone ? { command: first, rest: text } : undefined;
}

function read(command: Command, text: string, prefix: string): Reading {
  const fields = fieldsOf(command);
  const raw: Record<string, string> = {};
  for (const word of wordsOf(text)) {
    if (word.key !== undefined && fields.some(({ name }) => name === word.key)) {
      raw[word.key] = word.value;
      continue;
    }
    if (word.key !== undefined) return problem("There is no such option", `${word.key}:`, [command], prefix);
    const next = fields.find((field) => raw[field.name] === undefined && takes(field, word.value));
    if (!next) return problem("That is one word too many", word.value, [command], prefix);
    if (isLastWords(next, fields, raw)) return done(command, { ...raw, ...lastWords(next, fields, text.slice(word.at)) });
    raw[next.name] = word.value;
  }
  return done(command, raw);
}

const done = (command: Command, raw: Readonly<Record<string, string>>): Reading => ({ path: command.path, input: typed(command, raw) });

/** A plain word fills a required field, or an optional one that knows the word. */
const takes = (field: InputField, word: string): boolean => field.required || (field.choices?.includes(word.toLowerCase()) ?? false);

/** The last required field takes all the words that follow, when it is free text. */
const isLastWords = (field: InputField, fields: readonly InputField[], raw: Readonly<Record<string, string>>): boolean =>
  field.type === "string" &&
  field.choices === undefined &&
  fields.every((other) => other === field || !other.required || raw[other.name] !== undefined);

/** Its words as typed, up to the first option of the command; what follows that are options again. */
function lastWords(field: InputField, fields: readonly InputField[], text: string): Record<string, string> {
  const options = wordsOf(text).filter(({ key }) => key !== undefined && fields.some(({ name }) => name === key && name !== field.name));
  const end = options[0]?.at ?? text.length;
  const words = text.slice(0, end).trim();
  const quoted = /^"((?:\\.|[^"\\])*)"$/.exec(words);
  return {
    ...Object.fromEntries(options.map(({ key, value }) => [key, value])),
    [field.name]: quoted ? unquoted(quoted[1] ?? "") : words,
  };
}

const unquoted = (text: string): string => text.replace(/\\(["\\])/g, "$1");

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (!match) break;
    const [whole, key, quoted, bare = ""] = match;
    words.push({ at, key: key?.toLowerCase(), value: quoted === undefined ? bare : unquoted(quoted) });
    at += whole.length;
  }
  return words;
}

/** What cannot be read, and everything that could stand there. */
function problem(title: string, what: string, known: readonly Command[], prefix: string): Reading {
  const lines = known.map((command) => `- \`/${prefix}${[command.path, ...fieldsOf(command).map(usage)].join(" ")}\` ${command.summary}`);
  return {
    problem: {
      title,
      tone: "warn",
      blocks: [
        { kind: "text", markdown: `I cannot read “${literal(clip(what.trim(), 60))}”. What there is:` },
        { kind: "text", markdown: lines.join("\n") },
        { kind: "text", markdown: 'Words with spaces go in quotes: `key:"two words"`.' },
      ],
    },
  };
}

/** `time:…` for what is required, `[window:week|all]` for what may be left out. */
export function usage({ name, required, choices }: InputField): string {
  const value = `${name}:${choices?.join("|") ?? "…"}`;
  return required ? value : `[${value}]`;
}
