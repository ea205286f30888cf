/** No container engine runs in the tests: what can be checked by reading is checked here. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = new URL("../../", import.meta.url);
const read = (file: string) => readFile(new URL(file, root), "utf8");
const manifest = JSON.parse(await read("package.json")) as { engines: { node: string }; scripts: { start: string } };

describe("Dockerfile", async () => {
  const lines = (await read("Dockerfile")).split("\n").filter((line) => /^[A-Z]/.test(line));
  const said = (word: string) => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  it("runs on the Node that the project asks for", () => {
    for (const image of said("FROM")) expect(image).toMatch(new RegExp(`^node:${manifest.engines.node.replace(">=", "")}-slim\\b`));
  });

  it("is not root when it runs what npm start runs", () => {
    expect(lines.indexOf("USER node")).toBeLessThan(lines.findIndex((line) => line.startsWith("CMD")));
    expect(JSON.parse(said("CMD")[0] ?? "[]").join(" ")).toBe(manifest.scripts.start);
  });

  it("copies everything the sources import, and only what exists", async () => {
    const copied = said("COPY")
      .filter((line) => !line.startsWith("--from"))
      .map((line) => line.split(" ")[0] ?? "");
    expect(copied).toEqual(expect.arrayContaining(["src", "commands", "migrations", "content"]));
    const kept = await read(".dockerignore");
    for (const path of copied) {
      expect(existsSync(fileURLToPath(new URL(path, root))), path).toBe(true);
      expect(kept).toContain(`!${path}`);
    }
  });

  it("has a health check that asks the running bot", () => expect(said("HEALTHCHECK")[0]).toContain("/readyz"));
});

describe("compose.yaml", async () => {
  const { services } = parse(await read("compose.yaml")) as {
    services: Record<string, { healthcheck?: unknown; image?: string; depends_on?: unknown; environment: Record<string, string> }>;
  };

  it("starts the bot when the database answers", () => {
    expect(services.database?.healthcheck).toBeDefined();
    expect(services.bot?.depends_on).toEqual({ database: { condition: "service_healthy" } });
    expect(services.bot?.environment.DATABASE_URL).toMatch(/@database:5432\/drillroom$/);
  });

  it("holds no password", async () => expect(await read("compose.yaml")).not.toMatch(/PASSWORD: (?!\$\{POSTGRES_PASSWORD:\?)/));
});
