import { expect, type Page, test } from "@playwright/test";
import { fileSummarySchema, listOf } from "../../src/pipeline/files/file-view.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { encryptedPdf } from "../support/documents/poison-documents.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

const filesSchema = listOf(fileSummarySchema);

/** Drops a file on the page, as a hand does. */
async function drop(page: Page, name: string, type: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, type, base64 }) => {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], name, { type }));
      return transfer;
    },
    { name, type, base64: bytes.toString("base64") },
  );
  await page.getByRole("button", { name: "Upload", exact: false }).first().click();
  const field = page.getByRole("dialog").getByText("Drop files here, or choose them");
  await field.dispatchEvent("dragenter", { dataTransfer: transfer });
  await field.dispatchEvent("dragover", { dataTransfer: transfer });
  await field.dispatchEvent("drop", { dataTransfer: transfer });
}

test("nothing is open without signing in", async ({ page }) => {
  await page.goto(`${product.url}/files`);
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.request.get(`${product.url}/api/v1/files`)).status()).toBe(401);
});

test("a PDF that is dropped on the page is ingested although the browser is closed at once", async () => {
  const page = await newPage();
  await page.goto(`${product.url}/files`);
  await drop(page, "lighthouse-manual.pdf", "application/pdf", manualPdf({ pages: 60 }));
  // The bytes have left the browser when Blob has answered; the rest is nobody's but the server's.
  await page.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
  await page.context().close();

  await expect
    .poll(async () => (await ask(product, "/api/v1/files?project=default", filesSchema)).items[0]?.status, {
      timeout: 60_000,
    })
    .toBe("succeeded");
});

test("opened again, the document is there, explained, priced and searchable", async () => {
  const page = await newPage();
  await page.goto(`${product.url}/files`);
  await page.getByRole("link", { name: "lighthouse-manual.pdf" }).click();
  await expect(page.getByRole("heading", { name: "lighthouse-manual.pdf" })).toBeVisible();
  await expect(page.getByText(/Searchable/).first()).toBeVisible();
  for (const step of ["inspect", "extract", "chunk", "embed", "index", "finalize"]) {
    await expect(page.getByText(step, { exact: true }).first()).toBeVisible();
  }
  await page.getByRole("tab", { name: /Trace/ }).click();
  await expect(page.getByText(/process inspect/).first()).toBeVisible();
  await page.getByRole("tab", { name: /Costs/ }).click();
  await expect(page.getByText(/\$0\.0/).first()).toBeVisible();
  await page.getByRole("tab", { name: /Chunks/ }).click();
  await expect(page.getByText(/page 1/i).first()).toBeVisible();

  await page.goto(`${product.url}/search?project=default&q=environment+variable+scope`);
  await expect(page.getByRole("link", { name: /lighthouse-manual\.pdf/ }).first()).toBeVisible();
  await page.context().close();
});

test("a document that cannot be read says so on its page, without a reload", async () => {
  const page = await newPage();
  await page.goto(`${product.url}/files`);
  await drop(page, "secret.pdf", "application/pdf", encryptedPdf());
  await expect(page.getByText(/protected by a password/).first()).toBeVisible();
  await page.context().close();
});
