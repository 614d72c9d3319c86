import { expect, type Page, test } from "@playwright/test";
import { openConsole } from "./open-console.ts";
import { fitsItsWidth, isAccessibleInBoth } from "./page-checks.ts";

let page: Page;
let close: () => Promise<void>;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  ({ page, close } = await openConsole(browser, {
    viewport: { width: 1280, height: 800 },
    timezoneId: "Asia/Tokyo",
  }));
});
test.afterAll(() => close());

const pages = () => page.getByRole("navigation", { name: "Pages" });
const places = () => pages().getByRole("list").getByRole("link");

test("the sidebar leads everywhere and says where one is", async () => {
  await page.goto("/files");
  const links = await places().all();
  expect(links.length).toBeGreaterThan(7);
  for (const link of links) {
    const path = await link.getAttribute("href");
    await link.click();
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(link).toHaveAttribute("aria-current", "page");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await isAccessibleInBoth(page, "nav");
});

test("g and a letter, the palette and the help of keys know the same places", async () => {
  await page.goto("/files");
  await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
  const names = await places().allTextContents();
  await page.keyboard.press("Shift+?");
  const help = page.getByRole("dialog", { name: "Keys" });
  for (const name of names) await expect(help.getByText(name, { exact: true })).toBeVisible();
  await isAccessibleInBoth(page);
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/budgets$/);
  await page.keyboard.press("Control+k");
  for (const name of names)
    await expect(page.getByRole("button", { name: `Go to ${name.toLowerCase()}` })).toBeAttached();
  await page.keyboard.type("go to stuck");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/stuck$/);
});

test("the sidebar shrinks to icons, by a key too, and stays so", async () => {
  const width = async () => (await pages().boundingBox())?.width ?? 0;
  await expect.poll(width).toBeGreaterThan(150);
  await page.keyboard.press("[");
  await expect.poll(width).toBeLessThan(60);
  await page.reload();
  await expect.poll(width).toBeLessThan(60);
  // The names are there for who hears the page.
  await expect(pages().getByRole("link", { name: "Failures", exact: true })).toBeVisible();
  await isAccessibleInBoth(page);
  await page.getByRole("button", { name: "Show the names of the places ([)" }).click();
  await expect.poll(width).toBeGreaterThan(150);
});

test("times are shown in UTC when asked for, and stay so", async () => {
  const read = page.getByText(/^as of \d\d:\d\d:\d\d/);
  await expect(read).toBeVisible();
  await expect(read).not.toContainText("UTC");
  await page.getByRole("button", { name: "Local times; change" }).click();
  await expect(read).toContainText("UTC");
  await page.reload();
  await expect(read).toContainText("UTC");
  await page.keyboard.press("t");
  await expect(read).not.toContainText("UTC");
});

test("a pointer and the keyboard are told what a sign means and when exactly something was", async () => {
  await page.goto("/files");
  const hint = page.getByRole("tooltip");
  await page.locator("time").first().hover();
  await expect(hint).toHaveText(/^[\d-]+ [\d:.]+ UTC\s+[\d-]+ [\d:]+ UTC\+09:00$/);
  await page.keyboard.press("Escape");
  await expect(hint).toBeHidden();
  const keys = page.getByRole("button", { name: "Show the keys" });
  await keys.hover();
  await expect(hint).toHaveText("Keys (?)");
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(hint).toBeHidden();
  await page.keyboard.press("Tab");
  await keys.focus();
  await expect(hint).toHaveText("Keys (?)");
  await isAccessibleInBoth(page, "[role=tooltip]");
  await page.keyboard.press("Tab");
  await expect(hint).not.toHaveText("Keys (?)");
});

test("on a narrow screen the places are in a drawer", async () => {
  await page.setViewportSize({ width: 360, height: 720 });
  await expect(pages()).toBeHidden();
  await fitsItsWidth(page);
  await page.getByRole("button", { name: "Pages" }).click();
  await isAccessibleInBoth(page);
  await pages().getByRole("link", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/\/search$/);
  await expect(pages()).toBeHidden();
});

test("without a mouse one gets past the places to the page", async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/files");
  await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
});

test("a list's filters are saved under a name, found by the palette, and shown again by a key", async () => {
  await page.goto("/files?status=failed,held&q=lease");
  await page.getByRole("button", { name: "Saved views" }).click();
  await expect(page.getByText("No view of this page is saved")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.getByRole("menuitem", { name: "Save or remove views…" }).click();
  const dialog = page.getByRole("dialog", { name: "Saved views of this page" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Broken leases");
  await isAccessibleInBoth(page);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const shown = (url: URL) => url.searchParams.get("q") === "lease" && url.searchParams.has("status");
  await page.goto("/files");
  await page.getByRole("heading", { name: "No files yet" }).waitFor();
  await page.keyboard.press("v");
  await expect(page).toHaveURL(shown);
  await page.goto("/stuck");
  await page.getByRole("heading", { name: "Stuck", level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: /Find by id or name/ })).toBeFocused();
  await page.keyboard.type("broken leases");
  await page.getByRole("button", { name: "View Broken leases of files" }).waitFor();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(shown);
  await page.getByRole("button", { name: "Saved views" }).click();
  await expect(page.getByRole("menuitem", { name: "Broken leases" })).toBeFocused();
  await isAccessibleInBoth(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Saved views" })).toBeFocused();
});

test("a list is downloaded as it is filtered", async () => {
  await page.goto("/files?q=lease");
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: "CSV", exact: true })).toBeFocused();
  await isAccessibleInBoth(page);
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV", exact: true }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("files.csv");
  expect(new URL(file.url()).searchParams.get("q")).toBe("lease");
});
