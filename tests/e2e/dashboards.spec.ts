import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { fitsItsWidth, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

async function open(path: string, width = 1280): Promise<Page> {
  const page = await newPage({ viewport: { width, height: 900 } });
  await page.goto(path);
  return page;
}

const panel = (page: Page, name: string) => page.getByRole("article", { name, exact: true });

test("before anything was ingested, panels say that nothing was counted", async () => {
  const page = await open("/dashboards");
  await expect(panel(page, "Runs that ended").getByText("Nothing was counted in this time.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText([
    "Ingestion",
    "Failures",
    "Queue",
    "Costs",
    "Providers",
  ]);
  await page.context().close();
});

test("a file that was ingested is seen in the panels, without a reload", async () => {
  const page = await open("/dashboards?range=1h");
  const runs = panel(page, "Runs that ended");
  await expect(runs.getByText("Nothing was counted in this time.")).toBeVisible();
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob(["# Tides\n\nThe tide comes in, and goes."]), "tides.md");
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  const { fileId } = z.object({ fileId: z.string() }).parse(await answer.json());
  await expect
    .poll(async () => (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status)
    .toBe("succeeded");
  await expect(runs.getByRole("button", { name: "succeeded" })).toBeVisible();
  await runs.getByRole("button", { name: "Table of Runs that ended" }).click();
  const table = runs.getByRole("table");
  await expect(table.getByRole("cell", { name: "1", exact: true }).first()).toBeVisible();
  await isAccessibleInBoth(page);
  await page.context().close();
});

test("a series is shown alone when it is picked, and the address keeps it", async () => {
  const page = await open("/dashboards?range=1h");
  const costs = panel(page, "Cost by step");
  await costs.scrollIntoViewIfNeeded();
  await costs.getByRole("button", { name: "embed", exact: true }).click();
  await expect(page).toHaveURL(/pick=costs\/by-step\/embed/);
  await page.reload();
  await costs.scrollIntoViewIfNeeded();
  const embed = costs.getByRole("button", { name: "embed", exact: true });
  await expect(embed).toHaveAttribute("aria-pressed", "true");
  await costs.getByRole("button", { name: "Table of Cost by step" }).click();
  await expect(costs.getByRole("columnheader")).toHaveText(["Time", "embed"]);
  await costs.getByRole("button", { name: "embed", exact: true }).click();
  await expect(page).not.toHaveURL(/pick=/);
  await page.context().close();
});

test("a time that is drawn over a chart is shown by all panels, and back leads out of it", async () => {
  const page = await open("/dashboards?range=24h");
  const chart = panel(page, "Runs that ended").locator("svg.recharts-surface").first();
  const box = await chart.boundingBox();
  if (box === null) throw new Error("The chart has no place.");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, y, { steps: 6 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(page.getByRole("button", { name: "Zoom out" })).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
  // By the keyboard: a row of the table is a time too.
  const runs = panel(page, "Runs that ended");
  await runs.getByRole("button", { name: "Table of Runs that ended" }).click();
  await runs.getByRole("rowheader").first().getByRole("button").press("Enter");
  await expect(page).toHaveURL(/from=.*&to=/);
  await page.context().close();
});

test("what a failing API answers is said in the panel, and tried again on demand", async () => {
  const page = await open("/files");
  let failing = true;
  await page.route("**/api/v1/dashboards/*/panels/runs-ended**", (route) =>
    failing
      ? route.fulfill({
          status: 400,
          json: { error: { code: "malformed_request", message: "Too many buckets." } },
        })
      : route.continue(),
  );
  await page.goto("/dashboards?range=1h");
  const runs = panel(page, "Runs that ended");
  await expect(runs.getByRole("alert")).toContainText("Too many buckets.");
  failing = false;
  await runs.getByRole("button", { name: "Try again" }).click();
  await expect(runs.getByRole("button", { name: "succeeded" })).toBeVisible();
  await page.context().close();
});

test("a hidden tab asks for nothing", async () => {
  const page = await open("/dashboards?range=1h");
  await expect(panel(page, "Runs that ended").getByRole("button", { name: "succeeded" })).toBeVisible();
  await page.clock.install();
  await page.reload();
  await expect(panel(page, "Runs that ended").getByRole("button", { name: "succeeded" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/panels/")) asked += 1;
  });
  await setHidden(page, true);
  await page.clock.runFor(60_000);
  expect(asked).toBe(0);
  await setHidden(page, false);
  await page.clock.runFor(16_000);
  await expect.poll(() => asked).toBeGreaterThan(0);
  await page.context().close();
});

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (isHidden ? "hidden" : "visible"),
    });
    window.dispatchEvent(new Event("visibilitychange"));
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

test("nothing is wider than a narrow screen", async () => {
  for (const path of [
    "/dashboards?range=1h",
    "/dashboards?from=2026-03-01T12:00:00Z&to=2026-03-02T12:00:00Z",
  ]) {
    const page = await open(path, 360);
    await panel(page, "Runs that ended").waitFor();
    await page.waitForLoadState("networkidle");
    await fitsItsWidth(page);
    await isAccessibleInBoth(page);
    await page.context().close();
  }
});
