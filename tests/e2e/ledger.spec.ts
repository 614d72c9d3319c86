import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { ledgerEntryViewSchema, ledgerTotalsSchema } from "../../src/costs/ledger/ledger-view.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { isAccessible } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
let fileId: string;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser, { timezoneId: "Asia/Kolkata" }));
  fileId = await uploadText(
    product,
    "tide-table.md",
    "# Tides\n\nHigh water is at four, low water at ten.\n",
  );
  await settled(product, fileId);
  await uploadText(product, "moon.md", "# Moon\n\nIt is full on the ninth.\n").then((id) =>
    settled(product, id),
  );
});
test.afterAll(() => close());

/** The page of the ledger, signed in, on a clock that is not UTC. */
async function open(query: string): Promise<Page> {
  const page = await newPage();
  await page.goto(`${product.url}/budgets/ledger${query}`);
  await expect(page.getByRole("table")).toHaveAttribute("aria-busy", "false");
  return page;
}

const totals = (page: Page) => page.getByRole("region", { name: "Totals" });
const entries = (page: Page) =>
  page
    .getByRole("table")
    .getByRole("row")
    .filter({ has: page.locator("time") });

test("what is chosen stands in the address, the list and the totals are of exactly that, and so is the CSV", async () => {
  const page = await open("");
  await page.getByLabel("Id of a file, run or attempt").fill(fileId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`\\?file=${fileId}$`));
  await page.getByRole("button", { name: "Step" }).click();
  await page.getByRole("checkbox", { name: "embed", exact: true }).check();
  await page.getByRole("checkbox", { name: "upload", exact: true }).check();
  await page.keyboard.press("Escape");
  const query = `file=${fileId}&step=embed&step=upload`;
  await expect.poll(() => new URL(page.url()).searchParams.getAll("step")).toEqual(["embed", "upload"]);

  const api = await ask(product, `/api/v1/ledger?limit=500&${query}`, listOf(ledgerEntryViewSchema));
  const sum = await ask(product, `/api/v1/ledger/totals?${query}`, ledgerTotalsSchema);
  expect(api.items.length).toBeGreaterThan(3);
  expect(sum.entries).toBe(api.items.length);
  await expect(entries(page)).toHaveCount(api.items.length);
  await expect(totals(page).getByText(`${sum.entries} entries`)).toBeVisible();
  await expect(page.getByRole("list", { name: "Filters that are on" })).toContainText("File tide-table.md");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "CSV, all rows" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  const lines = csv.trimEnd().split("\n").slice(1);
  expect(lines.map((line) => line.split(",").at(-1))).toEqual(api.items.map(({ id }) => id));
  const amounts = lines.map((line) => BigInt(line.split(",")[13] ?? "0"));
  expect(amounts.reduce((all, amount) => all + amount, 0n)).toBe(BigInt(sum.nanoUsd));

  await page.getByRole("button", { name: "Take away Step embed" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.getAll("step")).toEqual(["upload"]);
  await expect(entries(page)).toHaveCount(api.items.filter(({ step }) => step === "upload").length);
  await page.goBack();
  await expect(entries(page)).toHaveCount(api.items.length);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/budgets\/ledger$/);
  await page.context().close();
});

test("an entry has both times, its price and all its digits, and leads to the attempt in the trace, by keys alone", async () => {
  const query = `?file=${fileId}&meter=embedding.tokens`;
  const page = await open(query);
  const [entry] = (await ask(product, `/api/v1/ledger${query}`, listOf(ledgerEntryViewSchema))).items;
  if (entry === undefined) throw new TypeError("Nothing was embedded.");
  const row = entries(page).first();
  await expect(row).toContainText(`${entry.at.slice(0, 19).replace("T", " ")} UTC`);
  await expect(row).toContainText("UTC+05:30");
  await expect(row).toContainText("$0.02 per million tokens");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`entry=${entry.id}`));
  await expect(page.getByText(`${entry.quantity} × 20 nano-USD a token`)).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${entry.quantity} × 20 nano-USD a token`)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/entry=/);
  await row.getByRole("link", { name: "attempt 1" }).click();
  await expect(page).toHaveURL(new RegExp(`/files/${fileId}\\?run=1&tab=trace&span=${entry.spanId}`));
  await expect(page.getByRole("heading", { name: "tide-table.md" })).toBeVisible();
  await page.context().close();
});

test("pages follow one another without a gap, and nothing is lost on the way back", async () => {
  const page = await open("");
  await page.route("**/api/v1/ledger?*", async (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set("limit", "5");
    await route.fulfill({ response: await route.fetch({ url: url.href }) });
  });
  // Ends before the ticks that are metered while the test goes on.
  const to = new Date((await newest(page)) + 1).toISOString();
  await page.goto(`${product.url}/budgets/ledger?to=${to}`);
  const first = await ids(page);
  expect(first).toHaveLength(5);
  await page.getByRole("button", { name: "Older" }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect.poll(async () => (await ids(page)).some((id) => first.includes(id))).toBe(false);
  const all = await ask(
    product,
    `/api/v1/ledger?limit=500&to=${to}`,
    z.object({ items: z.array(ledgerEntryViewSchema) }),
  );
  expect([...first, ...(await ids(page))]).toEqual(
    all.items.slice(0, 10).map(({ at, meter }) => `${at} ${meter}`),
  );
  await page.getByRole("button", { name: "Newer" }).click();
  await expect.poll(() => ids(page)).toEqual(first);
  await page.unrouteAll({ behavior: "wait" });
  await page.context().close();
});

/** What names the rows that are shown: time and meter. */
async function ids(page: Page): Promise<string[]> {
  await expect(page.getByRole("table")).toHaveAttribute("aria-busy", "false");
  return entries(page).evaluateAll((rows) =>
    rows.map((row) => {
      const meter = row.querySelector("td:nth-child(2)")?.children[1]?.textContent?.split(" · ")[0];
      return `${row.querySelector("time")?.dateTime} ${meter}`;
    }),
  );
}

async function newest(page: Page): Promise<number> {
  return Date.parse((await page.locator("time").first().getAttribute("datetime")) ?? "");
}

test("what cannot be read is said, old figures are called old, and nothing found is not nothing spent", async () => {
  const page = await open(`?file=${fileId}`);
  await page.goto(`${product.url}/budgets/ledger?waste=coffee`);
  await expect(page.getByRole("heading", { name: "The ledger could not be read" })).toBeVisible();
  await expect(page.getByText("The totals could not be read.")).toBeVisible();
  await page.getByRole("button", { name: "Take away Waste coffee" }).click();
  await expect(entries(page).first()).toBeVisible();
  await page.goto(`${product.url}/budgets/ledger?file=file_none`);
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();
  await page.getByRole("button", { name: "Show the whole ledger" }).click();
  await expect(entries(page).first()).toBeVisible();
  await page.route("**/api/v1/ledger**", (route) => route.abort());
  await expect(page.getByText(/These figures are from/).first()).toBeVisible({ timeout: 60_000 });
  await expect(entries(page).first()).toBeVisible();
  await page.context().close();
});

for (const scheme of ["light", "dark"] as const) {
  test(`everybody can use the ledger (${scheme})`, async () => {
    const page = await open(`?file=${fileId}&step=embed`);
    await page.emulateMedia({ colorScheme: scheme });
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await isAccessible(page);
    await page.getByRole("button", { name: "Time", exact: true }).click();
    await expect(page.getByRole("button", { name: "Last 7 days" })).toBeVisible();
    await isAccessible(page);
    await page.context().close();
  });
}
