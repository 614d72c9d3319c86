import { expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { type IncidentClient, incidentClientOf } from "../../src/cli/incident/incident-client.ts";
import { seedIncident } from "../../src/cli/incident/seed-incident.ts";
import { openDatabase } from "../../src/db/client.ts";
import { openConsole } from "./open-console.ts";
import type { Product } from "./product.ts";
import { settled } from "./signed-in.ts";

/** The night of docs/runbooks/outage.md, on the pages alone, with a small incident. */

const size = { failures: 10, healthy: 3, poison: 2, held: 2 };
/** At most so many actions, the canary that was tried before the repair not counted. */
const mostActions = 12;

let product: Product;
let client: IncidentClient;
let stuckFileId: string;
let page: Page;
let close: () => Promise<void>;
let actions = 0;
test.describe.configure({ mode: "serial", timeout: 240_000 });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ product, page, close } = await openConsole(browser, { control: true }));
  client = incidentClientOf(product);
  ({ stuckFileId } = await seedIncident(client, size, () => undefined));
});
test.afterAll(() => close());

/** Something that the person on call does. */
async function act(deed: () => Promise<unknown>): Promise<void> {
  actions += 1;
  await deed();
}

const nav = (name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true });

/** Chooses every file that stands failed, by the list of files, and plans them. */
async function planAllFailed(): Promise<void> {
  await act(() => nav("Files").click());
  await act(() => page.getByRole("button", { name: "Failed", exact: true }).click());
  await expect(page).toHaveURL(/status=failed/);
  await act(() => page.getByRole("checkbox", { name: "Choose all files on this page" }).click());
  await act(() => page.getByRole("button", { name: "Choose all that match the filter" }).click());
  await act(() => page.getByRole("button", { name: "Requeue…" }).click());
  const sentence = `Requeue ${size.failures} of ${size.failures + size.poison} files from the step that failed`;
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByText(/Left out: 2 are poison/)).toBeVisible();
}

test("the causes stand in the list of failures, each once", async () => {
  await page.goto(product.url);
  await act(() => nav("Failures").click());
  const rows = page.getByRole("table", { name: "Failure groups" }).locator("tbody tr");
  // Three of the outage, and that of the damaged documents.
  await expect(rows).toHaveCount(4);
  const standing = rows.getByText(/^ \d+ files? stand failed$/);
  expect((await standing.allTextContents()).map((text) => Number.parseInt(text, 10)).sort()).toEqual([
    1, 2, 3, 6,
  ]);
});

test("a canary stops a requeue by itself while the cause is not mended", async () => {
  const before = actions;
  await planAllFailed();
  await page.getByLabel("Canary").fill("2");
  await page.getByLabel("Must succeed").fill("100");
  await page.getByLabel("Time for undo").fill("0");
  await page.getByRole("button", { name: "Plan it so" }).click();
  await expect(page.getByText(/2 first, the rest if at least 100 % of them succeed/)).toBeVisible();
  await page.getByRole("button", { name: `Requeue ${size.failures} files` }).click();
  await expect(page.getByText(/Its one canary failed|Of 2 canaries 0 succeeded and 2 failed/)).toBeVisible({
    timeout: 90_000,
  });
  actions = before;
});

test("once it is mended all are requeued, poison left out, and the receipt proves it", async () => {
  await client.mendGateway();
  await planAllFailed();
  await act(() => page.getByRole("button", { name: `Requeue ${size.failures} files` }).click());
  await expect(page.getByText(`All ${size.failures} files succeeded.`)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("heading", { name: "Receipt", exact: true })).toBeVisible({ timeout: 90_000 });
  const receipt = page.getByRole("region", { name: /^Receipt/ });
  for (const must of [
    "Swallowed as duplicates",
    "Chunks without a vector",
    "Vectors without a chunk",
    "Vectors held twice",
  ])
    await expect(receipt.getByRole("row", { name: must }).getByLabel("As it must be")).toBeVisible();
});

test("the stuck file is freed, and what an exhausted budget held goes on when it is raised", async () => {
  await anHourPasses();
  await act(() => nav("Stuck").click());
  const rows = page.getByRole("table", { name: "Stuck steps" }).locator("tbody tr");
  await expect(rows).toHaveCount(1 + size.held);
  await act(() =>
    rows
      .filter({ hasText: "stuck.md" })
      .getByRole("button", { name: /^Retry now/ })
      .click(),
  );
  await settled(product, stuckFileId);
  await act(() => rows.filter({ hasText: "held-1.md" }).getByRole("link", { name: "Budget" }).click());
  await act(() => page.getByRole("button", { name: "Raise the limit" }).click());
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/New limit/).fill("2");
  await act(() => dialog.getByRole("button", { name: "Raise", exact: true }).click());
  await expect(page.getByText("Nothing waits for this budget.")).toBeVisible();
  await page.goto(`${product.url}/files?status=held`);
  await expect(page.getByText("held-1.md")).toHaveCount(0);
  expect(actions).toBeLessThanOrEqual(mostActions);
});

test("only the poison stands failed in the end", async () => {
  await page.goto(`${product.url}/files?status=failed`);
  await expect(page.getByRole("link", { name: /^damaged-\d\.pdf$/ })).toHaveCount(size.poison);
  await expect(page.getByRole("link", { name: /^outage/ })).toHaveCount(0);
});

/** Lets an hour have passed for what waits: a step is stuck after a minute at least. */
async function anHourPasses(): Promise<void> {
  const database = openDatabase(product.database);
  await database.db.execute(
    sql`update steps set queued_at = queued_at - interval '1 hour' where state in ('queued', 'held')`,
  );
  await database.close();
}
