import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { acceptedUploadSchema } from "../../src/pipeline/files/upload-view.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { encryptedPdf } from "../support/documents/poison-documents.ts";
import { setFault } from "./faults.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { isAccessible } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
let page: Page;
let retried: string;
let refused: string;

test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser, {
    control: true,
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
  }));
  // The next embedding fails in a way that passes, so that its step is tried again.
  await setFault(product.gatewayUrl, { match: "embedding-model", status: 503, times: 1 });
  [retried, refused] = await Promise.all([
    upload("lighthouse-manual.pdf", manualPdf({ pages: 12 })),
    upload("secret.pdf", encryptedPdf()),
  ]);
  await expect.poll(() => statusOf(retried), { timeout: 120_000 }).toBe("succeeded");
  await expect.poll(() => statusOf(refused)).toBe("failed");
});
test.afterAll(() => close());
test.beforeEach(async () => {
  page = await newPage();
});
test.afterEach(() => page.context().close());

async function upload(name: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.set("project", "default");
  form.set("file", new File([Uint8Array.from(bytes)], name, { type: "application/pdf" }));
  const answer = await fetch(`${product.url}/api/upload`, {
    method: "POST",
    headers: { Authorization: `Bearer ${product.apiKey}` },
    body: form,
  });
  return acceptedUploadSchema.parse(await answer.json()).fileId;
}

async function statusOf(fileId: string): Promise<string> {
  return (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status;
}

async function open(fileId: string, search = "?tab=attempts"): Promise<void> {
  await page.goto(`${product.url}/files/${fileId}${search}`);
  await expect(page.getByRole("tab", { name: /Attempts/ })).toBeVisible();
}

const rows = () => page.getByRole("region", { name: "Attempts, newest first" }).locator("tbody tr");
const comparison = () => page.getByRole("region", { name: "Two attempts compared" });

test("the newest attempt stands first, and one that was tried again says why", async () => {
  await open(retried);
  await expect(rows().first()).toContainText("finalize");
  await expect(rows().last()).toContainText("inspect");
  const again = rows().filter({ hasText: "Failed, tried again" });
  await expect(again).toHaveCount(1);
  await expect(again).toContainText("embed");
  await expect(again.getByRole("link", { name: "provider_unavailable" })).toBeVisible();
});

test("the code of an error leads to the page that explains it", async () => {
  await open(refused);
  await page.getByRole("link", { name: "document_encrypted" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "document_encrypted" })).toBeVisible();
  await expect(page.getByText("Save a copy without the protection and upload that.")).toBeVisible();
  await page.goto(`${product.url}/errors/nothing_of_the_kind`);
  await expect(page.getByText("There is no such page")).toBeVisible();
});

test("an attempt leads to its span in the trace", async () => {
  await open(retried);
  await rows().filter({ hasText: "inspect" }).getByTitle("Show it in the trace").click();
  await expect(page).toHaveURL(/tab=trace&span=[0-9a-f]{16}/);
  await expect(page.getByRole("tab", { name: /Trace/ })).toHaveAttribute("aria-selected", "true");
});

test("with the keys alone two attempts are compared, and the address brings the comparison back", async () => {
  await open(retried, "?tab=attempts&step=embed");
  const boxes = page.getByRole("checkbox");
  await expect(boxes.first()).toBeVisible();
  await page.keyboard.press("j");
  await expect(boxes.nth(0)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(boxes.nth(0)).toHaveAttribute("aria-checked", "true");
  await expect(page.getByText(/Choose another one to compare it with embed/)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await expect(comparison().getByRole("row", { name: /Outcome/ })).toContainText("another outcome");
  await expect(comparison().getByRole("row", { name: /Error/ })).toContainText("provider_unavailable");
  await expect(comparison().getByRole("row", { name: /^Deployment/ })).toContainText("the same");

  await page.reload();
  await expect(comparison()).toBeVisible();
  // The older attempt is on the left, whichever was chosen first.
  await expect(comparison().getByRole("columnheader").nth(0)).toHaveText(/attempt 1/);
  await comparison().getByRole("button", { name: "End the comparison" }).focus();
  await page.keyboard.press("Enter");
  await expect(comparison()).toBeHidden();
  await expect(page).not.toHaveURL(/compare/);
});

test("a third attempt takes the place of the first one chosen", async () => {
  await open(retried);
  for (const at of [0, 1, 2]) await page.getByRole("checkbox").nth(at).click();
  const chosen = await page
    .getByRole("checkbox")
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-checked")));
  expect(chosen.slice(0, 3)).toEqual(["false", "true", "true"]);
});

test("the file is copied in each form, by keys", async () => {
  await open(retried, "?tab=costs");
  const { traceId } = z
    .object({ traceId: z.string() })
    .parse((await ask(product, `/api/v1/files/${retried}`, fileViewSchema)).runHistory[0]);
  const copied = async (form: string) => {
    await page.getByRole("button", { name: "Copy as" }).focus();
    await page.keyboard.press("Enter");
    const item = page.getByRole("menuitem", { name: form, exact: true });
    await expect(item).toBeVisible();
    for (let presses = 0; presses < 8; presses += 1) {
      if (await item.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await expect(page.getByText(`Copied: ${form}`, { exact: true })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const link = `${product.url}/files/${retried}?tab=costs&run=1`;
  expect(await copied("Link")).toBe(link);
  expect(await copied("Link with times in UTC")).toMatch(
    /^lighthouse-manual\.pdf, run 1 \(succeeded\), [\d-]+ [\d:.]+ UTC to [\d-]+ [\d:.]+ UTC\n/,
  );
  expect(await copied("Trace id")).toBe(traceId);
  const curl = await copied("curl");
  expect(curl).toContain(`"${product.url}/api/v1/files/${retried}"`);
  expect(curl).not.toContain(product.apiKey);
  const otlp = JSON.parse(await copied("OTLP JSON"));
  expect(JSON.stringify(otlp.resourceSpans)).toContain(traceId);
});

test("the whole trace is downloaded as OTLP/JSON", async () => {
  await open(retried);
  await page.getByRole("button", { name: "Copy as" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Download the whole trace" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${retried}.otlp.json`);
  const document = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(document.resourceSpans.length).toBeGreaterThan(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no violation in ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme });
    await open(retried);
    await isAccessible(page);
    await page.getByRole("checkbox").nth(0).click();
    await page.getByRole("checkbox").nth(3).click();
    await expect(comparison()).toBeVisible();
    await isAccessible(page);
    await page.getByRole("button", { name: "Copy as" }).click();
    await expect(page.getByRole("menuitem", { name: "curl" })).toBeVisible();
    await isAccessible(page);
    await open(retried, "?tab=costs");
    await expect(page.getByRole("region", { name: "Cost by meter" })).toBeVisible();
    await isAccessible(page);
    await open(refused);
    await isAccessible(page);
    await page.goto(`${product.url}/errors/document_encrypted`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await isAccessible(page);
  });
}
