import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import type { Product } from "./product.ts";
import { firstAdmin, settled, uploadText } from "./signed-in.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
let budgetId: string;
let fileId: string;

test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

const idSchema = z.object({ id: z.string() });

async function send(method: string, path: string, body: object): Promise<unknown> {
  const answer = await fetch(product.url + path, {
    method,
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${path}`).toBe(true);
  return answer.json();
}

const table = () => page.getByRole("table", { name: /^Entries of the audit log/ });
const rowsOf = (text: string) => table().locator("tbody tr").filter({ hasText: text });
const reasonOf = (name: string) => ({ reason: name });

test("the first entry is who joined, and the page names the rule that keeps the log", async () => {
  await page.goto(`${product.url}/audit`);
  await expect(rowsOf("Joined by an invitation")).toContainText(firstAdmin.name);
  await expect(page.getByText("audit_is_added_to_alone")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.goto(`${product.url}/audit?subject=budget_gone`);
  await expect(page.getByText("No entry matches")).toBeVisible();
  await page.getByRole("button", { name: "Show the whole log" }).click();
  await expect(rowsOf("Joined by an invitation")).toBeVisible();
});

test("each change is a row: who, what, why and from where; unfolded, what stood before and after", async () => {
  const rule = { scope: "project", project: "default", window: "day", timeZone: "UTC", mode: "soft" };
  const made = await send("POST", "/api/v1/budgets", { ...rule, limitNanoUsd: "1000000000" });
  budgetId = idSchema.parse(made).id;
  await send("PATCH", `/api/v1/budgets/${budgetId}`, {
    limitNanoUsd: "2500000000",
    ...reasonOf("The quarter is ending"),
  });
  await send("POST", "/api/v1/providers/vector/breaker", { deed: "open", ...reasonOf("It is being moved") });
  await send("POST", "/api/v1/providers/vector/breaker", { deed: "close" });
  fileId = await uploadText(product, "lease.md", "# Lease\n\nThe tenant pays on the first of the month.\n");
  await settled(product, fileId);
  await send("POST", `/api/v1/files/${fileId}/requeue`, { from: "start", ...reasonOf("New chunk size") });
  await settled(product, fileId);

  await page.goto(`${product.url}/files`);
  await expect(page.getByRole("link", { name: "lease.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(table().locator("tbody tr")).toHaveCount(6);
  const changed = rowsOf("Changed a budget");
  await expect(changed).toContainText("limit $1.00 → $2.50");
  await expect(changed).toContainText("The quarter is ending");
  await expect(changed).toContainText("Node.js");
  await expect(changed).toContainText("by API key");
  await changed.getByRole("button", { name: /^Changed a budget/ }).click();
  const facts = page.getByRole("table", { name: "What stood before and after" });
  await expect(facts.getByRole("row", { name: /Limit/ })).toContainText("$1.00$2.50changed");
  await expect.poll(() => new URL(page.url()).searchParams.get("entry")).toMatch(/^aud_/);
  await isAccessibleInBoth(page);
  await page.reload();
  await expect(facts).toBeVisible();
});

test("the filters stand in the address: about what, by whom, which, in which project and when", async () => {
  await page.goto(`${product.url}/audit`);
  await expect(rowsOf("Requeued a file")).toBeVisible();
  await page.getByRole("searchbox").fill(budgetId);
  await expect(table().locator("tbody tr")).toHaveCount(2);
  await expect.poll(() => new URL(page.url()).searchParams.get("subject")).toBe(budgetId);
  await page.getByRole("button", { name: `Take away About ${budgetId}` }).click();
  await expect(table().locator("tbody tr")).toHaveCount(6);

  await page.getByRole("combobox", { name: "Who" }).click();
  await page.getByRole("option", { name: firstAdmin.name }).click();
  await expect(table().locator("tbody tr")).toHaveCount(1);
  await page.getByRole("button", { name: `Take away Who ${firstAdmin.name}` }).click();
  await expect(table().locator("tbody tr")).toHaveCount(6);

  await page.getByRole("combobox", { name: "Project" }).click();
  await page.getByRole("option", { name: "default" }).click();
  await expect(table().locator("tbody tr")).toHaveCount(3);
  await page.getByRole("button", { name: "What" }).click();
  await page.getByRole("checkbox", { name: "Requeued a file" }).check();
  await expect(table().locator("tbody tr")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("list", { name: "Filters that are on" })).toContainText("Requeued a file");
  await isAccessibleInBoth(page);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(table().locator("tbody tr")).toHaveCount(6);

  await page.goto(`${product.url}/audit?until=2020-01-01T00:00:00.000Z`);
  await expect(page.getByText("No entry matches")).toBeVisible();
});

test("an entry is unfolded and its file opened by keys alone", async () => {
  await page.goto(`${product.url}/audit`);
  await expect(rowsOf("Requeued a file")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "What stood before and after" })).toContainText("Status");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "lease.md" }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "lease.md" })).toBeVisible();
});

test("what is shown is exported, as CSV and as JSON", async () => {
  await page.goto(`${product.url}/audit?subject=${budgetId}`);
  await expect(table().locator("tbody tr")).toHaveCount(2);
  for (const form of ["CSV", "JSON"]) {
    await page.getByRole("button", { name: "Export" }).click();
    await expect(page.getByText("up to 100,000 rows")).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: form }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(`audit.${form.toLowerCase()}`);
    const text = await readFile(await saved.path(), "utf8");
    expect(text).toContain("budget.change");
    expect(text).not.toContain("file.requeue");
  }
});

test("it fits a narrow screen, folded and unfolded", async () => {
  await page.goto(`${product.url}/audit`);
  await rowsOf("Changed a budget")
    .getByRole("button", { name: /^Changed a budget/ })
    .click();
  await expect(page.getByRole("table", { name: "What stood before and after" })).toBeVisible();
  await fitsNarrowly(page);
});

test("what cannot be read is an error and no empty log", async () => {
  await page.route("**/api/v1/audit?**", (route) => route.abort());
  await page.goto(`${product.url}/audit`);
  await expect(page.getByText("The audit log could not be read")).toBeVisible();
  await expect(page.getByText("Nobody has changed anything yet")).toBeHidden();
  await isAccessibleInBoth(page);
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rowsOf("Requeued a file")).toBeVisible();
});
