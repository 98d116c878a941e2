import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    passWithNoTests: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: simulators and models start workers and threads of their own.
    maxWorkers: 2,
  },
});
