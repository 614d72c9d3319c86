import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { ledgerEntryViewSchema, ledgerTotalsSchema } from "../../src/costs/ledger/ledger-view.ts";
import { priceViewSchema } from "../../src/costs/prices/price-view.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { isAccessible, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

const query = "meter=embedding.tokens&provider=waybill&model=waybill/lexical-1536";
let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser));
  const text = (n: number) => `# Tides of day ${n}\n\nHigh water is at ${n}, low water at ${n + 6}.\n`;
  const files = await Promise.all([1, 2, 3].map((n) => uploadText(product, `day-${n}.md`, text(n))));
  await Promise.all(files.map((fileId) => settled(product, fileId)));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

async function open(path = "/budgets/prices"): Promise<Page> {
  const page = await newPage();
  await page.goto(product.url + path);
  // The table is there before the prices are, and so are its keys.
  await expect(page.getByRole("button", { name: "qstash.messages" })).toBeVisible();
  return page;
}

const tokens = (page: Page) => page.getByRole("row").filter({ hasText: "waybill/lexical-1536" }).first();
const readLedger = () => ask(product, `/api/v1/ledger?limit=500&${query}`, listOf(ledgerEntryViewSchema));
const readTotals = () => ask(product, `/api/v1/ledger/totals?${query}`, ledgerTotalsSchema);
const readPrices = () =>
  ask(product, `/api/v1/prices?${query}`, z.object({ items: z.array(priceViewSchema) }));

test("a wrong price is corrected: first what would change, asked once, then other entries beside the wrong ones", async () => {
  const before = await readLedger();
  const present = BigInt((await readTotals()).nanoUsd);
  expect(before.items).toHaveLength(3);
  const page = await open();
  await expect(tokens(page)).toContainText("$0.02 per million tokens");
  await tokens(page).getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: /From when the present one began/ })).toBeChecked();
  await expect(dialog.getByLabel("for so many tokens")).toHaveValue("1,000,000");
  await dialog.getByLabel("Dollars").fill("0.05");
  await dialog.getByLabel("Where it was read").fill("https://prices.example.com/tokens, read again");
  await dialog.getByRole("button", { name: "See what changes" }).click();
  await expect(dialog.getByText(/^It concerns 3 entries from 2026-01-01 00:00 UTC on\./)).toBeVisible();
  // Two and a half times as much, to the last digit.
  expect((present * 5n) % 2n).toBe(0n);
  const row = dialog.getByRole("row", { name: /default/ });
  await expect(row.getByRole("cell").nth(1)).toHaveText("3");
  expect((await readLedger()).items).toEqual(before.items);
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByRole("button", { name: "Add it and correct the entries" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(tokens(page)).toContainText("$0.05 per million tokens");

  await expect.poll(async () => (await readTotals()).nanoUsd).toBe(((present * 5n) / 2n).toString());
  const after = await readLedger();
  const adjusting = after.items.filter(({ adjusts }) => adjusts !== null);
  expect(adjusting.map(({ adjusts }) => adjusts).toSorted()).toEqual(
    before.items.map(({ id }) => id).toSorted(),
  );
  expect(after.items.filter(({ adjusts }) => adjusts === null)).toEqual(before.items);

  const history = page.getByRole("list", { name: /History of embedding.tokens/ });
  await expect(history.getByRole("listitem")).toHaveCount(2);
  await expect(history.getByRole("listitem").first()).toContainText("3 of 3 entries adjusted");
  await expect(history.getByRole("listitem").last()).toContainText("replaced");
  await expect(history.getByRole("listitem").last()).toContainText("$0.02 per million tokens");
  await expect(history.getByRole("link", { name: "prices.example.com/tokens" })).toBeVisible();

  await history.getByRole("link", { name: "the entries that correct them" }).click();
  const corrections = page.getByRole("table").getByRole("link", { name: "corrects an entry" });
  await expect(corrections).toHaveCount(3);
  await corrections.first().click();
  // Both: the entry, unfolded, and the one that corrects it.
  await expect(page.getByText(/× 20 nano-USD a token/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Totals" }).getByText("2 entries")).toBeVisible();
  await page.context().close();
});

test("a price of something new, from a time to come, changes nothing and waits for its time", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Add a price" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "See what changes" }).click();
  for (const sentence of [
    "Choose what is counted",
    "Who is paid",
    "An amount in dollars",
    "Where it was read, in",
  ])
    await expect(dialog.getByText(sentence)).toBeVisible();
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByLabel("What is counted").click();
  await page.getByRole("option", { name: "embedding.tokens" }).click();
  await dialog.getByLabel("Provider").fill("openai");
  await dialog.getByLabel("Model").fill("openai/text-embedding-4");
  await dialog.getByLabel("Dollars").fill("0.01");
  await dialog.getByLabel("Where it was read").fill("the announcement");
  await dialog.getByRole("radio", { name: "From another time" }).check();
  await dialog.getByLabel("From (UTC)").fill("2026-03-01T00:07");
  await dialog.getByRole("button", { name: "See what changes" }).click();
  await expect(dialog.getByText(/begins on a quarter hour/)).toBeVisible();
  await dialog.getByLabel("From (UTC)").fill("2999-01-01T00:00");
  await dialog.getByRole("button", { name: "See what changes" }).click();
  await expect(dialog.getByText("No entry changes: it begins at 2999-01-01 00:00 UTC.")).toBeVisible();
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("No entry was made at another.")).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "openai/text-embedding-4" }).first();
  await expect(row).toContainText("not yet");
  await expect(row).toContainText("from 2999-01-01 00:00 UTC");
  await page.context().close();
});

test("what the API refuses is said at its field, and the same request twice is one price", async () => {
  const page = await open();
  await tokens(page).getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "From now on" }).check();
  await page.route("**/api/v1/prices/preview", (route) =>
    route.fulfill({
      status: 400,
      json: {
        error: {
          code: "malformed_request",
          message: "The request could not be read.",
          details: { source: "is on no list of ours" },
        },
      },
    }),
  );
  await dialog.getByRole("button", { name: "See what changes" }).click();
  await expect(dialog.getByText("is on no list of ours")).toBeVisible();
  await expect(dialog.getByLabel("Where it was read")).toHaveAttribute("aria-invalid", "true");
  await page.unroute("**/api/v1/prices/preview");
  await dialog.getByRole("button", { name: "See what changes" }).click();
  await expect(dialog.getByText(/No entry changes/)).toBeVisible();
  // The answer is lost; it was taken all the same.
  await page.route(
    "**/api/v1/prices",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  const count = (await readPrices()).items.length;
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The server did not answer");
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(dialog).toHaveCount(0);
  expect((await readPrices()).items.length).toBe(count + 1);
  await page.context().close();
});

test("how far a correction has come is shown while it goes on", async () => {
  const page = await open();
  let entries = 500;
  await page.route("**/api/v1/prices", async (route) => {
    const answer = await route.fetch();
    const { items } = z.object({ items: z.array(priceViewSchema) }).parse(await answer.json());
    const corrected = items.map((price) =>
      price.correction === null
        ? price
        : { ...price, correction: { ...price.correction, state: "running", entries, adjusted: entries - 1 } },
    );
    entries += 500;
    await route.fulfill({ response: answer, json: { items: corrected } });
  });
  await page.reload();
  await expect(tokens(page)).toContainText(/Correcting: 1,\d00 entries looked at, [\d,]+ adjusted so far/);
  await page.unrouteAll({ behavior: "wait" });
  await expect(tokens(page)).not.toContainText("Correcting");
  await page.context().close();
});

for (const scheme of ["light", "dark"] as const) {
  test(`everybody can use the price book (${scheme})`, async () => {
    const page = await open();
    await page.emulateMedia({ colorScheme: scheme });
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("list", { name: /^History of/ })).toBeVisible();
    await isAccessible(page);
    await page.context().close();
  });
}
