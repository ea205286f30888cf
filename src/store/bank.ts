/** Reads the question bank from its folder: everything that is wrong is told at once, with file and line. */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import {
  type Bank,
  type Case,
  type Curveball,
  caseSchema,
  curveballsSchema,
  type Framework,
  frameworkSchema,
  type Pattern,
  type Plan,
  patternSchema,
  planSchema,
  type Tradeoff,
  tradeoffSchema,
  type Vocabulary,
  vocabularySchema,
} from "../core/content.ts";
import { type ContentFile, parseContent } from "./content_file.ts";
import { caseLinks, curveballLinks, frameworkLinks, patternLinks, planLinks, tradeoffLinks, vocabularyLinks } from "./content_links.ts";
import { type Finding, type Problem, problemText } from "./content_problem.ts";

/** The bank as it stands on disk, with whatever could not be understood left out. */
export interface BankFiles {
  readonly framework: ContentFile<Framework>;
  readonly vocabulary: ContentFile<Vocabulary>;
  /** By slug, in alphabetical order. */
  readonly cases: ReadonlyMap<string, ContentFile<Case>>;
  readonly tradeoffs: ReadonlyMap<string, ContentFile<Tradeoff>>;
  readonly patterns: ReadonlyMap<string, ContentFile<Pattern>>;
  readonly plans: ReadonlyMap<string, ContentFile<Plan>>;
  readonly curveballs: ContentFile<{ curveballs: Curveball[] }>;
  /** By file, then by line. */
  readonly problems: readonly Problem[];
}

/** The start refuses a bank with a problem; the message has one line for each. */
export class BankError extends Error {
  override readonly name = "BankError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`The question bank cannot be used:\n${problems.map(problemText).join("\n")}`);
    this.problems = problems;
  }
}

/** Loads a bank that is sound throughout. Throws a `BankError` with every problem of every file. */
export async function loadBank(dir: URL | string): Promise<Bank> {
  const { framework, vocabulary, cases, tradeoffs, patterns, plans, curveballs, problems } = await readBank(dir);
  if (problems.length > 0 || !framework.value || !vocabulary.value || !curveballs.value) throw new BankError(problems);
  return {
    framework: framework.value,
    vocabulary: vocabulary.value,
    cases: valuesOf(cases),
    tradeoffs: valuesOf(tradeoffs),
    patterns: valuesOf(patterns),
    plans: valuesOf(plans),
    curveballs: curveballs.value.curveballs,
  };
}

/** Reads every file of the bank; a file that is missing or broken is a problem, not an exception. */
export async function readBank(dir: URL | string): Promise<BankFiles> {
  const root = typeof dir === "string" ? dir : fileURLToPath(dir);
  const folder = basename(root);
  const read = async <T>(name: string, schema: z.ZodType<T>, schemaName: string): Promise<ContentFile<T>> => {
    const text = await readFile(join(root, name), "utf8").catch(() => undefined);
    return text === undefined ? absent(`${folder}/${name}`) : parseContent(folder, name, text, schema, schemaName);
  };
  const readAll = async <T>(kind: string, schema: z.ZodType<T>, schemaName: string) => {
    const { slugs, problems } = await slugsIn(root, folder, kind);
    const files = await Promise.all(slugs.map(async (slug) => [slug, await read(`${kind}/${slug}.yaml`, schema, schemaName)] as const));
    return { files: new Map(files), problems };
  };

  const framework = await read("framework.yaml", frameworkSchema, "framework.json");
  const vocabulary = await read("vocabulary.yaml", vocabularySchema, "vocabulary.json");
  const curveballs = await read("curveballs.yaml", curveballsSchema, "curveballs.json");
  const tradeoffs = await readAll("tradeoffs", tradeoffSchema, "tradeoff.json");
  const cases = await readAll("cases", caseSchema, "case.json");
  const patterns = await readAll("patterns", patternSchema, "pattern.json");
  const plans = await readAll("plans", planSchema, "plan.json");
  const slugs = new Set(tradeoffs.files.keys());
  const known = new Set(cases.files.keys());
  const problems = [
    ...[cases, tradeoffs, patterns, plans].flatMap((kind) => kind.problems),
    ...findings(curveballs, curveballLinks),
    ...[...patterns.files.values()].flatMap((file) => findings(file, (item) => patternLinks(item, known))),
    ...[...plans.files.values()].flatMap((file) => findings(file, (item) => planLinks(item, known))),
    ...findings(framework, frameworkLinks),
    ...findings(vocabulary, vocabularyLinks),
    ...[...tradeoffs.files.values()].flatMap((file) => findings(file, tradeoffLinks)),
    ...[...cases.files.values()].flatMap((file) => findings(file, (item) => caseLinks(item, slugs))),
  ];
  return {
    framework,
    vocabulary,
    cases: cases.files,
    tradeoffs: tradeoffs.files,
    patterns: patterns.files,
    plans: plans.files,
    curveballs,
    problems: inOrder(problems),
  };
}

/** What a rule finds in a file, if the file could be read, behind what was wrong with the file itself. */
const findings = <T>(file: ContentFile<T>, rule: (value: T) => Finding[]): Problem[] => [
  ...file.problems,
  ...(file.value === undefined ? [] : rule(file.value).map(({ path, message }) => file.problem(path, message))),
];

/** By file, then by line. */
export const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));

/** What could be understood. */
export const valuesOf = <T>(files: ReadonlyMap<string, ContentFile<T>>): ReadonlyMap<string, T> =>
  new Map([...files].flatMap(([slug, { value }]) => (value === undefined ? [] : [[slug, value] as const])));

function absent<T>(file: string): ContentFile<T> {
  const problem = (): Problem => ({ file, line: 1, path: "", message: "cannot be read; add the file" });
  return { file, value: undefined, problems: [problem()], problem };
}

async function slugsIn(root: string, folder: string, kind: string): Promise<{ slugs: string[]; problems: Problem[] }> {
  const names = (await readdir(join(root, kind)).catch(() => [] as string[])).filter((name) => !name.startsWith(".")).sort();
  const odd = names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.yaml$/.test(name));
  return {
    slugs: names.filter((name) => !odd.includes(name)).map((name) => name.slice(0, -".yaml".length)),
    problems: odd.map((name) => ({
      file: `${folder}/${kind}/${name}`,
      line: 1,
      path: "",
      message: "a file here is named in lower case words joined by hyphens, and ends in .yaml; rename it",
    })),
  };
}
