/**
 * Takes pictures of the console, to be looked at: every page in light and dark, from 360 to 1920 px, and each list
 * while it loads, fails and is empty.
 *
 *   node tests/e2e/screens/take-screens.ts <console URL> <API key> <folder> [name filter]
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright";
import { z } from "zod";
import { openBrowser } from "./open-browser.ts";
import { type Screen, screensOf } from "./screens.ts";
import type { TriageIds } from "./triage-screens.ts";

const idSchema = z.object({ id: z.string() });

const [origin = "http://127.0.0.1:3000", key = "", folder = "test-results/screens", only = ""] =
  process.argv.slice(2);

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
try {
  const context = await browser.newContext({ baseURL: origin });
  await joinAs(context);
  for (const screen of screensOf(await newestFiles(context), await triageIds(context))) {
    if (screen.name.includes(only)) await take(context, screen);
  }
} finally {
  await browser.close();
}

/** Signs the browser in as an admin whom the key invites: a key alone has no page of its own. */
async function joinAs(context: BrowserContext): Promise<void> {
  const invited = await fetch(`${origin}/api/v1/invitations`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ role: "admin" }),
  });
  const { url, id } = idSchema.extend({ url: z.url() }).parse(await invited.json());
  const token = url.split("/").at(-1);
  const data = { token, name: "Grace", email: `${id}@waybill.example`, password: "correct horse battery" };
  const joined = await context.request.post("/api/session/join", { data, headers: { origin } });
  if (!joined.ok()) throw new TypeError(`Joining answered ${joined.status()}`);
}

/** Ids of files of several statuses, for the pages that show one. */
async function newestFiles(context: BrowserContext): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const status of ["succeeded", "failed", "running", "held"]) {
    const id = await firstId(context, `/api/v1/files?status=${status}&limit=1`);
    if (id !== undefined) found[status] = id;
  }
  return found;
}

/** What the pages of failures, plans and requeues show. A plan of what stands failed is made for it: it does nothing. */
async function triageIds(context: BrowserContext): Promise<TriageIds> {
  const failure = await firstId(context, "/api/v1/failures?sort=files&limit=1");
  const requeue = await firstId(context, "/api/v1/requeues?limit=1");
  const selection = { kind: "filter", filter: { status: ["failed"] } };
  const made = await context.request.post("/api/v1/plans", { data: { selection }, headers: { origin } });
  const plan = idSchema.safeParse(await made.json()).data?.id;
  return { failure, requeue, plan };
}

async function firstId(context: BrowserContext, path: string): Promise<string | undefined> {
  const answer = await context.request.get(path);
  return z.object({ items: z.array(idSchema) }).parse(await answer.json()).items[0]?.id;
}

/** What is not near to being seen may never be read. */
function nothingIsReadInSight(): boolean {
  const waiting = [...document.querySelectorAll(".mantine-Skeleton-root")];
  return waiting.every((one) => one.getBoundingClientRect().top > window.innerHeight);
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
    await page.route(/\/api\/v1\/queue\/(steps|flow-control|queues|schedules|dead-letters|log)/, (route) =>
      route.fulfill({ json: { items: [], nextCursor: null, readAt: "2026-03-01T12:00:00.000Z" } }),
    );
    await page.route(
      /\/api\/v1\/(files|search|budgets|ledger|failures|stuck|requeues|reconciliations|dead-letters|audit)\?|\/api\/v1\/prices/,
      (route) => route.fulfill({ json: { items: [], nextCursor: null } }),
    );
  }
  await page.goto(screen.path, { waitUntil: "load" });
  if (screen.answers !== "never") await page.waitForFunction(nothingIsReadInSight);
  await page.waitForTimeout(700);
  await screen.act?.(page);
  await page.screenshot({ path: join(folder, `${screen.name}.png`), fullPage: screen.whole ?? false });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  console.log(`${screen.name}${overflow > 0 ? `  OVERFLOWS by ${overflow} px` : ""}`);
  await page.close();
}
