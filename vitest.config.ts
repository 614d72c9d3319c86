import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    exclude: ["tests/e2e/**", "node_modules/**"],
    globalSetup: ["tests/support/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    // What is polled for comes at once, but for a machine that is busy with something else.
    expect: { poll: { timeout: 8000 } },
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
  },
});
