import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { mendFaults, setFault } from "./faults.ts";
import { openConsole } from "./open-console.ts";
import { fitsItsWidth, fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

const document = (name: string) => `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`;
const headline = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
const shown = () => page.getByRole("region", { name: /Gateway|Vector|Blob/ });

async function heldByGateway(): Promise<number | undefined> {
  const schema = z.object({ items: z.array(z.object({ provider: z.string(), heldSteps: z.number() })) });
  const { items } = await ask(product, "/api/v1/providers", schema);
  return items.find(({ provider }) => provider === "gateway")?.heldSteps;
}

test("while all answer, the page says so in one line, and of each what it was asked", async () => {
  await settled(product, await uploadText(product, "first.md", document("first")));
  await page.goto(`${product.url}/files`);
  await expect(page.getByRole("link", { name: "first.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(headline("All providers answer.")).toBeVisible();
  await expect(shown()).toHaveAccessibleName("AI Gateway");
  await expect(shown()).toContainText("Closed");
  await expect(page.getByRole("table", { name: "Services that have no breaker" })).toContainText("QStash");
  await expect(page.getByRole("region", { name: /^Quota in/ })).toContainText("qstash.messages");
  await expect(page.getByText("It has never opened")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("a provider is opened by keys, and its course is drawn once the tick has summed it up", async () => {
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/provider=vector/);
  await expect(shown()).toHaveAccessibleName("Upstash Vector");
  await expect(page.getByRole("figure", { name: "Calls" })).toBeVisible({ timeout: 150_000 });
  await expect(page.getByRole("figure", { name: "Latency" })).toBeVisible();
  await page.getByRole("button", { name: "24 hours" }).click();
  await expect(page).toHaveURL(/range=24h/);
  await expect(page.getByRole("figure", { name: "Calls" })).toBeVisible();
  await isAccessibleInBoth(page);
});

test("a breaker is opened with a reason alone, and closed again; both stay in its history", async () => {
  await page.goto(`${product.url}/providers?provider=vector`);
  await page.getByRole("button", { name: "Open the breaker" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Open the breaker" })).toBeDisabled();
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByLabel("Why").fill("The index is being moved");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Breaker opened")).toBeVisible();
  await expect(headline("Nothing is sent to Upstash Vector: no step waits yet.")).toBeVisible();
  await expect(shown()).toContainText("Opened by hand: The index is being moved");
  await expect(shown().getByRole("button", { name: "Probe now" })).toHaveCount(0);
  await shown().getByRole("button", { name: "Close the breaker" }).click();
  await expect(headline("All providers answer.")).toBeVisible();
  const history = page.getByRole("region", { name: "History of the breaker" });
  await expect(history.getByRole("row")).toHaveCount(3);
  await expect(history).toContainText("By hand: The index is being moved");
});

test("one that is down is told first, with what waits; a probe from the page brings all of it back", async () => {
  await setFault(product.gatewayUrl, { match: "embedding", status: 503 });
  const ids: string[] = [];
  for (let at = 0; at < 12; at += 1)
    ids.push(await uploadText(product, `outage-${at}.md`, document(`outage ${at}`)));
  await expect.poll(heldByGateway, { timeout: 90_000 }).toBe(ids.length);
  await page.goto(`${product.url}/providers`);
  await expect(headline("Nothing is sent to AI Gateway: 12 steps wait.")).toBeVisible();
  await expect(shown()).toHaveAccessibleName("AI Gateway");
  await expect(shown()).toContainText("Open");
  await expect(shown().getByRole("link", { name: "12 steps" })).toHaveAttribute(
    "href",
    "/stuck?reason=breaker-open",
  );
  await isAccessibleInBoth(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await fitsItsWidth(page);
  await isAccessibleInBoth(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await mendFaults(product.gatewayUrl);
  await shown().getByRole("button", { name: "Probe now" }).click();
  await expect(page.getByText("Probe sent")).toBeVisible();
  for (const id of ids) await settled(product, id);
  await expect(shown()).toContainText("Closed");
});

test("what cannot be read is an error by itself, and nothing else goes with it", async () => {
  await page.route("**/api/v1/services", (route) => route.abort());
  await page.route("**/api/v1/providers/*/course?**", (route) => route.abort());
  await page.goto(`${product.url}/providers`);
  await expect(page.getByText("QStash, Neon and the sandbox could not be looked at")).toBeVisible();
  await expect(page.getByText("How AI Gateway answered could not be read")).toBeVisible();
  await expect(page.getByRole("table", { name: /^Providers that steps call/ })).toBeVisible();
  await isAccessibleInBoth(page);
  await page.unrouteAll({ behavior: "wait" });
  await page.route("**/api/v1/providers", (route) => route.abort());
  await page.reload();
  await expect(page.getByText("The providers could not be read")).toBeVisible();
  await expect(page.getByText("All providers answer.")).toBeHidden();
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect(page.getByRole("table", { name: /^Providers that steps call/ })).toBeVisible();
});
