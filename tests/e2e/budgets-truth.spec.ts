import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { setFault } from "./faults.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { fitsItsWidth, isAccessible } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser, { control: true }));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

async function ingest(name: string, text: string): Promise<void> {
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob([text], { type: "text/markdown" }), name);
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  const { fileId } = z.object({ fileId: z.string() }).parse(await answer.json());
  const status = async () => (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status;
  await expect.poll(status, { timeout: 90_000 }).toBe("succeeded");
}

async function open(page: Page): Promise<void> {
  await page.goto(`${product.url}/budgets/truth`);
  await expect(page.getByRole("list", { name: "Meters" })).toBeVisible();
}

const row = (page: Page, meter: string) =>
  page
    .getByRole("list", { name: "Meters" })
    .getByRole("listitem")
    .filter({
      has: page.getByRole("heading", { name: meter }),
    });

test.describe("the truth about the ledger", () => {
  let page: Page;
  test.beforeEach(async () => {
    page = await newPage();
  });
  test.afterEach(() => page.context().close());

  test("shows meter by meter that the ledger has what was metered, and opens its entries", async () => {
    await ingest("tide-table.md", "# Tides\n\nHigh water is at four, low water at ten.\n");
    await open(page);
    await expect(page.getByText("Nothing is unexplained.")).toBeVisible();
    await expect(row(page, "vector.writes")).toContainText("agrees");
    await expect(row(page, "qstash.messages")).toContainText("QStash's log");
    await expect(row(page, "compute.ms")).toContainText("not asked");
    await expect(row(page, "vector.writes").getByRole("link")).toHaveAttribute(
      "href",
      /^\/budgets\/ledger\?meter=vector\.writes&/,
    );
    await isAccessible(page);
  });

  test("explains a call whose answer was lost, and counts its entries", async () => {
    await setFault(product.gatewayUrl, { match: "embedding", drop: "before", times: 1 });
    await ingest("lost.md", "# Lost\n\nThe gateway never sees this call.\n");
    await open(page);
    const tokens = row(page, "embedding.tokens");
    await expect(tokens).toContainText("explained");
    await expect(tokens).toContainText(/no answer came up to \d+ more/);
    await expect(tokens.getByRole("link", { name: "1 entry" })).toHaveAttribute("href", /estimated=true/);
    await isAccessible(page);
  });

  test("says red what nothing explains, on a narrow screen too", async () => {
    // The key of the gateway is the product's alone otherwise.
    await fetch(`${product.gatewayUrl}/embedding-model`, {
      method: "POST",
      headers: { authorization: `Bearer ${product.gatewayKey}`, "ai-model-id": "waybill/lexical-1536" },
      body: JSON.stringify({ values: ["bought behind the ledger's back ".repeat(2_000)] }),
    });
    await page.setViewportSize({ width: 360, height: 800 });
    await open(page);
    await expect(page.getByText("There are differences that nothing explains.")).toBeVisible();
    await expect(row(page, "embedding.tokens")).toContainText(
      /Nothing explains −[\d,]+ \(token\), −\u2060\$0\.\d+/,
    );
    await fitsItsWidth(page);
    await isAccessible(page);
  });

  test("names a provider that cannot be asked, and never shows its meter as zero", async () => {
    await setFault(product.gatewayUrl, { match: "/v1/report", status: 503 });
    await open(page);
    await expect(page.getByText("AI Gateway's report answered 503.").first()).toBeVisible();
    await expect(row(page, "embedding.tokens")).toContainText("not asked");
    await expect(page.getByText("Nothing is unexplained, but not everybody could be asked.")).toBeVisible();
  });

  test("that cannot be read itself says so, and reads it when it is asked again", async () => {
    await page.route("**/api/v1/costs/truth?**", (route) => route.abort());
    await page.goto(`${product.url}/budgets/truth`);
    await expect(page.getByText("The meters could not be read")).toBeVisible();
    await page.unroute("**/api/v1/costs/truth?**");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("list", { name: "Meters" })).toBeVisible();
  });
});
