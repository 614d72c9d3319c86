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
  testMatch: "*.spec.ts",
  fullyParallel: false,
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: { launchOptions, trace: "retain-on-failure" },
});
