/** What the message box offers while a command is typed. Pure; touches no page. */
import { marks, resolve, startsWith } from "./grammar.js";

/**
 * What could come next at the end of `head` (the line up to the caret). Items replace the line
 * from `from` on. `ask` names a field whose values the server suggests. `active` is the item
 * that Enter takes, or -1 when Enter sends. `about` is the command, and the field, being filled in.
 */
export function suggest(head, commands) {
  if (!head.startsWith("/")) return { items: [], from: head.length, active: -1 };
  const resolved = resolve(head, commands);
  if (!resolved || !startsWith(head, `/${resolved.command.path} `)) return commandItems(head, commands, resolved);
  const { command, from } = resolved;
  const rest = head.slice(from);
  const named = marks(rest, command.fields);
  const open = named.at(-1);
  if (!open) return { ...fieldItems(lastWord(rest), command, named, head), about: { command } };
  return valueItems(open.field, rest.slice(open.value).trimStart(), command, named, head);
}

const lastWord = (text) => /\S*$/.exec(text)[0];

function valueItems(field, typed, command, named, head) {
  const about = { command, field };
  const from = head.length - typed.length;
  const values = field.choices ?? (field.type === "boolean" ? ["yes", "no"] : undefined);
  const next = nextWord(field, values, typed);
  const fields = next === undefined ? { items: [], from, active: -1 } : fieldItems(next, command, named, head);
  if (field.completes) return { ...fields, ask: { path: command.path, field: field.name, typed, from }, about };
  if (!values || next !== undefined) return { ...fields, about: next === undefined ? about : { command } };
  const items = values.filter((value) => startsWith(value, typed)).map((value) => ({ text: `${value} `, label: value, detail: "" }));
  return { items, from, active: values.includes(typed) ? -1 : 0, about };
}

/** From how many letters on a word inside a free text is taken for the beginning of a field's name. */
const NAME_LETTERS = 2;

/** The word that may begin the next field's name, or undefined while this field's value is not over. */
function nextWord(field, values, typed) {
  const word = lastWord(typed);
  const value = typed.slice(0, typed.length - word.length);
  if (value.trim() === "") return undefined;
  if (values) return values.includes(value.trim()) ? word : undefined;
  if (field.type !== "string" || field.completes) return word;
  return word.length >= NAME_LETTERS ? word : undefined;
}

function commandItems(head, commands, resolved) {
  const typed = head.slice(1).toLowerCase();
  const ranked = commands
    .map((command) => ({ command, rank: command.path.startsWith(typed) ? 0 : command.path.includes(typed) ? 1 : 2 }))
    .filter(({ rank }) => rank < 2)
    .sort((a, b) => a.rank - b.rank);
  const items = ranked.map(({ command }) => ({
    text: `/${command.path}${command.fields.length > 0 ? " " : ""}`,
    label: `/${command.path}`,
    detail: command.summary,
    tag: command.organizer ? "organizer" : undefined,
  }));
  return { items, from: 0, active: resolved ? -1 : 0 };
}

function fieldItems(word, { fields }, named, head) {
  const items = fields
    .filter((field) => !named.some((mark) => mark.field === field) && startsWith(field.name, word))
    .map(({ name, description, required }) => ({
      text: `${name}:`,
      label: `${name}:`,
      detail: description,
      tag: required ? "needed" : undefined,
    }));
  return { items, from: head.length - word.length, active: -1 };
}
