/**
 * Takes pictures of the console, to be looked at: every page in light and dark, from 360 to 1920 px, and each list
 * while it loads, fails and is empty.
 *
 *   node tests/e2e/screens/take-screens.ts <console URL> <API key> <folder> [name filter]
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright";
import { openBrowser } from "./open-browser.ts";
import { type Screen, screensOf } from "./screens.ts";

const [origin = "http://127.0.0.1:3000", key = "", folder = "test-results/screens", only = ""] =
  process.argv.slice(2);

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
try {
  const context = await browser.newContext({ baseURL: origin });
  const signIn = await context.request.post("/api/session", { data: { key }, headers: { origin } });
  if (!signIn.ok()) throw new TypeError(`Sign-in answered ${signIn.status()}`);
  for (const screen of screensOf(await newestFiles(context))) {
    if (screen.name.includes(only)) await take(context, screen);
  }
} finally {
  await browser.close();
}

/** Ids of files of several statuses, for the pages that show one. */
async function newestFiles(context: BrowserContext): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const status of ["succeeded", "failed", "running", "held"]) {
    const answer = await context.request.get(`/api/v1/files?status=${status}&limit=1`);
    const page: { items?: { id: string }[] } = await answer.json();
    const id = page.items?.[0]?.id;
    if (id !== undefined) found[status] = id;
  }
  return found;
}

async function take(context: BrowserContext, screen: Screen): Promise<void> {
  const page: Page = await context.newPage();
  await page.emulateMedia({ colorScheme: screen.dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: screen.width, height: screen.height ?? 900 });
  if (screen.answers === "fail") await page.route("**/api/v1/**", (route) => route.abort());
  if (screen.answers === "never") await page.route("**/api/v1/**", () => undefined);
  if (screen.answers === "empty") {
    await page.route(/\/api\/v1\/ledger\/totals/, (route) =>
      route.fulfill({ json: { entries: 0, nanoUsd: "0", capped: false, meters: [] } }),
    );
    await page.route(/\/api\/v1\/(files\?|search\?|budgets\?|ledger\?|prices)/, (route) =>
      route.fulfill({ json: { items: [], nextCursor: null } }),
    );
  }
  await page.goto(screen.path, { waitUntil: "load" });
  if (screen.answers !== "never")
    await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  await page.waitForTimeout(700);
  await screen.act?.(page);
  await page.screenshot({ path: join(folder, `${screen.name}.png`), fullPage: screen.whole ?? false });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  console.log(`${screen.name}${overflow > 0 ? `  OVERFLOWS by ${overflow} px` : ""}`);
  await page.close();
}
