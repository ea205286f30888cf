/** The command line: "/mock start case:ads" and "/daily answer in plain words". Pure; touches no page. */

export const startsWith = (text, beginning) => text.toLowerCase().startsWith(beginning.toLowerCase());

/** The command that a line begins with, and where its input starts. Undefined when it names none. */
export function resolve(line, commands) {
  const text = line.slice(1);
  const exact = commands.filter(({ path }) => startsWith(`${text} `, `${path} `)).sort((a, b) => b.path.length - a.path.length)[0];
  if (exact) return { command: exact, from: Math.min(line.length, exact.path.length + 2) };
  const family = text.trim();
  const first = family && !family.includes(" ") && commands.find(({ path }) => startsWith(path, `${family} `));
  return first ? { command: first, from: line.length } : undefined;
}

/** Where each `name:` of a command begins in its input; a name counts once, later ones are text. */
export function marks(rest, fields) {
  const found = [];
  for (const match of rest.matchAll(/(?<=^|\s)(\w+):/g)) {
    const field = fields.find(({ name }) => name === match[1]);
    if (field && !found.some((mark) => mark.field === field)) found.push({ field, at: match.index, value: match.index + match[0].length });
  }
  return found;
}

const unquoted = (value) => (/^"[^"]*"$/.test(value) ? value.slice(1, -1) : value);

/** Which field takes words without a name: the one it must be, or the one whose choice they are. */
function plainField(words, fields, set) {
  const free = fields.filter(({ name }) => !(name in set));
  const choice = free.filter(({ choices }) => choices?.includes(words.toLowerCase()));
  if (choice.length === 1) return choice[0];
  const required = free.filter((field) => field.required);
  if (required.length === 1) return required[0];
  return fields.length === 1 ? free[0] : undefined;
}

/** What a line means: plain words, a command with its input, or a problem to tell the person. */
export function parseLine(line, commands) {
  if (!line.startsWith("/")) return { kind: "words" };
  const resolved = resolve(line.trimEnd(), commands);
  if (!resolved)
    return { kind: "problem", text: `There is no ${line.trim().split(" ").slice(0, 2).join(" ")}. Type / to see what there is.` };
  const { command, from } = resolved;
  const rest = line.slice(from);
  const named = marks(rest, command.fields);
  const input = {};
  named.forEach(({ field, value }, at) => {
    const text = unquoted(rest.slice(value, named[at + 1]?.at).trim());
    if (text !== "") input[field.name] = text;
  });
  const words = rest.slice(0, named[0]?.at).trim();
  if (words !== "") {
    const field = plainField(words, command.fields, input);
    if (!field) return { kind: "problem", text: unplaced(words, command) };
    input[field.name] = field.choices?.includes(words.toLowerCase()) ? words.toLowerCase() : unquoted(words);
  }
  return { kind: "command", command, input };
}

function unplaced(words, { path, fields }) {
  if (fields.length === 0) return `/${path} takes nothing more: leave out “${words}”.`;
  return `/${path} does not know what “${words}” is for. It takes ${fields.map(({ name }) => `${name}:`).join(" ")}`;
}
