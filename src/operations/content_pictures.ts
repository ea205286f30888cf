/**
 * `npm run content:pictures [-- FOLDER]`: draws every diagram of the bank in both themes, and one
 * contact sheet per case and theme as a phone shows it. Says what the lint finds; ends with 1 then.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PictureTheme } from "../app/pictures.ts";
import type { Case } from "../core/content.ts";
import { contactSheet } from "../pictures/contact_sheet.ts";
import { loadFonts } from "../pictures/fonts.ts";
import { lintDrawing } from "../pictures/lint.ts";
import { renderPicture } from "../pictures/render.ts";
import { loadBank } from "../store/bank.ts";

const COLUMNS = 3;
const root = new URL("../../", import.meta.url);
const folder = process.argv[2] ?? fileURLToPath(new URL("screenshots/pictures", root));

async function drawCase(slug: string, { title, diagrams }: Case): Promise<string[]> {
  const problems = diagrams.flatMap((diagram) => lintDrawing(diagram).map((problem) => `${slug}/${diagram.id}: ${problem}`));
  for (const [theme, background] of [
    ["light", "#D8DEE8"],
    ["dark", "#0B0D11"],
  ] as const satisfies (readonly [PictureTheme, string])[]) {
    const pngs: Uint8Array[] = [];
    for (const diagram of diagrams) {
      const png = renderPicture({ kind: "diagram", title: diagram.title, architecture: diagram }, theme);
      await writeFile(join(folder, `${slug}.${diagram.id}.${theme}.png`), png);
      pngs.push(png);
    }
    await writeFile(join(folder, `${slug}.sheet.${theme}.png`), await contactSheet(pngs, COLUMNS, background));
  }
  console.log(`${title}: ${diagrams.length} diagrams`);
  return problems;
}

loadFonts();
await mkdir(folder, { recursive: true });
const bank = await loadBank(new URL("content/", root));
const problems: string[] = [];
for (const [slug, item] of bank.cases) problems.push(...(await drawCase(slug, item)));
for (const problem of problems) console.log(problem);
console.log(`${problems.length === 0 ? "every picture is sound" : `${problems.length} problems`}: ${folder}`);
process.exitCode = problems.length > 0 ? 1 : 0;
