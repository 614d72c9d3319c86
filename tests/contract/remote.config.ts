import { defineConfig } from "vitest/config";

/** How `npm run contract` runs a suite: against a service far away, one file after the other. */
export default defineConfig({
  test: {
    include: ["tests/contract/**/*.test.ts"],
    // Deliveries are forwarded to one port, and an account has its limits: nothing runs side by side.
    fileParallelism: false,
    pool: "forks",
    reporters: ["verbose"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 500 } },
  },
});
