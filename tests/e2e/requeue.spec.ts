import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { setFault } from "./faults.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { isAccessible, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
let fileId: string;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser, { control: true }));
  // The gateway refuses our key once, which no step survives.
  await setFault(product.gatewayUrl, { match: "embedding", status: 401, times: 1 });
  fileId = await uploadText(
    product,
    "tide-table.md",
    "# Tides\n\nHigh water is at four, low water at ten.\n",
  );
  await settled(product, fileId, "failed");
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`${product.url}/files/${fileId}${query}`);
  await expect(page.getByRole("heading", { name: "tide-table.md" })).toBeVisible();
}

test("a failed file is requeued where it failed, by keys alone, and succeeds without a reload", async () => {
  const page = await newPage();
  await open(page);
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: "Go on at embed" })).toBeChecked();
  await expect(dialog.getByText("embed, index, finalize", { exact: true })).toBeVisible();
  await expect(dialog.getByText("inspect, extract, chunk", { exact: true })).toBeVisible();
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByLabel("Why").fill("The key was replaced");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Round 2 of run 1 has begun.")).toBeVisible();
  await expect(page.getByText(/Searchable/).first()).toBeVisible();
  await page.context().close();
});

test("both rounds are on the page, with the link from the requeue to what had failed", async () => {
  const page = await newPage();
  await open(page, "?tab=attempts");
  const attempts = page.getByRole("region", { name: /Attempts/ });
  await expect(attempts.getByRole("row", { name: /embed/ })).toHaveCount(2);
  await expect(attempts.getByText("round 2")).toHaveCount(3);
  await page.getByRole("tab", { name: "History" }).click();
  const history = page.getByRole("region", { name: /History/ });
  await expect(history.getByText("Requeued where it had failed: round 2 of run 1.")).toBeVisible();
  await expect(history.getByText("Run 1 had failed at embed (provider_unauthorized).")).toBeVisible();
  await expect(history.getByText("The key was replaced")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await history.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
  await isAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await isAccessible(page);

  const spans = await ask(
    product,
    `/api/v1/files/${fileId}/trace`,
    z.object({
      items: z.array(
        z.object({
          spanId: z.string(),
          name: z.string(),
          status: z.string(),
          links: z.array(z.object({ spanId: z.string() })),
        }),
      ),
    }),
  );
  const requeue = spans.items.find(({ name }) => name === "requeue");
  const failed = spans.items.find(({ name, status }) => name === "process embed" && status === "error");
  expect(requeue?.links.map(({ spanId }) => spanId)).toEqual([failed?.spanId]);
  await open(page, `?tab=trace&span=${requeue?.spanId}`);
  await expect(page.getByText("requeue", { exact: true }).first()).toBeVisible();
  await page.context().close();
});

test("from the start is a new run, and the button says why it cannot be used meanwhile", async () => {
  const page = await newPage();
  await open(page);
  await page.getByRole("button", { name: "Requeue" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "From the start" }).check();
  await dialog.getByRole("button", { name: "Requeue" }).click();
  await expect(page.getByText("Run 2 has begun.")).toBeVisible();
  await settled(product, fileId);
  await expect(page.getByRole("combobox", { name: "Run" })).toHaveValue(/Run 2 of 2/);
  // A read that is stale says so, and changes nothing.
  const stale = { ...(await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)), status: "running" };
  await page.route(`**/api/v1/files/${fileId}`, (route) => route.fulfill({ json: stale }));
  await page.reload();
  const button = page.getByRole("button", { name: "Requeue" });
  await button.focus();
  await expect(page.getByText("It can be requeued when the run has ended.")).toBeVisible();
  await button.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // The page reads on its own clock: a read that is being answered must not outlive its context.
  await page.unrouteAll({ behavior: "wait" });
  await page.context().close();
});
