import { expect, type Locator, type Page, test } from "@playwright/test";
import { z } from "zod";
import { ledgerTotalsSchema } from "../../src/costs/ledger/ledger-view.ts";
import { costSummarySchema } from "../../src/costs/reports/cost-views.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

const files = listOf(z.object({ name: z.string(), status: z.string() }));

async function upload(name: string): Promise<void> {
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob([`# ${name}\n\nHigh water is at four.\n`], { type: "text/markdown" }), name);
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  expect(answer.status).toBe(202);
}

async function becomes(name: string, status: string): Promise<void> {
  const statusOf = async () => {
    const { items } = await ask(product, "/api/v1/files", files);
    return items.find((file) => file.name === name)?.status;
  };
  await expect.poll(statusOf, { timeout: 120_000 }).toBe(status);
}

async function open(page: Page, path: string, heading = "Budgets"): Promise<void> {
  await page.goto(product.url + path);
  await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
}

async function choose(dialog: Locator, page: Page, field: string, option: string): Promise<void> {
  await dialog.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("a budget that is made holds what it has no room for, and what it held goes on when it is raised", async () => {
  const page = await newPage();
  await open(page, "/files", "Files");
  // What was read by the browser itself shows that it listens to keys.
  await expect(page.getByRole("heading", { name: "No files yet" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page.getByRole("heading", { name: "No budgets yet" })).toBeVisible();

  await page.getByRole("button", { name: "New budget" }).click();
  const dialog = page.getByRole("dialog");
  await choose(dialog, page, "Of", "A project");
  await choose(dialog, page, "Project", "default");
  await dialog.getByLabel("Limit", { exact: true }).fill("0.000001");
  await expect(dialog.getByText(/\$0\.000001 as the monthly budget of project default/)).toBeVisible();
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByRole("button", { name: "Make it" }).click();
  const detail = page.getByRole("region", { name: "monthly budget of project default" });
  await expect(detail.getByText("Nothing waits for this budget.")).toBeVisible();

  await upload("tide-table.md");
  await becomes("tide-table.md", "held");
  await expect(page.getByText(/1 step is held by the monthly budget of project default/)).toBeVisible();
  const held = detail.getByRole("region", { name: "Held steps" });
  await expect(held.getByRole("link", { name: "tide-table.md" })).toHaveAttribute("href", /^\/files\/file_/);
  await isAccessibleInBoth(page);

  await detail.getByRole("button", { name: "Raise the limit" }).click();
  await expect(page).toHaveURL(/do=raise/);
  await dialog.getByLabel(/New limit/).fill("2");
  await expect(dialog.getByText("1 step of 1 file")).toBeVisible();
  await dialog.getByRole("button", { name: "Raise", exact: true }).click();
  await expect(detail.getByText("Nothing waits for this budget.")).toBeVisible();
  await becomes("tide-table.md", "succeeded");
  await page.context().close();
});

test("held steps are let go on above the limit, with the reason that this asks for", async () => {
  const page = await newPage();
  await open(page, "/budgets");
  await page.getByRole("button", { name: /monthly budget of project default/ }).click();
  await expect(page).toHaveURL(/budget=budget_/);
  const detail = page.getByRole("region", { name: "monthly budget of project default" });
  await detail.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Limit", { exact: true }).fill("0.0000001");
  await expect(dialog.getByText(/nothing more is begun until there is room/)).toBeVisible();
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toHaveCount(0);

  await upload("moon-table.md");
  await becomes("moon-table.md", "held");
  await detail.getByRole("button", { name: "Release" }).click();
  const release = dialog.getByRole("button", { name: "Release" });
  await dialog.getByRole("radio", { name: "Above the limit" }).check();
  await expect(release).toBeDisabled();
  await dialog.getByLabel("Why").fill("The harbour waits for it");
  await isAccessibleInBoth(page, "[role=dialog]");
  await release.click();
  await expect(page.getByText(/1 step goes on/)).toBeVisible();

  await detail.getByRole("button", { name: "Remove" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No budgets yet" })).toBeVisible();
  await becomes("moon-table.md", "succeeded");
  await page.context().close();
});

test("costs are narrowed by a click and by a span that is drawn, and both stand in the address", async () => {
  const page = await newPage();
  await open(page, "/budgets/costs?range=24h");
  const chart = page.getByRole("region", { name: "Costs over time" });
  const table = chart.getByRole("table", { name: "What each step came to, dearest first" });
  await table.getByRole("button", { name: "embed" }).click();
  await expect(page).toHaveURL(/step=embed/);
  await expect(page.getByRole("button", { name: "Without: step embed" })).toBeVisible();
  await isAccessibleInBoth(page);

  await chart.getByRole("button", { name: "By meter" }).click();
  await expect(page).toHaveURL(/by=meter/);
  const meters = chart.getByRole("table", { name: "What each meter came to, dearest first" });
  await expect(meters.getByRole("button", { name: "embedding.tokens" })).toBeVisible();
  await page.getByRole("button", { name: "Without: step embed" }).click();
  await expect(page).not.toHaveURL(/step=/);

  const plot = chart.locator("[data-brush=true] svg").first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("The chart is not drawn.");
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.85, box.y + box.height / 2, { steps: 5 });
  await page.mouse.move(box.x + box.width - 16, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*to=/);
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
  await page.context().close();
});

test("a figure opens the entries that it is made of", async () => {
  const page = await newPage();
  await open(page, "/budgets/costs");
  const spent = page
    .locator("dl > div")
    .filter({ hasText: /^Spent/ })
    .getByRole("link");
  const href = z.string().parse(await spent.getAttribute("href"));
  const query = new URL(href, product.url).search;
  const totals = await ask(product, `/api/v1/ledger/totals${query}`, ledgerTotalsSchema);
  const summary = await ask(product, `/api/v1/costs/summary${query}`, costSummarySchema);
  expect(totals.entries).toBeGreaterThan(10);
  expect(totals.nanoUsd).toBe(summary.nanoUsd);
  await spent.click();
  await expect(page).toHaveURL(/\/budgets\/ledger\?from=/);
  await page.context().close();
});
