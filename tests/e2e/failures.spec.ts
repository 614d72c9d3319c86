import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { createDataFolder, type Product, startProduct } from "./product.ts";
import { isAccessible, settled, signIn, uploadText } from "./signed-in.ts";

let data: Awaited<ReturnType<typeof createDataFolder>>;
let product: Product;
let context: BrowserContext;
let page: Page;
test.beforeAll(async ({ browser }) => {
  data = await createDataFolder();
  product = await startProduct(data.path, { control: true });
  const faults = new URL("/__local/faults", product.gatewayUrl);
  const body = JSON.stringify({ match: "embedding", status: 401, times: 2 });
  expect((await fetch(faults, { method: "POST", body })).status).toBe(200);
  for (const [name, text] of [
    ["tide-table.md", "# Tides\n\nHigh water is at four, low water at ten.\n"],
    ["berths.md", "# Berths\n\nBerth seven takes ships of forty metres.\n"],
  ] as const) {
    await settled(product, await uploadText(product, name, text), "failed");
  }
  await signIn(product, browser, `${data.path}/state.json`);
  context = await browser.newContext({ storageState: `${data.path}/state.json` });
  page = await context.newPage();
});
test.afterAll(async () => {
  await context.close();
  await product.stop();
  await data.remove();
});
test.describe.configure({ mode: "serial" });

async function isAccessibleInBoth(): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await isAccessible(new AxeBuilder({ page }));
  }
}

async function fitsNarrowly(): Promise<void> {
  await page.setViewportSize({ width: 360, height: 720 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 720 });
}

test("two files that failed in the same way are one row, with their count and their cause", async () => {
  await page.goto(`${product.url}/files`);
  // Keys are heard once the page has read its list.
  await expect(page.getByRole("link", { name: "berths.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page.getByRole("heading", { name: "Failures" })).toBeVisible();
  const rows = page.getByRole("table", { name: "Failure groups" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows.getByText("embed · provider_unauthorized · gateway 401")).toBeVisible();
  await expect(rows.getByText("2 files stand failed")).toBeAttached();
  await fitsNarrowly();
  await isAccessibleInBoth();
});

test("the filters stand in the address, and a list that they empty says so", async () => {
  await page.getByRole("searchbox", { name: "Search in messages and codes" }).fill("no such words");
  await expect(page.getByText("No failure matches")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("q")).toBe("no such words");
  await page.getByRole("button", { name: "Show all failures" }).click();
  await expect(page.getByRole("table", { name: "Failure groups" })).toBeVisible();
});

test("a row is opened by keys, and its page names its files", async () => {
  await page.goto(`${product.url}/failures`);
  await expect(page.getByRole("table", { name: "Failure groups" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 files of 2 stand failed by it now.")).toBeVisible();
  const files = page.getByRole("table", { name: "Files of the failure" });
  await expect(files.getByRole("link", { name: "tide-table.md" })).toBeVisible();
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
  await expect(page.getByText("no file has succeeded yet").first()).toBeVisible();
  await fitsNarrowly();
  await isAccessibleInBoth();
});

test("what is resolved leaves the list, is found among all, and can be opened again", async () => {
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("It is said to be mended.")).toBeVisible();
  await page.getByRole("link", { name: "Failures" }).first().click();
  await expect(page.getByText("Nothing fails")).toBeVisible();
  await page.getByRole("button", { name: "Show the resolved and ignored" }).click();
  await page.getByRole("table", { name: "Failure groups" }).getByRole("link").click();
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(page.getByRole("button", { name: "Resolve" })).toBeVisible();
});

test("an id that names no failure says so", async () => {
  await page.goto(`${product.url}/failures/group_none`);
  await expect(page.getByText("No failure has this id")).toBeVisible();
});
