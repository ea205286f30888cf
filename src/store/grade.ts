/** `npm run -s grade < in.jsonl > out.jsonl`: see README, "Grading outside the bot". */
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { vocabularySchema } from "../core/content.ts";
import { parseContent } from "./content_file.ts";
import { problemText } from "./content_problem.ts";
import { gradeLines } from "./grade_lines.ts";

const text = await readFile(new URL("../../content/vocabulary.yaml", import.meta.url), "utf8");
const { value: vocabulary, problems } = parseContent("content", "vocabulary.yaml", text, vocabularySchema, "vocabulary.json");
if (!vocabulary) throw new Error(problems.map(problemText).join("\n"));

async function* lines(): AsyncGenerator<string> {
  let rest = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

async function* out(): AsyncGenerator<string> {
  for await (const line of gradeLines(lines(), vocabulary ?? { terms: [] })) yield `${line}\n`;
}

await pipeline(Readable.from(out()), process.stdout).catch((error: NodeJS.ErrnoException) => {
  // Whoever reads may stop reading: `npm run -s grade < in.jsonl | head`.
  if (error.code !== "EPIPE") throw error;
});
