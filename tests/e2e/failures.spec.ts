import { expect, type Page, test } from "@playwright/test";
import { setFault } from "./faults.ts";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import type { Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
  await refuseEmbeddings(2);
  for (const [name, text] of [
    ["tide-table.md", "# Tides\n\nHigh water is at four, low water at ten.\n"],
    ["berths.md", "# Berths\n\nBerth seven takes ships of forty metres.\n"],
  ] as const) {
    await settled(product, await uploadText(product, name, text), "failed");
  }
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

/** The next embeddings are refused as if the key were wrong. */
async function refuseEmbeddings(times: number): Promise<void> {
  await setFault(product.gatewayUrl, { match: "embedding", status: 401, times });
}

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
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("no such words");
  await page.getByRole("button", { name: "Show all failures" }).click();
  await expect(page.getByRole("table", { name: "Failure groups" })).toBeVisible();
});

test("a row is opened by keys, and its page names its files", async () => {
  await page.goto(`${product.url}/failures`);
  // The table stands before its rows do, and keys have nothing to move to until then.
  await expect(page.locator("[data-row-link]").first()).toBeVisible();
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
  const filter = () => {
    const { searchParams } = new URL(page.url());
    return [searchParams.get("attribute"), searchParams.get("value")];
  };
  await expect.poll(filter).toEqual(["project", "default"]);
  const files = page.getByRole("table", { name: "Files of the failure" });
  await expect(files.locator("tbody tr")).toHaveCount(2);
  await isAccessibleInBoth(page);
  // The group has been read again meanwhile.
  await page.waitForResponse((answer) => /\/failures\/[^/]+$/.test(new URL(answer.url()).pathname));
  expect(compared).toBe(1);
  await page.getByRole("button", { name: "Without the filter project default" }).click();
  await expect(trait).toHaveAttribute("aria-pressed", "false");
  await expect.poll(filter).toEqual([null, null]);
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

test("it is ignored until a time by keys, for a reason, and the page and the list say until when", async () => {
  await page.getByRole("button", { name: "Ignore" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Ignore this failure" });
  await expect(dialog.getByRole("radio", { name: "Until a time" })).toBeFocused();
  const until = dialog.getByLabel("Open again at (your time)");
  await until.fill("2026-01-01T08:00");
  await expect(dialog.getByText("This time is over.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Ignore" })).toBeDisabled();
  await isAccessibleInBoth(page);
  await dialog.getByRole("button", { name: "Tomorrow morning" }).click();
  await expect(until).toHaveValue(/T08:00$/);
  await expect(dialog.getByText("tomorrow 08:00, whether it has failed since or not")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await dialog.getByRole("textbox", { name: "Why (may be left out)" }).fill("The key comes tomorrow");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^It is ignored until tomorrow 08:00 \(.+ UTC\)\. 2 files/)).toBeVisible();
  await page.goto(`${product.url}/failures?state=ignored`);
  const rows = page.getByRole("table", { name: "Failure groups" }).locator("tbody tr");
  await expect(rows.getByText("ignored until tomorrow 08:00")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await rows.getByRole("link").click();
  await page.getByRole("button", { name: "Open again" }).click();
});

test("it is ignored for ever, until somebody opens it", async () => {
  await page.getByRole("button", { name: "Ignore" }).click();
  const dialog = page.getByRole("dialog", { name: "Ignore this failure" });
  await dialog.getByRole("radio", { name: "For ever" }).check();
  await expect(dialog.getByText("never by itself")).toBeVisible();
  await dialog.getByRole("button", { name: "Ignore" }).click();
  await expect(page.getByText(/^It is ignored for ever\. /)).toBeVisible();
  await page.getByRole("button", { name: "Open again" }).click();
});

test("it is ignored until it has failed once more, and is open when it has", async () => {
  await page.getByRole("button", { name: "Ignore" }).click();
  const dialog = page.getByRole("dialog", { name: "Ignore this failure" });
  await dialog.getByRole("radio", { name: "Until it has failed more often" }).check();
  await dialog.getByRole("textbox", { name: "More failures" }).fill("1");
  await expect(dialog.getByText("with the next failure")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^It is ignored until it has failed once more\. /)).toBeVisible();
  await refuseEmbeddings(1);
  await settled(product, await uploadText(product, "moorings.md", "# Moorings\n\nNine buoys.\n"), "failed");
  await expect(page.getByText("3 files of 3 stand failed by it now.", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Ignore" })).toBeVisible();
});

test("when the time is over it is open, though it has not failed again", async () => {
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const until = new Date(Date.now() + 1500).toISOString();
  const answer = await fetch(`${product.url}/api/v1/failures/${id}/state`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ state: "ignored", until }),
  });
  expect(answer.status).toBe(200);
  await page.reload();
  await expect(page.getByText(/^It is ignored until today /)).toBeVisible();
  // A minute of QStash's clock is one more tick.
  await expect(async () => {
    const clock = new URL("/__local/clock/advance", product.qstashUrl);
    await fetch(clock, { method: "POST", body: JSON.stringify({ ms: 60_000 }) });
    await expect(page.getByRole("button", { name: "Ignore" })).toBeVisible({ timeout: 6000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText("3 files of 3 stand failed by it now.", { exact: true })).toBeVisible();
});

test("what is resolved leaves the list, is found among all, and can be opened again", async () => {
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(page.getByText("It is said to be mended by deployment local.")).toBeVisible();
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
