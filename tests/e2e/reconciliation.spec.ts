import { expect, type Page, test } from "@playwright/test";
import { openConsole } from "./open-console.ts";
import { fitsItsWidth, isAccessible } from "./page-checks.ts";
import type { Product } from "./product.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

/** Vectors that no chunk has. */
async function strayVectors(count: number): Promise<void> {
  const vector = Array.from({ length: 1536 }, (_, at) => (at === 0 ? 1 : 0));
  const records = Array.from({ length: count }, (_, at) => ({ id: `chunk_stray${at}`, vector }));
  const answer = await fetch(`${product.vector.url}/upsert/default`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.vector.token}` },
    body: JSON.stringify(records),
  });
  expect(answer.status).toBe(200);
}

const headline = (text: string) => page.getByRole("status").getByText(text);

test("a check that finds nothing says that all agree", async () => {
  await page.goto(`${product.url}/reconciliation`);
  await expect(page.getByText("No dead letters")).toBeVisible();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(headline("QStash, Postgres and the vector index agree.")).toBeVisible({ timeout: 30_000 });
});

test("what is found is listed under an address, put right after one question, and then agrees", async () => {
  await strayVectors(3);
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(headline("3 disagreements to put right.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Vector with no owner", exact: true }).click();
  await expect(page).toHaveURL(/class=vectors-without-owner/);
  await expect(page.getByRole("cell", { name: "chunk_stray1" })).toBeVisible();
  await isAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("3 open findings");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(headline("All 3 disagreements put right.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(headline("QStash, Postgres and the vector index agree.")).toBeVisible({ timeout: 30_000 });
});

test("it fits a narrow screen, and what cannot be read is an error and no empty list", async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.route("**/api/v1/dead-letters?**", (route) => route.abort());
  await page.goto(`${product.url}/reconciliation`);
  await expect(page.getByText("QStash's dead letters could not be read")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("No dead letters")).toBeHidden();
  await fitsItsWidth(page);
  await isAccessible(page);
});
