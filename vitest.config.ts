import { defineConfig } from "vitest/config";

/** What each npm script runs; see CONTRIBUTING, "Tests". */
const project = (name: string, include: string[]) => ({
  // Patience alone: no test is about how long it takes, and a busy machine is slow.
  test: { name, include, testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } },
});

export default defineConfig({
  test: {
    // By default one core is left to who watches; nobody does in a run to its end.
    maxWorkers: "100%",
    projects: [
      project("unit", ["test/{core,app,store,content,model,operations,pictures,rules}/**/*.test.ts", "test/*.test.ts"]),
      project("platforms", ["test/platforms/**/*.test.ts"]),
      project("browser", ["test/browser/**/*.test.ts"]),
      project("kill", ["test/kill/**/*.test.ts"]),
      project("chaos", ["test/chaos/**/*.test.ts"]),
    ],
  },
});
