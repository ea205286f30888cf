/** Plants violations of the dependency rules in a copy of the configuration and sees each refused. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

const refused: readonly (readonly [file: string, code: string, rule: string])[] = [
  ["src/core/planted.ts", 'import { sql } from "kysely";\nexport default sql;', "noRestrictedImports"],
  ["src/core/planted_store.ts", 'import { openStore } from "../store/index.ts";\nexport default openStore;', "noRestrictedImports"],
  ["src/core/planted_app.ts", 'import { play } from "../app/rounds.ts";\nexport default play;', "noRestrictedImports"],
  ["src/core/planted_node.ts", 'import { readFile } from "node:fs";\nexport default readFile;', "noRestrictedImports"],
  ["src/core/planted_clock.ts", "export const now = () => Date.now();", "noRestrictedGlobals"],
  ["src/core/planted_timer.ts", "export const wait = () => setTimeout(() => {}, 1);", "noRestrictedGlobals"],
  ["commands/planted.ts", 'import { openStore } from "../src/store/index.ts";\nexport default openStore;', "noRestrictedImports"],
  ["commands/planted_platform.ts", 'import { Client } from "discord.js";\nexport default Client;', "noRestrictedImports"],
  ["src/app/planted.ts", 'import pg from "pg";\nexport default pg;', "noRestrictedImports"],
  [
    "src/app/planted_platform.ts",
    'import { createWeb } from "../platforms/web/index.ts";\nexport default createWeb;',
    "noRestrictedImports",
  ],
  ["src/store/planted.ts", 'import { createWeb } from "../platforms/web/index.ts";\nexport default createWeb;', "noRestrictedImports"],
  [
    "src/platforms/discord/planted.ts",
    'import { createSlack } from "../slack/index.ts";\nexport default createSlack;',
    "noRestrictedImports",
  ],
  [
    "src/platforms/discord/planted_store.ts",
    'import { openStore } from "../../store/index.ts";\nexport default openStore;',
    "noRestrictedImports",
  ],
  ["src/model/planted.ts", 'import { openStore } from "../store/index.ts";\nexport default openStore;', "noRestrictedImports"],
  ["src/platforms/slack/planted.ts", 'import { Client } from "discord.js";\nexport default Client;', "noRestrictedImports"],
  ["src/platforms/web/planted.ts", 'import { App } from "@slack/bolt";\nexport default App;', "noRestrictedImports"],
  ["src/pictures/planted.ts", 'import { loadBank } from "../store/bank.ts";\nexport default loadBank;', "noRestrictedImports"],
  ["src/pictures/planted_app.ts", 'import { play } from "../app/rounds.ts";\nexport default play;', "noRestrictedImports"],
  ["src/core/planted_canvas.ts", 'import { createCanvas } from "@napi-rs/canvas";\nexport default createCanvas;', "noRestrictedImports"],
  ["migrations/planted.ts", 'import { openStore } from "../src/store/index.ts";\nexport default openStore;', "noRestrictedImports"],
  ["src/cycle_a.ts", 'import { b } from "./cycle_b.ts";\nexport const a = () => b;', "noImportCycles"],
];

const allowed: readonly (readonly [file: string, code: string])[] = [
  ["src/core/fine.ts", 'import { z } from "zod";\nexport default z;'],
  ["commands/fine.ts", 'import { play } from "../src/app/rounds.ts";\nexport default play;'],
  ["src/platforms/discord/fine.ts", 'import { Client } from "discord.js";\nexport default Client;'],
  ["src/pictures/fine.ts", 'import { createCanvas } from "@napi-rs/canvas";\nexport default createCanvas;'],
  ["src/store/fine.ts", 'import { sql } from "kysely";\nexport default sql;'],
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

describe("dependency rules", () => {
  let dir: string;
  let found: readonly Diagnostic[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "drillroom-rules-"));
    await cp(join(root, "biome.json"), join(dir, "biome.json"));
    const files = [...refused, ...allowed, ["src/cycle_b.ts", 'import { a } from "./cycle_a.ts";\nexport const b = () => a;']] as const;
    for (const [file, code] of files) {
      await mkdir(join(dir, dirname(file)), { recursive: true });
      await writeFile(join(dir, file), `${code}\n`);
    }
    const biome = join(root, "node_modules/.bin/biome");
    const report = await run(biome, ["lint", "--vcs-enabled=false", "--max-diagnostics=200", "--reporter=json", "."], { cwd: dir }).catch(
      (error: { stdout: string }) => error,
    );
    found = (JSON.parse(report.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const rulesOf = (file: string) => found.filter((one) => one.location.path.endsWith(file)).map((one) => one.category.split("/").pop());

  it.each(refused)("refuses %s", (file, _code, rule) => expect(rulesOf(file)).toContain(rule));
  it.each(allowed)("allows %s", (file) => expect(rulesOf(file)).toEqual([]));

  it("keeps chance out of the core, which no lint rule sees", async () => {
    const core = join(root, "src/core");
    for (const file of await readdir(core)) expect(await readFile(join(core, file), "utf8"), file).not.toMatch(/Math\.random|new Date\b/);
  });
});
