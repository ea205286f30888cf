/**
 * A browser for tests that needs npm alone. The Chromium of @sparticuz/chromium is unpacked with
 * the shared libraries (NSS) and fonts that a bare container lacks; the package itself brings
 * those along on AWS only, so this does it by hand.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const ARCHIVES = ["chromium.br", "al2023.tar.br", "fonts.tar.br"];
const PACKAGE = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");

/** The system's fonts first, where there are any, for the signs that Open Sans lacks. */
const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

/** The npm package holds a binary for this platform only; elsewhere a Chrome that is installed serves. */
const BUNDLED = process.platform === "linux" && process.arch === "x64";

export async function launchChromium(): Promise<Browser> {
  if (!BUNDLED) return chromium.launch({ channel: "chrome" });
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // Chromium refuses to sandbox itself as root, which is what a container usually runs as.
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts"), HOME: folder },
  });
}

/**
 * Unpacks into a folder of its own and moves it into place in one step, so that two test files
 * that start at once never run a half-written binary. It stays for the next run, about 200 MB.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8")) as { version: string };
  const folder = join(tmpdir(), `drillroom-chromium-${version}-${process.getuid?.() ?? "any"}`);
  if (existsSync(folder)) return folder;
  const fresh = await mkdtemp(`${folder}-`);
  await unpackInto(fresh);
  await writeFile(join(fresh, "fonts", "fonts.conf"), fontsConf(folder));
  await rename(fresh, folder).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

/** `inflate` writes into os.tmpdir(), which reads TMPDIR at every call. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await Promise.all(ARCHIVES.map((name) => inflate(join(PACKAGE, "bin", name))));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
