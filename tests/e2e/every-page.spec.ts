import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { incidentClientOf } from "../../src/cli/incident/incident-client.ts";
import { seedIncident } from "../../src/cli/incident/seed-incident.ts";
import { queueTabs } from "../../src/console/queue/queue-state.ts";
import { places } from "../../src/console/shell/places.ts";
import { openConsole } from "./open-console.ts";
import {
  fitsItsWidth,
  headsFit,
  isAccessibleInBoth,
  nothingIsReadInSight,
  readToItsEnd,
} from "./page-checks.ts";
import { ask, type Product } from "./product.ts";
import { reachedByTab, tabStops } from "./reached-by-tab.ts";
import { joinAs } from "./signed-in.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
  const client = incidentClientOf(product);
  await seedIncident(client, { failures: 9, healthy: 3, poison: 1, held: 2 }, () => undefined);
});
test.afterAll(() => close());

/** What lies below the places, or is another side of one. */
const others: Readonly<Record<string, () => string | Promise<string>>> = {
  "a failure": () => firstOf("failures"),
  "a file that failed": () => firstOf("files", "?status=failed"),
  ...Object.fromEntries(
    ["attempts", "costs", "pages", "chunks", "messages", "history"].map((tab) => [
      `a file's ${tab}`,
      async () => `${await firstOf("files", "?status=succeeded")}?tab=${tab}`,
    ]),
  ),
  ...Object.fromEntries(queueTabs.map((tab) => [`the queue's ${tab}`, () => `/queue?tab=${tab}`])),
  "hits of a search": () => "/search?q=notice",
  costs: () => "/budgets/costs",
  ledger: () => "/budgets/ledger",
  prices: () => "/budgets/prices",
  truth: () => "/budgets/truth",
  people: () => "/settings/people",
  keys: () => "/settings/keys",
  "the page of an error": () => "/errors/provider_unavailable",
  "what is not there": () => "/nowhere",
};

async function firstOf(list: string, query = ""): Promise<string> {
  const found = await ask(
    product,
    `/api/v1/${list}${query}`,
    z.object({ items: z.array(z.object({ id: z.string() })) }),
  );
  return `/${list}/${found.items[0]?.id}`;
}

/** Opens a page and waits until nothing in sight is being read; it stands still from then on. */
async function open(tab: Page, path: string): Promise<void> {
  await tab.goto(path);
  await tab.getByRole("heading", { level: 1 }).waitFor();
  await tab.waitForFunction(nothingIsReadInSight);
  await tab.keyboard.press("l");
}

for (const [name, pathOf] of [
  ...places.map(({ label, path }) => [label, () => path] as const),
  ...Object.entries(others),
]) {
  test(`${name}: axe finds no fault, it fits 360 px to 4K, and Tab reaches every control`, async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await open(page, await pathOf());
    await isAccessibleInBoth(page);
    for (const width of [360, 768, 1920, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      await fitsItsWidth(page);
      await headsFit(page);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await readToItsEnd(page);
    const stops = await tabStops(page);
    expect(await reachedByTab(page, stops)).toEqual(stops);
  });
}

for (const { label, goKey, path } of places) {
  test(`g and ${goKey} lead to ${label}`, async () => {
    await open(page, path === "/" ? "/files" : "/");
    await page.keyboard.press("g");
    await page.keyboard.press(goKey);
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(page.getByRole("heading", { name: label, level: 1 })).toBeVisible();
  });
}

test("an admin and a viewer see the same rows on every list", async ({ browser }) => {
  const other = await browser.newContext({ baseURL: product.url });
  await joinAs(product, other, "viewer");
  const viewer = await other.newPage();
  for (const path of ["/failures", "/files", "/stuck", "/audit", "/requeues", "/budgets"]) {
    const rows = async (tab: Page) => {
      await open(tab, path);
      return tab.locator("main [data-row-link]").allInnerTexts();
    };
    expect(await rows(viewer), path).toEqual(await rows(page));
  }
  await other.close();
});

test("a viewer moves and chooses by keys; the key that would change something says why it does not", async ({
  browser,
}) => {
  const other = await browser.newContext({ baseURL: product.url });
  await joinAs(product, other, "viewer");
  const viewer = await other.newPage();
  const sent: string[] = [];
  viewer.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
  });
  for (const [path, does] of [
    ["/failures", "Plan a requeue of the failure"],
    ["/files?status=failed", "Plan a requeue of the file, or"],
    [`${await firstOf("files", "?status=failed")}?tab=attempts`, "Requeue the file"],
  ] as const) {
    await open(viewer, path);
    const rows = viewer.locator("main [data-row-link]");
    for (const [key, at] of [
      ["j", 0],
      ["j", 1],
      ["k", 0],
    ] as const) {
      await viewer.keyboard.press(key);
      await expect(rows.nth(at)).toBeFocused();
    }
    await viewer.keyboard.press("x");
    await expect(viewer.getByText("1 file chosen.")).toHaveCount(path.startsWith("/files?") ? 1 : 0);
    await viewer.keyboard.press("r");
    const said = viewer.getByRole("alert").filter({ hasText: does });
    await expect(said).toContainText("Operators can do this; you are a viewer.");
    await expect(viewer.getByRole("dialog")).toHaveCount(0);
    await viewer.keyboard.press("Shift+?");
    const key = viewer.getByRole("region", { name: "On this page" }).locator("div", { hasText: does });
    await expect(key).toContainText("Operators can do this; you are a viewer.");
    await expect(viewer).toHaveURL((url) => url.pathname === new URL(path, product.url).pathname);
  }
  expect(sent).toEqual([]);
  await other.close();
});
