/** One YAML file of the bank: parsed, held against its schema, and able to say where a path stands. */
import { posix } from "node:path";
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { issueFindings } from "./content_issue.ts";
import { type Path, type Problem, pathText } from "./content_problem.ts";

/** A file may repeat a few nodes by alias; a bomb of nested aliases is refused before it expands. */
const MAX_ALIASES = 20;

const FIRST_LINE = /^# yaml-language-server: \$schema=(\S+)\s*$/;

export interface ContentFile<T> {
  readonly file: string;
  /** Undefined when the file does not fit its schema. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** Says what is wrong at a path of this file; the line is that of the deepest part that is there. */
  problem(path: Path, message: string): Problem;
}

/**
 * Parses one file. Never throws: whatever is wrong with the text is among `problems`, all at once.
 * `name` is the file's path inside the content folder, `schemaName` the JSON Schema it must name.
 */
export function parseContent<T>(folder: string, name: string, text: string, schema: z.ZodType<T>, schemaName: string): ContentFile<T> {
  const file = posix.join(folder, name);
  const lines = new LineCounter();
  const at = (line: number, message: string): Problem => ({ file, line, path: "", message });
  const problems = schemaLine(name, text, schemaName).map((message) => at(1, message));
  const failed = (more: readonly Problem[]): ContentFile<T> => ({
    file,
    value: undefined,
    problems: [...problems, ...more],
    problem: (path, message) => ({ ...at(1, message), path: pathText(path) }),
  });

  let document: Document.Parsed;
  let raw: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, stringKeys: true, prettyErrors: false });
    const errors = document.errors.map((error) => at(lines.linePos(error.pos[0]).line, `YAML: ${error.message}`));
    if (errors.length > 0) return failed(errors);
    raw = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return failed([at(1, `YAML: ${error instanceof Error ? error.message : String(error)}`)]);
  }

  const problem = (path: Path, message: string): Problem => ({
    file,
    line: lines.linePos(offsetOf(document, path)).line,
    path: pathText(path),
    message,
  });
  const parsed = schema.safeParse(raw);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => issueFindings(issue, raw));
  return {
    file,
    value: parsed.data,
    problems: [...problems, ...shape.map(({ path, message }) => problem(path, message))],
    problem,
  };
}

function schemaLine(name: string, text: string, schemaName: string): string[] {
  const named = FIRST_LINE.exec(text.split("\n", 1)[0] ?? "")?.[1];
  const wanted = posix.relative(posix.dirname(name), posix.join("schema", schemaName));
  const right = named !== undefined && posix.join(posix.dirname(name), named) === posix.join("schema", schemaName);
  return right ? [] : [`the first line must be "# yaml-language-server: $schema=${wanted}", so that editors check while you type`];
}

/** Where the path begins in the text: at its key, if it is a key; at the nearest parent when it is not there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const child = childOf(isAlias(node) ? node.resolve(document) : node, part);
    if (child === undefined) break;
    offset = child.offset;
    node = child.node;
  }
  return offset;
}

function childOf(parent: Node | null | undefined, part: string | number): { offset: number; node: Node | undefined } | undefined {
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === part);
    return isNode(pair?.key) ? { offset: pair.key.range?.[0] ?? 0, node: isNode(pair.value) ? pair.value : undefined } : undefined;
  }
  const item = isSeq(parent) ? parent.items[Number(part)] : undefined;
  return isNode(item) ? { offset: item.range?.[0] ?? 0, node: item } : undefined;
}
