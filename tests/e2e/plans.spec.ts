import { expect, type Page, test } from "@playwright/test";
import { executedSchema, planViewSchema } from "../../src/triage/plans/plan-view.ts";
import { requeueViewSchema } from "../../src/triage/requeues/requeue-view.ts";
import { setFault } from "./faults.ts";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessible, isAccessibleInBoth } from "./page-checks.ts";
import type { Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, {
    control: true,
    permissions: ["clipboard-read", "clipboard-write"],
  }));
  await setFault(product.gatewayUrl, { match: "embedding", status: 401, times: 2 });
  for (const [name, text] of [
    ["tide-table.md", "# Tides\n\nHigh water is at four, low water at ten.\n"],
    ["berths.md", "# Berths\n\nBerth seven takes ships of forty metres.\n"],
  ] as const) {
    await settled(product, await uploadText(product, name, text), "failed");
  }
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

/** What another operator does, who works with the API. */
async function post(path: string, body: unknown = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" };
  const answer = await fetch(product.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Opens the failure's page and plans all of its files by a key. */
async function planFailure(): Promise<void> {
  await page.goto(`${product.url}/failures`);
  await page.getByRole("table", { name: "Failure groups" }).getByRole("link").click();
  await expect(page.getByText("2 files of 2 stand failed by it now.")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByText(/^Requeue 2 files from the step that failed\. \$/)).toBeVisible();
}

const idInAddress = () => new URL(page.url()).pathname.split("/").at(-1);
const receipt = () => page.getByRole("region", { name: /^Receipt/ });

test("files are listed by the step at which they stand failed, under an address", async () => {
  await page.goto(`${product.url}/files`);
  const files = page.getByRole("table", { name: "Files" });
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
  await page.getByRole("combobox", { name: "Step" }).click();
  await page.getByRole("option", { name: "index", exact: true }).click();
  await expect(files).toHaveCount(0);
  await expect(page).toHaveURL(/step=index/);
  await page.goBack();
  await page.getByRole("combobox", { name: "Step" }).click();
  await page.getByRole("option", { name: "embed", exact: true }).click();
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
  await expect(page).toHaveURL(/step=embed/);
});

test("r plans the failure of the row that has the focus, and the files that x chooses", async () => {
  await page.goto(`${product.url}/failures`);
  const groups = page.getByRole("table", { name: "Failure groups" });
  await expect(groups.getByRole("link")).toBeVisible();
  await page.keyboard.press("Shift+?");
  const own = page.getByRole("dialog", { name: "Keys" }).getByRole("region", { name: "On this page" });
  await expect(own.getByText("Plan a requeue of the failure")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.keyboard.press("Escape");
  await expect(own).toBeHidden();
  await page.keyboard.press("r");
  await expect(page.getByText("Go to a row first, with j and k.")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await expect(page.getByText(/^Requeue 2 files from the step that failed\. \$/)).toBeVisible();
  await page.goBack();
  await expect(groups.getByRole("link")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const files = page.getByRole("table", { name: "Files of the failure" });
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Chosen files" }).getByText("1 file chosen.")).toBeVisible();
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
  await page.keyboard.press("r");
  await expect(page.getByText(/^Requeue 1 file from the step that failed\. \$/)).toBeVisible();
});

test("a plan says what it would do and cost, and one made otherwise is another plan", async () => {
  await planFailure();
  const first = idInAddress();
  const stages = page.getByRole("region", { name: "What runs, what is reused" });
  await expect(stages.getByRole("listitem").filter({ hasText: "embed" })).toHaveText("embed2 run");
  await expect(stages.getByRole("listitem").filter({ hasText: "chunk" })).toHaveText("chunk2 reused");
  const files = page.getByRole("table", { name: "Files of the plan" });
  await expect(files.getByRole("link", { name: "tide-table.md" })).toBeVisible();
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
  await page.getByLabel("Time for undo").fill("600");
  await page.getByRole("button", { name: "Plan it so" }).click();
  await expect(page.getByText("10 min 00 s for undo")).toBeVisible();
  expect(idInAddress()).not.toBe(first);
});

test("it is carried out by keys and taken back within its time for undo", async () => {
  await page.getByLabel(/^Why/).fill("The key was replaced");
  await page.getByLabel(/^Why/).press("Escape");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("r");
  await expect(page.getByRole("button", { name: "Requeue 2 files" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Undo, \d+ s left$/ })).toBeVisible();
  await expect(page.getByText("The key was replaced")).toBeVisible();
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
  await page.keyboard.press("z");
  await expect(page.getByText("It was cancelled before anything was sent")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
});

test("what another operator does to it is seen without a reload; it is resumed by a key, cancelled after one question", async () => {
  await planFailure();
  await page.getByLabel("Time for undo").fill("600");
  await page.getByRole("button", { name: "Plan it so" }).click();
  await expect(page.getByText("10 min 00 s for undo")).toBeVisible();
  await page.getByRole("button", { name: "Requeue 2 files" }).click();
  await expect(page.getByRole("button", { name: /^Undo/ })).toBeVisible();
  const path = `/api/v1/requeues/${idInAddress()}`;
  await post(`${path}/pause`);
  await expect(page.getByText("Nothing more is sent until somebody resumes it")).toBeVisible();
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: /^Undo/ })).toBeVisible();
  await post(`${path}/pause`);
  await page.getByRole("button", { name: "Cancel…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("2 files: stand as before")).toBeVisible();
  await isAccessible(page, "[role=dialog]");
  await dialog.getByRole("button", { name: "Send nothing more" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("It was cancelled before anything was sent")).toBeVisible();
});

test("with a canary it runs to its end, and its receipt proves it", async () => {
  await planFailure();
  await page.getByLabel("Time for undo").fill("0");
  await page.getByLabel("Canary").fill("1");
  await page.getByLabel("Must succeed").fill("100");
  await page.getByRole("button", { name: "Plan it so" }).click();
  await expect(page.getByText(/1 first, the rest if at least 100 % of them succeed; no time/)).toBeVisible();
  await page.getByRole("button", { name: "Requeue 2 files" }).click();
  await expect(page.getByText("All 2 files succeeded.")).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/^The canary of 1 file passed/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Receipt", exact: true })).toBeVisible({ timeout: 60_000 });
  for (const must of [
    "Swallowed as duplicates",
    "Chunks without a vector",
    "Vectors without a chunk",
    "Vectors held twice",
  ]) {
    const row = receipt().getByRole("row", { name: must });
    await expect(row.getByLabel("As it must be")).toBeVisible();
    await expect(row).toContainText("0");
  }
  await expect(receipt().getByRole("row", { name: "Messages sent" })).toContainText(/[1-9]/);
  await receipt().getByRole("button", { name: "Copy as Markdown" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("| Swallowed as duplicates | 0 ✓ |");
  expect(copied).toContain(page.url());
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
});

test("the files of a requeue are listed by what became of them, under an address", async () => {
  await page.getByRole("button", { name: "0 Failed again" }).click();
  await expect(page.getByText("No file has this outcome now.")).toBeVisible();
  await expect(page).toHaveURL(/outcome=failed/);
  await page.getByRole("button", { name: "2 Succeeded" }).click();
  const files = page.getByRole("table", { name: "Files of the requeue" });
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
  await expect(files.getByText("Succeeded, canary")).toHaveCount(1);
});

test("files are chosen by keys, kept over a reload, and a plan of which nothing is left says why", async () => {
  await page.goto(`${product.url}/files`);
  await expect(page.getByRole("link", { name: "berths.md" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("region", { name: "Chosen files" });
  await expect(bar.getByText("1 file chosen.")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(bar.getByText("2 files chosen.")).toBeVisible();
  // The address follows the choice a moment later.
  await expect(page).toHaveURL(/chosen=file_\w+,file_\w+$/);
  await page.reload();
  await expect(bar.getByText("2 files chosen.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Choose all files on this page" })).toBeChecked();
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
  await page.keyboard.press("r");
  await expect(page.getByText("Nothing to requeue: all 2 files are left out.")).toBeVisible();
  await expect(page.getByText("Left out: 2 have nothing that stands failed.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Requeue/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Nothing failed 2" }).click();
  await expect(page).toHaveURL(/excluded=nothing-failed/);
  await expect(page.getByRole("link", { name: "berths.md" })).toBeVisible();
  await isAccessibleInBoth(page);
});

test("all files that match the filter are chosen at once, and another filter lets go of them", async () => {
  await page.goto(`${product.url}/files?status=succeeded`);
  await page.getByRole("checkbox", { name: "Choose berths.md" }).click();
  await page.getByRole("button", { name: "Choose all that match the filter" }).click();
  await expect(page.getByText("All files that match the filter are chosen.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Choose tide-table.md" })).toBeChecked();
  await page.getByRole("searchbox", { name: "Search by name" }).fill("tide");
  await expect(page.getByText("All files that match the filter are chosen.")).toHaveCount(0);
});

test("who carries out a plan that somebody else has carried out is told, with the way to its requeue", async () => {
  const files = { selection: { kind: "filter", filter: {} }, from: "start", options: { undoSeconds: 600 } };
  const plan = planViewSchema.parse(await post("/api/v1/plans", files));
  // What the page knows stands still, as it does between two looks.
  await page.route(`**/api/v1/plans/${plan.id}`, (route) => route.fulfill({ json: plan }));
  await page.goto(`${product.url}/plans/${plan.id}`);
  await expect(page.getByText(/^Requeue 2 files from the start\./)).toBeVisible();
  const other = executedSchema.parse(await post(`/api/v1/plans/${plan.id}/execute`));
  await page.getByRole("button", { name: "Requeue 2 files" }).click();
  await expect(page.getByText("Somebody else has carried this plan out meanwhile.")).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("link", { name: "Open its requeue" }).click();
  await expect(page).toHaveURL(new RegExp(`/requeues/${other.requeueId}$`));
  await page.getByRole("link", { name: "Open the plan" }).click();
  await expect(page.getByText("This plan is carried out.")).toBeVisible();
  const requeue = requeueViewSchema.parse(await post(`/api/v1/requeues/${other.requeueId}/cancel`));
  expect(requeue.state).toBe("cancelled");
});

test("the requeues are listed by their states, and what cannot be read is no empty list", async () => {
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  const rows = page.getByRole("table", { name: "Requeues, newest first" }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
  await page.getByRole("group", { name: "State" }).getByRole("button", { name: "Done" }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole("group", { name: "State" }).getByRole("button", { name: "Done" }).click();
  await page.getByRole("group", { name: "State" }).getByRole("button", { name: "Stopped" }).click();
  await expect(page.getByText("No requeue matches")).toBeVisible();
  await page.route("**/api/v1/requeues?**", (route) => route.abort());
  await page.reload();
  await expect(page.getByText("The requeues could not be read")).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
});

test("ids that name no plan and no requeue say so", async () => {
  await page.goto(`${product.url}/plans/rplan_none`);
  await expect(page.getByText("No plan has this id")).toBeVisible();
  await page.goto(`${product.url}/requeues/requeue_none`);
  await expect(page.getByText("No requeue has this id")).toBeVisible();
});
