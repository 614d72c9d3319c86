import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { chunkViewSchema, fileViewSchema, listOf } from "../../src/pipeline/files/file-view.ts";
import { messageViewSchema } from "../../src/pipeline/files/message-view.ts";
import { foundPlacesSchema } from "../../src/pipeline/find/found-view.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { fitsItsWidth, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
let fileId: string;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser));
  fileId = await upload("lighthouse-manual.pdf", "application/pdf", manualPdf({ pages: 14 }));
  await upload(
    "tide-table.md",
    "text/markdown",
    Buffer.from("# Tides\n\n| hour | height |\n| - | - |\n| 4 | 2.1 m |\n"),
  );
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

/** Uploads a document and waits until its run has ended well. */
async function upload(name: string, type: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob([Uint8Array.from(bytes)], { type }), name);
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  const accepted = z.object({ fileId: z.string() }).parse(await answer.json());
  await expect
    .poll(async () => (await ask(product, `/api/v1/files/${accepted.fileId}`, fileViewSchema)).status)
    .toBe("succeeded");
  return accepted.fileId;
}

async function open(path: string, width = 1280): Promise<Page> {
  const page = await newPage({ viewport: { width, height: 800 } });
  await page.goto(path);
  return page;
}

test("an id of any kind, pasted into the box, leads to its place", async () => {
  const file = await ask(product, `/api/v1/files/${fileId}`, fileViewSchema);
  const run = file.runHistory[0];
  const step = run?.steps.find(({ name }) => name === "embed");
  const attempt = step?.attempts[0];
  const places: [id: string, address: RegExp][] = [
    [fileId, new RegExp(`/files/${fileId}$`)],
    [run?.id ?? "", /run=1/],
    [run?.traceId ?? "", /tab=trace/],
    [step?.id ?? "", /step=embed/],
    [attempt?.spanId ?? "", new RegExp(`tab=trace.*span=${attempt?.spanId}`)],
    [attempt?.messageId ?? "", /tab=messages.*message=/],
    [file.contentHash, new RegExp(`/files/${fileId}$`)],
    ["house-man", new RegExp(`/files/${fileId}$`)],
  ];
  const page = await open("/files");
  for (const [id, address] of places) {
    await page.getByRole("button", { name: /Find by any id or name/ }).click();
    const field = page.getByRole("textbox", { name: /Find by id or name/ });
    await expect(field).toBeFocused();
    await field.fill(id);
    await expect(page.getByRole("button", { name: /lighthouse-manual\.pdf/ })).toHaveCount(1);
    await field.press("Enter");
    await expect(page, `${id} leads to its place`).toHaveURL(address);
    await expect(page.getByRole("heading", { name: "lighthouse-manual.pdf" })).toBeVisible();
  }
  await page.context().close();
});

test("the palette opens by the keyboard, runs commands, and says when nothing is found", async () => {
  const page = await open("/search");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("textbox", { name: /Find by id or name/ });
  await field.fill("file_nothing");
  await expect(page.getByText(/Nothing has this id or name/)).toBeVisible();
  await field.fill("go to files");
  await field.press("Enter");
  await expect(page).toHaveURL(/\/files$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
  await page.goto(`/files/${fileId}?tab=costs`);
  await page.getByRole("heading", { name: "lighthouse-manual.pdf" }).waitFor();
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await field.fill("tide");
  await expect(page.getByRole("button", { name: /tide-table\.md/ })).toBeVisible();
  await isAccessibleInBoth(page);
  await page.context().close();
});

/** Holds back the script of the palette: `asked` settles once the page wants it, `release` lets it come. */
async function holdPalette(page: Page) {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("Paste any id, or type a name")) {
      asked.resolve();
      await released.promise;
    }
    await route.fulfill({ response });
  });
  return { asked: asked.promise, release: released.resolve };
}

test("what is typed before the palette has come stands in its field, and is no key of the page", async () => {
  const page = await open("about:blank");
  const palette = await holdPalette(page);
  await page.goto(`/files/${fileId}?tab=attempts`);
  await page.getByRole("heading", { name: "lighthouse-manual.pdf" }).waitFor();
  await palette.asked;
  const address = page.url();
  const unturned = page.getByRole("button", { name: "Local times; change" });
  await expect(unturned).toBeVisible();
  await page.keyboard.press("/");
  // To the files, to the failures, a requeue, the clock, the help of keys, a link: all that is the page's.
  await page.keyboard.type("gfgftider?");
  for (const key of ["Backspace", "Backspace", "Tab", "Enter", " "]) await page.keyboard.press(key);
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "table\n");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  });
  palette.release();
  const field = page.getByRole("textbox", { name: /Find by id or name/ });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("gfgftide table");
  await page.keyboard.type("s");
  await expect(field).toHaveValue("gfgftide tables");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(page).toHaveURL(address);
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
  await expect(unturned).toBeVisible();
  await page.context().close();
});

test("Escape calls the palette off before it has come, and the page has its keys again", async () => {
  const page = await open("about:blank");
  const palette = await holdPalette(page);
  await page.goto("/files");
  const rows = page.locator("[data-row-link]");
  await rows.first().waitFor();
  await palette.asked;
  await page.keyboard.press("Control+k");
  await page.keyboard.type("jx");
  await expect(page.locator("[data-row-link]:focus, [data-chosen=true]")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(rows.first()).toBeFocused();
  palette.release();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("textbox", { name: /Find by id or name/ });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("");
  await page.keyboard.type("go to failures");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/failures$/);
  await page.context().close();
});

test("pages are shown beside their pictures, from any page on, and chunks lead to theirs", async () => {
  const page = await open(`/files/${fileId}?tab=pages`);
  const picture = page.getByRole("img", { name: "Page 1 as it looks" });
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0)))
    .toBe(1_000);
  await isAccessibleInBoth(page);
  await page.getByRole("textbox", { name: "From page" }).fill("13");
  await page.getByRole("button", { name: "Go" }).click();
  await expect(page).toHaveURL(/page=13/);
  await expect(page.getByRole("heading", { name: "Page 13" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Page 1", exact: true })).toBeHidden();

  const chunks = await ask(product, `/api/v1/files/${fileId}/chunks`, listOf(chunkViewSchema));
  await page.getByRole("tab", { name: /Chunks/ }).click();
  await expect(page.getByText("Vector paid by this run").first()).toBeVisible();
  await expect(page.getByText(chunks.items[0]?.vectorId ?? "nothing").first()).toBeVisible();
  await isAccessibleInBoth(page);
  await page
    .getByRole("link", { name: /^pages? 1\b/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Page 1", exact: true })).toBeVisible();
  await page.context().close();
});

test("messages tell what QStash logged, once the tick has copied it", async () => {
  const states = async () => {
    const { items } = await ask(product, `/api/v1/files/${fileId}/messages`, listOf(messageViewSchema));
    return items[0]?.states.map(({ state }) => state) ?? [];
  };
  await expect.poll(states, { timeout: 90_000 }).toEqual(["CREATED", "ACTIVE", "DELIVERED"]);
  const page = await open(`/files/${fileId}?tab=messages`);
  await expect(page.getByText("delivered", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("taken in", { exact: true }).first()).toBeVisible();
  await isAccessibleInBoth(page);
  await page
    .getByRole("link", { name: /embed, attempt 1/ })
    .first()
    .click();
  await expect(page).toHaveURL(/tab=trace.*span=/);
  await page.context().close();
});

test("the times of messages are by the clock that is chosen", async () => {
  const page = await newPage({ timezoneId: "Asia/Tokyo" });
  await page.goto(`${product.url}/files/${fileId}?tab=messages`);
  const time = page.getByRole("list", { name: "States" }).first().locator("time").first();
  await expect(time).toHaveText(/^[\d-]+ [\d:.]+ UTC\+09:00$/);
  await page.keyboard.press("t");
  await expect(time).toHaveText(/^[\d-]+ [\d:.]+ UTC$/);
  await page.context().close();
});

test("the find API answers nobody without a key", async ({ request }) => {
  expect((await request.get(`${product.url}/api/v1/find?id=${fileId}`)).status()).toBe(401);
  expect(await ask(product, "/api/v1/find?id=zzzzzz", foundPlacesSchema)).toEqual([]);
});

test("on a narrow screen nothing is wider than the screen, nor hidden at the side of a table", async () => {
  for (const tab of ["trace", "attempts", "costs", "pages", "chunks", "messages"]) {
    const page = await open(`/files/${fileId}?tab=${tab}`, 360);
    const panel = page.getByRole("tabpanel");
    await panel.waitFor();
    await page.waitForLoadState("networkidle");
    await fitsItsWidth(page);
    const hidden = await panel
      .locator("section")
      .evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth).length);
    expect(hidden, tab).toBe(0);
    await page.context().close();
  }
});
