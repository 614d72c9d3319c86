import { defineConfig } from "@playwright/test";
import serverless from "@sparticuz/chromium";

// On Linux the browser comes inside an npm package; elsewhere Playwright's own is used.
const launchOptions =
  process.platform === "linux"
    ? {
        executablePath: await serverless.executablePath(),
        args: serverless.args.filter((arg) => arg !== "--single-process"),
      }
    : {};

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/e2e/build-console.ts",
  testMatch: "*.spec.ts",
  fullyParallel: false,
  workers: 1,
  // A start of the whole product counts in it; on a machine that does much else that takes minutes.
  timeout: 480_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: { launchOptions, actionTimeout: 30_000, trace: { mode: "retain-on-failure", screenshots: false } },
});
