import { defineConfig } from "vitest/config";

/** What each npm script runs; see CONTRIBUTING, "Tests". */
const project = (name: string, include: string[], timeout = 20_000) => ({
  test: { name, include, testTimeout: timeout, hookTimeout: 60_000, expect: { poll: { timeout: 10_000 } } },
});

export default defineConfig({
  test: {
    // By default one core is left to who watches; nobody does in a run to its end.
    maxWorkers: "100%",
    projects: [
      project("unit", ["test/{core,app,store,content,model,operations,pictures,rules}/**/*.test.ts", "test/*.test.ts"]),
      project("platforms", ["test/platforms/**/*.test.ts"]),
      project("browser", ["test/browser/**/*.test.ts"], 120_000),
      project("kill", ["test/kill/**/*.test.ts"]),
      project("chaos", ["test/chaos/**/*.test.ts"]),
    ],
  },
});
