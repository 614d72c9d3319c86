import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import { createDataFolder, type Product, startProduct } from "./product.ts";
import { settled, signIn, uploadText } from "./signed-in.ts";

let data: Awaited<ReturnType<typeof createDataFolder>>;
let product: Product;
let context: BrowserContext;
let page: Page;
test.beforeAll(async ({ browser }) => {
  data = await createDataFolder();
  product = await startProduct(data.path, { control: true });
  const faults = new URL("/__local/faults", product.gatewayUrl);
  const body = JSON.stringify({ match: "embedding", status: 401, times: 2 });
  expect((await fetch(faults, { method: "POST", body })).status).toBe(200);
  for (const [name, text] of [
    ["tide-table.md", "# Tides\n\nHigh water is at four, low water at ten.\n"],
    ["berths.md", "# Berths\n\nBerth seven takes ships of forty metres.\n"],
  ] as const) {
    await settled(product, await uploadText(product, name, text), "failed");
  }
  await signIn(product, browser, `${data.path}/state.json`);
  context = await browser.newContext({ storageState: `${data.path}/state.json` });
  page = await context.newPage();
});
test.afterAll(async () => {
  await context.close();
  await product.stop();
  await data.remove();
});
test.describe.configure({ mode: "serial" });

test("two files that failed in the same way are one row, with their count and their cause", async () => {
  await page.goto(`${product.url}/files`);
  // Keys are heard once the page has read its list.
  await expect(page.getByRole("link", { name: "berths.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page.getByRole("heading", { name: "Failures" })).toBeVisible();
  const rows = page.getByRole("table", { name: "Failure groups" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows.getByText("embed · provider_unauthorized · gateway 401")).toBeVisible();
  await expect(rows.getByText("2 files stand failed")).toBeAttached();
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
});

test("the filters stand in the address, and a list that they empty says so", async () => {
  await page.getByRole("searchbox", { name: "Search in messages and codes" }).fill("no such words");
  await expect(page.getByText("No failure matches")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("q")).toBe("no such words");
  await page.getByRole("button", { name: "Show all failures" }).click();
  await expect(page.getByRole("table", { name: "Failure groups" })).toBeVisible();
});

test("a row is opened by keys, and its page names its files", async () => {
  await page.goto(`${product.url}/failures`);
  await expect(page.getByRole("table", { name: "Failure groups" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 files of 2 stand failed by it now.")).toBeVisible();
  await expect(page.getByText("was at work for the first time.")).toBeVisible();
  const files = page.getByRole("table", { name: "Files of the failure" });
  await expect(files.getByRole("link", { name: "tide-table.md" })).toBeVisible();
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
  await expect(page.getByText("no file has succeeded yet").first()).toBeVisible();
  await fitsNarrowly(page);
  await isAccessibleInBoth(page);
});

test("what the files have in common is compared once, and filters them by one click", async () => {
  let compared = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/common")) compared += 1;
  });
  await page.reload();
  const trait = page.getByRole("button", { name: /^project default/ });
  await trait.click();
  await expect(trait).toHaveAttribute("aria-pressed", "true");
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("attribute"), searchParams.get("value")]).toEqual(["project", "default"]);
  const files = page.getByRole("table", { name: "Files of the failure" });
  await expect(files.locator("tbody tr")).toHaveCount(2);
  await isAccessibleInBoth(page);
  // The group has been read again meanwhile.
  await page.waitForResponse((answer) => /\/failures\/[^/]+$/.test(new URL(answer.url()).pathname));
  expect(compared).toBe(1);
  await page.getByRole("button", { name: "Without the filter project default" }).click();
  await expect(trait).toHaveAttribute("aria-pressed", "false");
  expect(new URL(page.url()).searchParams.get("attribute")).toBeNull();
});

test("a note is written by keys and stands first", async () => {
  const field = page.getByRole("textbox", { name: "New note" });
  for (const text of ["The key was replaced at noon.", "It was the wrong key."]) {
    await field.fill(text);
    await field.press("ControlOrMeta+Enter");
    await expect(field).toHaveValue("");
  }
  const notes = page.getByRole("list", { name: "Notes, newest first" }).getByRole("listitem");
  await expect(notes).toHaveCount(2);
  await expect(notes.first()).toContainText("It was the wrong key.");
  await fitsNarrowly(page);
});

test("a failure is merged into another by keys, and its page leads there", async () => {
  await settled(
    product,
    await uploadText(product, "broken.md", "%PDF-1.7\nThis is no document.\n"),
    "failed",
  );
  const merged = page.url();
  await page.getByRole("button", { name: "Merge" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Merge into another failure" });
  const other = dialog.getByRole("radio");
  await expect(other).toHaveCount(1);
  await expect(dialog.getByRole("searchbox", { name: "Which one stays" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(dialog.getByText("2 failures of 2 files, with the notes")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.keyboard.press("Tab");
  await page.keyboard.type("one cause");
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 files of 3 stand failed by it now.")).toBeVisible();
  await expect(page.getByText("It was the wrong key.")).toBeVisible();
  const stays = page.url();
  await page.goto(merged);
  await expect(page.getByText("It was merged")).toBeVisible();
  await isAccessibleInBoth(page);
  await page
    .getByRole("link", { name: /./ })
    .and(page.locator(`a[href="${new URL(stays).pathname}"]`))
    .click();
  await expect(page.getByText("3 files of 3 stand failed by it now.")).toBeVisible();
});

test("a part of the message splits off what has it, after it was said what goes", async () => {
  await page.getByRole("button", { name: "Split" }).click();
  const dialog = page.getByRole("dialog", { name: "Split off some of its failures" });
  const part = dialog.getByRole("textbox", { name: "Part of the message" });
  await part.fill("no such words");
  await expect(dialog.getByText("No failure of this group has this part.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Split" })).toBeDisabled();
  await part.fill("ey");
  await part.fill("key");
  await expect(dialog.getByText("2 failures of 2 files")).toBeVisible();
  await expect(dialog.getByText("1 failure of 1 file")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await part.press("Enter");
  await expect(page.getByText("2 files of 2 stand failed by it now.")).toBeVisible();
  const files = page.getByRole("table", { name: "Files of the failure" });
  await expect(files.getByRole("link", { name: "berths.md" })).toBeVisible();
});

test("what is resolved leaves the list, is found among all, and can be opened again", async () => {
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(page.getByText("It is said to be mended.")).toBeVisible();
  await page.getByRole("link", { name: "Failures" }).first().click();
  const rows = page.getByRole("table", { name: "Failure groups" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await rows.getByRole("link").click();
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  await page.getByRole("link", { name: "Failures" }).first().click();
  await expect(page.getByText("Nothing fails")).toBeVisible();
  await page.getByRole("button", { name: "Show the resolved and ignored" }).click();
  await expect(rows).toHaveCount(2);
  await rows.first().getByRole("link").click();
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(page.getByRole("button", { name: "Resolve", exact: true })).toBeVisible();
});

test("it is resolved by the deployment that is to mend it, and says so", async () => {
  await page.getByRole("button", { name: "Other ways to resolve it" }).click();
  await page.getByRole("menuitem", { name: "Resolved by a deployment" }).click();
  const dialog = page.getByRole("dialog", { name: "Resolved by a deployment" });
  await dialog.getByRole("textbox", { name: "Deployment that mends it" }).fill("dpl_next");
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.keyboard.press("Enter");
  await expect(page.getByText("It is said to be mended by deployment dpl_next.")).toBeVisible();
});

test("an id that names no failure says so", async () => {
  await page.goto(`${product.url}/failures/group_none`);
  await expect(page.getByText("No failure has this id")).toBeVisible();
});
