import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { fitsItsWidth, isAccessible } from "./page-checks.ts";
import { createDataFolder, type Product, startProduct } from "./product.ts";
import { signInTo } from "./signed-in.ts";

let data: Awaited<ReturnType<typeof createDataFolder>>;
let product: Product;
let page: Page;
test.beforeAll(async ({ browser }) => {
  data = await createDataFolder();
  product = await startProduct(data.path, { control: true });
  page = await (await browser.newContext()).newPage();
  await signInTo(product, page.context());
});
test.afterAll(async () => {
  await page.context().close();
  await product.stop();
  await data.remove();
});
test.describe.configure({ mode: "serial" });

const settingsSchema = z.object({
  UPSTASH_VECTOR_REST_URL: z.string(),
  UPSTASH_VECTOR_REST_TOKEN: z.string(),
});

/** Vectors that no chunk has. */
async function strayVectors(count: number): Promise<void> {
  const settings = settingsSchema.parse(parseEnv(await readFile(`${data.path}/local.env`, "utf8")));
  const vector = Array.from({ length: 1536 }, (_, at) => (at === 0 ? 1 : 0));
  const records = Array.from({ length: count }, (_, at) => ({ id: `chunk_stray${at}`, vector }));
  const answer = await fetch(`${settings.UPSTASH_VECTOR_REST_URL}/upsert/default`, {
    method: "POST",
    headers: { authorization: `Bearer ${settings.UPSTASH_VECTOR_REST_TOKEN}` },
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
