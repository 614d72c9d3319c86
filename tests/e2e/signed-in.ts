import { type Browser, expect } from "@playwright/test";
import { z } from "zod";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { ask, type Product } from "./product.ts";

/** Signs a browser in by the product's link and keeps its session in a file. */
export async function signIn(product: Product, browser: Browser, statePath: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(product.signInUrl);
  await page.waitForURL(/\/files/);
  await page.context().storageState({ path: statePath });
  await page.close();
}

/** Uploads Markdown to the default project. @returns the id of the file */
export async function uploadText(product: Product, name: string, text: string): Promise<string> {
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob([text], { type: "text/markdown" }), name);
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  return z.object({ fileId: z.string() }).parse(await answer.json()).fileId;
}

/** Waits until a file has come to rest as it should. */
export async function settled(
  product: Product,
  fileId: string,
  status: "failed" | "succeeded" = "succeeded",
): Promise<void> {
  await expect
    .poll(async () => (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status, {
      timeout: 60_000,
    })
    .toBe(status);
}
