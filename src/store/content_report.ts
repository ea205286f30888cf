/** Holds the whole bank against every rule and counts what is in it. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { type Case, STEPS, type Tradeoff } from "../core/content.ts";
import { type BankFiles, inOrder, readBank, valuesOf } from "./bank.ts";
import { casePassages, duplicateFindings, type Passage, patternPassages, tradeoffPassages } from "./content_duplicates.ts";
import { exampleFindings } from "./content_examples.ts";
import type { ContentFile } from "./content_file.ts";
import { mouldFindings } from "./content_mould.ts";
import type { Finding, Problem } from "./content_problem.ts";
import { caseRules } from "./content_rules.ts";
import { editorSchemas } from "./content_schema.ts";

export interface ContentReport {
  readonly problems: readonly Problem[];
  /** How many there are of each kind of thing, by its plural. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Checks the bank in a folder. What cannot be read is reported and passed over by the other rules. */
export async function checkContent(dir: URL): Promise<ContentReport> {
  const files = await readBank(dir);
  const apply = <T>(file: ContentFile<T>, rule: (value: T) => Finding[]): Problem[] =>
    file.value === undefined ? [] : rule(file.value).map(({ path, message }) => file.problem(path, message));
  // Without a vocabulary the examples are graded as they stand, so that one broken file hides no other's faults.
  const vocabulary = files.vocabulary.value ?? { terms: [] };
  const problems = [
    ...files.problems,
    ...[...files.cases.values()].flatMap((file) => apply(file, (item) => [...caseRules(item), ...exampleFindings(item, vocabulary)])),
    ...mouldFindings(valuesOf(files.cases)).flatMap(
      ({ slug, finding }) => files.cases.get(slug)?.problem(finding.path, finding.message) ?? [],
    ),
    ...duplicateFindings(passagesOf(files)).flatMap(
      ({ file, finding }) => named(files).get(file)?.problem(finding.path, finding.message) ?? [],
    ),
    ...(await staleSchemas(dir)),
  ];
  return { problems: inOrder(problems), counts: countsOf(files) };
}

/** Every text of the bank that must say something of its own. */
const passagesOf = ({ cases, tradeoffs, patterns }: BankFiles): Passage[] => [
  ...[...cases.values()].flatMap(({ file, value }) => (value ? casePassages(file, value) : [])),
  ...[...tradeoffs.values()].flatMap(({ file, value }) => (value ? tradeoffPassages(file, value) : [])),
  ...[...patterns.values()].flatMap(({ file, value }) => (value ? patternPassages(file, value) : [])),
];

const named = ({ cases, tradeoffs, patterns }: BankFiles): ReadonlyMap<string, Pick<ContentFile<unknown>, "problem">> =>
  new Map([...cases.values(), ...tradeoffs.values(), ...patterns.values()].map((one) => [one.file, one]));

/** Writes content/schema anew. */
export async function writeSchemas(dir: URL): Promise<void> {
  await mkdir(new URL("schema/", dir), { recursive: true });
  for (const [name, schema] of editorSchemas()) await writeFile(new URL(`schema/${name}`, dir), `${JSON.stringify(schema, null, 2)}\n`);
}

async function staleSchemas(dir: URL): Promise<Problem[]> {
  const checked = [...editorSchemas()].map(async ([name, schema]): Promise<Problem[]> => {
    const text = await readFile(new URL(`schema/${name}`, dir), "utf8").catch(() => "null");
    const message = "is not what src/core/content.ts says; run npm run content:check -- --write";
    return isDeepStrictEqual(parsed(text), schema) ? [] : [{ file: `content/schema/${name}`, line: 1, path: "", message }];
  });
  return (await Promise.all(checked)).flat();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function countsOf(files: BankFiles): Record<string, number> {
  const cases = [...files.cases.values()].flatMap(({ value }) => value ?? []);
  const tradeoffs = [...files.tradeoffs.values()].flatMap(({ value }) => value ?? []);
  const steps = cases.flatMap((item) => STEPS.map((step) => item.steps[step]));
  const points = steps.flatMap(({ rubric }) => rubric);
  const sum = <T>(items: readonly T[], size: (item: T) => number): number => items.reduce((total, item) => total + size(item), 0);
  return {
    cases: cases.length,
    "trade-offs": tradeoffs.length,
    patterns: [...files.patterns.values()].filter(({ value }) => value).length,
    plans: [...files.plans.values()].filter(({ value }) => value).length,
    "general curveballs": files.curveballs.value?.curveballs.length ?? 0,
    terms: files.vocabulary.value?.terms.length ?? 0,
    steps: steps.length,
    "rubric points": points.length,
    "good examples": sum(points, ({ good }) => good.length),
    "bad examples": sum(points, ({ bad }) => bad.length),
    probes: sum(steps, ({ probes }) => probes.length),
    diagrams: sum(cases, (item: Case) => item.diagrams.length),
    estimates: sum(cases, (item) => item.estimates.length),
    "named questions": sum(cases, (item) => item.named.length),
    curveballs: sum(cases, (item) => item.curveballs.length),
    claims: sum(cases, (item) => item.claims.length),
    sources: sum(cases, (item) => item.sources.length) + sum(tradeoffs, (item) => item.sources.length),
    scenarios: sum(tradeoffs, (item: Tradeoff) => item.scenarios.length),
  };
}
