import { expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import { mendFaults, setFault } from "./faults.ts";
import { openConsole } from "./open-console.ts";
import { fitsItsWidth, fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let database: Database;
let page: Page;
let close: () => Promise<void>;
const ids: Record<string, string> = {};
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
  database = openDatabase(product.database);
});
test.afterAll(async () => {
  await database.close();
  await close();
});
test.describe.configure({ mode: "serial" });

const stepList = listOf(z.object({ fileId: z.string(), reason: z.string() }));

/** Uploads a document that will be stuck, and waits until its only step that is under way has this state. */
async function becomesStuck(name: string, state: string, errorCode: string | null): Promise<void> {
  const id = await uploadText(
    product,
    name,
    `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`,
  );
  ids[name] = id;
  await expect
    .poll(async () => {
      const { rows } = await database.db.execute(sql`
        select steps.state, steps.error_code from steps join runs on runs.id = steps.run_id
        where runs.file_id = ${id} and steps.state not in ('waiting', 'succeeded')`);
      return rows;
    })
    .toEqual([{ state, error_code: errorCode }]);
}

/** How many steps wait for the gateway's breaker. */
async function heldByGateway(): Promise<number | undefined> {
  const schema = z.object({ items: z.array(z.object({ provider: z.string(), heldSteps: z.number() })) });
  const { items } = await ask(product, "/api/v1/providers", schema);
  return items.find(({ provider }) => provider === "gateway")?.heldSteps;
}

/** Lets an hour have passed for what is under way: a step is stuck after a minute at least. */
async function anHourPasses(): Promise<void> {
  await database.db.execute(
    sql`update steps set queued_at = queued_at - interval '1 hour' where state in ('queued', 'held')`,
  );
}

const table = () => page.getByRole("table", { name: "Stuck steps" });
const rowOf = (name: string) => table().locator("tbody tr").filter({ hasText: name });

test("while everything goes on the page says so, and no filter can be mistaken for that", async () => {
  await page.goto(`${product.url}/stuck`);
  await expect(page.getByText("Nothing is stuck")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.goto(`${product.url}/stuck?reason=backoff`);
  await expect(page.getByText("No stuck step matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all stuck steps" }).click();
  await expect(page.getByText("Nothing is stuck")).toBeVisible();
  await expect.poll(() => new URL(page.url()).search).toBe("");
});

test("held still, the page reads nothing by itself; let go, it reads at once", async () => {
  const still = await page.context().newPage();
  await still.clock.install();
  await still.goto(`${product.url}/stuck`);
  await expect(still.getByText("Nothing is stuck")).toBeVisible();
  await still.keyboard.press("l");
  await expect(still.getByRole("button", { name: "paused" })).toBeVisible();
  let reads = 0;
  still.on("request", (request) => {
    if (request.url().includes("/api/v1/stuck")) reads += 1;
  });
  await still.clock.runFor(60_000);
  expect(reads).toBe(0);
  await isAccessibleInBoth(still);
  await still.keyboard.press("l");
  await expect(still.getByRole("button", { name: "live" })).toBeVisible();
  await expect.poll(() => reads).toBeGreaterThan(0);
  await still.close();
});

test("each step that does not go on is a row with its reason, its clocks and its own action", async () => {
  await setFault(product.qstashUrl, {
    on: "delivery",
    match: "ingest-file",
    latencyMs: 3_600_000,
    times: 1,
  });
  await becomesStuck("lost.md", "queued", null);
  await setFault(product.gatewayUrl, { match: "embedding", status: 503, retryAfterSec: 3_600, times: 1 });
  await becomesStuck("backoff.md", "queued", "provider_unavailable");
  await setFault(product.gatewayUrl, { match: "embedding", status: 429, retryAfterSec: 3_600, times: 1 });
  await becomesStuck("slowed.md", "queued", "provider_rate_limited");
  await setFault(product.gatewayUrl, { match: "embedding", status: 402, times: 1 });
  await becomesStuck("credit.md", "held", "provider_out_of_credit");
  const budget = { scope: "deployment", window: "total", timeZone: "UTC", limitNanoUsd: "0", mode: "hard" };
  const made = await fetch(`${product.url}/api/v1/budgets`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(budget),
  });
  expect(made.status).toBe(201);
  await becomesStuck("money.md", "held", "budget_exhausted");
  await anHourPasses();

  await page.goto(`${product.url}/files`);
  // Keys are heard once the page has read its list.
  await expect(page.getByRole("link", { name: "credit.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(table().locator("tbody tr")).toHaveCount(5);
  for (const [name, reason, says, deed] of [
    ["lost.md", "Not delivered", "Its message has not come", "Send again"],
    ["backoff.md", "In backoff", "1 attempt made, 5 left", "Retry now"],
    ["slowed.md", "Rate-limited", "A provider asked for a pause", "Retry now"],
    ["credit.md", "Held by provider", "It is tried again in", "Retry now"],
    ["money.md", "Held by budget", "when the budget has room", "Give up"],
  ] as const) {
    await expect(rowOf(name)).toContainText(reason);
    await expect(rowOf(name)).toContainText(says);
    await expect(rowOf(name).getByRole("button", { name: new RegExp(`^${deed}: `) })).toBeVisible();
  }
  await isAccessibleInBoth(page);
});

test("the filters stand in the address", async () => {
  await page.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: "Rate-limited" }).click();
  await expect(table().locator("tbody tr")).toHaveCount(1);
  await expect.poll(() => new URL(page.url()).searchParams.get("reason")).toBe("rate-limited");
  await page.goBack();
  await expect(table().locator("tbody tr")).toHaveCount(5);
  await page.getByRole("combobox", { name: "Provider" }).click();
  await page.getByRole("option", { name: "AI Gateway" }).click();
  await expect(rowOf("lost.md")).toHaveCount(0);
  await expect(rowOf("credit.md")).toBeVisible();
  await expect.poll(() => new URL(page.url()).searchParams.get("provider")).toBe("gateway");
  await page.goBack();
  await expect(table().locator("tbody tr")).toHaveCount(5);
});

test("by keys a row leads to what can be done about it, and to the trace of its file", async () => {
  await page.goto(`${product.url}/stuck`);
  await expect(rowOf("lost.md")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await expect(rowOf("lost.md").getByRole("button", { name: /^Send again: / })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "lost.md" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Trace" })).toHaveAttribute("aria-selected", "true");
});

test("what a budget holds leads to the budget", async () => {
  await page.goto(`${product.url}/stuck`);
  await rowOf("money.md")
    .getByRole("link", { name: /^Budget: / })
    .click();
  await expect(page).toHaveURL(/\/budgets\?budget=/);
  await expect(page.getByText("money.md")).toBeVisible();
});

test("it fits a narrow screen, with every action in reach", async () => {
  await page.goto(`${product.url}/stuck`);
  await page.setViewportSize({ width: 360, height: 800 });
  await expect(rowOf("slowed.md").getByRole("button", { name: /^Give up: / })).toBeVisible();
  await fitsItsWidth(page);
  await isAccessibleInBoth(page);
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("a step is given up after one question and with a reason, and its file fails", async () => {
  await rowOf("slowed.md")
    .getByRole("button", { name: /^Give up: / })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("fails with given_up");
  await expect(dialog.getByRole("button", { name: "Give up" })).toBeDisabled();
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByLabel("Why").fill("The contract was withdrawn");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Given up")).toBeVisible();
  await expect(rowOf("slowed.md")).toHaveCount(0);
  await settled(product, ids["slowed.md"] ?? "", "failed");
});

test("a message is sent again, a backoff and a hold are ended, and the files succeed", async () => {
  const { items } = await ask(product, "/api/v1/budgets", listOf(z.object({ id: z.string() })));
  for (const { id } of items) {
    const headers = { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" };
    const init = { method: "DELETE", headers, body: JSON.stringify({ reason: "a test" }) };
    expect((await fetch(`${product.url}/api/v1/budgets/${id}`, init)).ok).toBe(true);
  }
  await settled(product, ids["money.md"] ?? "");
  for (const [name, deed] of [
    ["lost.md", "Send again"],
    ["backoff.md", "Retry now"],
    ["credit.md", "Retry now"],
  ] as const) {
    await rowOf(name)
      .getByRole("button", { name: new RegExp(`^${deed}: `) })
      .click();
    await expect(rowOf(name)).toHaveCount(0);
    await settled(product, ids[name] ?? "");
  }
  expect((await ask(product, "/api/v1/stuck", stepList)).items).toEqual([]);
  await expect(page.getByText("Nothing is stuck")).toBeVisible();
});

test("a provider that is down opens its breaker: what it holds is probed from the page, and all go on", async () => {
  await setFault(product.gatewayUrl, { match: "embedding", status: 503 });
  const names = Array.from({ length: 12 }, (_, at) => `outage-${at}.md`);
  for (const name of names) {
    const text = `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`;
    ids[name] = await uploadText(product, name, text);
  }
  await expect.poll(heldByGateway, { timeout: 60_000 }).toBe(names.length);
  await anHourPasses();
  await page.goto(`${product.url}/stuck?reason=breaker-open`);
  await expect(table().locator("tbody tr")).toHaveCount(names.length);
  await expect(rowOf("outage-0.md")).toContainText("Breaker open");
  await expect(rowOf("outage-0.md")).toContainText("The breaker of AI Gateway is open");
  for (const deed of ["Probe now", "Close the breaker", "Give up"])
    await expect(rowOf("outage-0.md").getByRole("button", { name: new RegExp(`^${deed}: `) })).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.goto(`${product.url}/files/${ids["outage-0.md"]}`);
  await expect(page.getByText("Held at embed: the breaker of AI Gateway is open")).toBeVisible();

  await mendFaults(product.gatewayUrl);
  await page.goto(`${product.url}/stuck?reason=breaker-open`);
  await rowOf("outage-0.md")
    .getByRole("button", { name: /^Probe now: / })
    .click();
  await expect(page.getByText("Probe sent")).toBeVisible();
  for (const name of names) await settled(product, ids[name] ?? "");
  await expect(page.getByText("No stuck step matches")).toBeVisible();
});

test("what somebody has opened is not probed, and is closed from the page", async () => {
  const opened = await fetch(`${product.url}/api/v1/providers/gateway/breaker`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ deed: "open", reason: "It is being moved" }),
  });
  expect(opened.status).toBe(200);
  await becomesStuck("moved.md", "held", "breaker_open");
  await anHourPasses();
  await page.goto(`${product.url}/stuck`);
  const close = rowOf("moved.md").getByRole("button", { name: /^Close the breaker: / });
  await expect(close).toBeVisible();
  await expect(rowOf("moved.md").getByRole("button", { name: /^Probe now: / })).toHaveCount(0);
  await close.click();
  await expect(page.getByText("Breaker closed")).toBeVisible();
  await settled(product, ids["moved.md"] ?? "");
  await expect(page.getByText("Nothing is stuck")).toBeVisible();
});

test("what cannot be read is an error and no empty list", async () => {
  await page.route("**/api/v1/stuck?**", (route) => route.abort());
  await page.goto(`${product.url}/stuck`);
  await expect(page.getByText("The stuck steps could not be read")).toBeVisible();
  await expect(page.getByText("Nothing is stuck")).toBeHidden();
  await isAccessibleInBoth(page);
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Nothing is stuck")).toBeVisible();
});
