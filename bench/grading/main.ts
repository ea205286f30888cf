/**
 * `npm run bench:grading -- --data FOLDER`: the figures of the grader's targets. FOLDER holds
 * SemEval-2013 Task 7 as JSON lines (seb_train, seb_ua, beetle_train, beetle_ua); without it the
 * exams are skipped and the sets of test/grading are measured alone.
 */
import { parseArgs } from "node:util";
import { examLines } from "./exams.ts";

const { values } = parseArgs({ options: { data: { type: "string" } } });

console.log("Exams (SemEval-2013 Task 7, two classes: correct against the rest; weights learned on SciEntsBank's train split)");
console.log(values.data === undefined ? "skipped: no --data FOLDER" : examLines(values.data).join("\n"));
