/** Writes docs/mock-rules.md: `npm run docs:rules`. */
import { writeFile } from "node:fs/promises";
import { RULES_FILE, rulesPage } from "./mock_rules.ts";

await writeFile(RULES_FILE, rulesPage());
