/**
 * `npm run content:check [-- --json | --write]`: everything a machine can hold against the bank,
 * with file and line, and what is in it. Ends with 1 when something is wrong.
 */

import { problemText } from "./content_problem.ts";
import { checkContent, writeSchemas } from "./content_report.ts";

const content = new URL("../../content/", import.meta.url);
const flags = new Set(process.argv.slice(2));
const unknown = [...flags].filter((flag) => flag !== "--json" && flag !== "--write");

if (unknown.length > 0) {
  console.error(`content:check does not know ${unknown.join(" ")}; it takes --json (for machines) or --write (renews content/schema)`);
  process.exitCode = 2;
} else {
  if (flags.has("--write")) await writeSchemas(content);
  const { problems, counts } = await checkContent(content);
  if (flags.has("--json")) console.log(JSON.stringify({ problems, counts }, null, 2));
  else {
    for (const problem of problems) console.log(problemText(problem));
    const sums = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
    console.log(`${problems.length === 0 ? "content is sound" : `${problems.length} problems`}: ${sums.join(", ")}`);
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}
