import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { routeSampleTrace, sampledFileId } from "../support/console/route-sample-trace.ts";
import {
  type SampleTrace,
  sampleOriginMs,
  sampleTrace,
  sampleUnderWay,
} from "../support/console/sample-trace.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { type OpenedConsole, openConsole } from "./open-console.ts";
import { isAccessibleInBoth } from "./page-checks.ts";
import type { Product } from "./product.ts";

let product: Product;
let newPage: OpenedConsole["newPage"];
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, newPage, close } = await openConsole(browser, { viewport: { width: 1280, height: 900 } }));
});
test.afterAll(() => close());

const sample = sampleTrace(400);

/** Opens the trace tab of the sampled file, whose trace is what `trace` says at each moment. */
async function openSample(
  query = "",
  trace: () => SampleTrace = () => sample,
  nowMs?: number,
): Promise<Page> {
  const page = await newPage();
  if (nowMs !== undefined) await page.clock.setFixedTime(nowMs);
  await routeSampleTrace(page, trace);
  await page.goto(`${product.url}/files/${sampledFileId}?tab=trace${query}`);
  await expect(page.getByRole("treeitem").first()).toBeVisible();
  return page;
}

const tree = (page: Page) => page.getByRole("tree", { name: "Spans" });
const row = (page: Page, name: RegExp) => page.getByRole("treeitem", { name });
/** The shards of extract in the second run, as one row. */
const secondExtract = /^process extract ×2\d/;

test("a document's own trace is drawn, and a span's attributes are read when it is opened", async () => {
  const form = new FormData();
  form.append("project", "default");
  const bytes = Uint8Array.from(manualPdf({ pages: 40 }));
  form.append("file", new Blob([bytes], { type: "application/pdf" }), "manual.pdf");
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  const { fileId } = z.object({ fileId: z.string() }).parse(await answer.json());

  const page = await newPage();
  await page.goto(`${product.url}/files/${fileId}?tab=trace`);
  await expect(row(page, /^process finalize/)).toBeVisible();
  // On its name: the bars of the row stand for its waits too.
  await row(page, /^process inspect/)
    .getByText("inspect")
    .click();
  const details = page.getByRole("complementary");
  await expect(details.getByText("waybill.run.id")).toBeVisible();
  await expect(details.getByText("messaging.message.id")).toBeVisible();
  await page.context().close();
});

test("fan-outs are folded into one row that says what is in them, and unfold on demand", async () => {
  const page = await openSample();
  const shards = row(page, secondExtract);
  await expect(shards).toHaveAttribute("aria-expanded", "false");
  await expect(shards).toHaveAccessibleName(/slowest \d+ ms/);
  await expect(row(page, /^process embed ×4/)).toHaveAccessibleName(/1 failed, \d tried again/);
  await expect(row(page, /^process extract 7 /)).toHaveCount(0);
  await shards.locator("[data-toggle]").click();
  await expect(shards).toHaveAttribute("aria-expanded", "true");
  await expect(row(page, /^process extract 7 /)).toHaveCount(1);
  await expect(page).toHaveURL(/folds=2\.extract/);
  await page.context().close();
});

test("the tree is walked, unfolded and left by keys alone", async () => {
  const page = await openSample();
  await tree(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(row(page, /^Run 1/)).toHaveAttribute("data-cursor", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(row(page, /^Run 1/)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(row(page, /^receive upload/).first()).toHaveAttribute("data-cursor", "true");
  const active = await tree(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`#${active}`)).toHaveAttribute("data-cursor", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: /receive upload/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("complementary", { name: /process inspect/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await page.context().close();
});

test("the time line is zoomed and moved by keys, wheel and hand, and shown whole again", async () => {
  const page = await openSample();
  const zoom = () => {
    const [from, to] = (new URL(page.url()).searchParams.get("zoom") ?? "").split("~").map(Number);
    return from === undefined || to === undefined ? null : { from, width: to - from };
  };
  await page.keyboard.press("+");
  await expect.poll(zoom).not.toBeNull();
  const byKey = zoom();
  await page.keyboard.press("d");
  await expect.poll(() => zoom()?.from).toBeGreaterThan(byKey?.from ?? 0);
  await page.keyboard.press("0");
  await expect.poll(zoom).toBeNull();

  const box = await tree(page).boundingBox();
  const x = (box?.x ?? 0) + (box?.width ?? 0) * 0.6;
  await page.mouse.move(x, (box?.y ?? 0) + 60);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await expect.poll(zoom).not.toBeNull();
  await page.getByRole("button", { name: "Reset zoom" }).click();
  await expect.poll(zoom).toBeNull();

  const ruler = page.getByTitle("Drag to zoom, double click to show everything");
  const line = await ruler.boundingBox();
  const y = (line?.y ?? 0) + 10;
  await page.mouse.move((line?.x ?? 0) + 20, y);
  await page.mouse.down();
  await page.mouse.move((line?.x ?? 0) + 220, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(zoom).not.toBeNull();
  await ruler.dblclick({ position: { x: 300, y: 10 } });
  await expect.poll(zoom).toBeNull();
  await page.context().close();
});

test("bars are taken and moved while a part of the time is in sight, and a press is still a click", async () => {
  const page = await openSample("&zoom=3600500~3601500");
  const from = () => Number(new URL(page.url()).searchParams.get("zoom")?.split("~")[0]);
  const bars = row(page, secondExtract).locator("[data-bars]");
  await bars.scrollIntoViewIfNeeded();
  const box = await bars.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 120, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(from).toBeGreaterThan(3_600_500);
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await page.mouse.click(x, y);
  await expect(page.getByRole("complementary")).toHaveCount(1);
  await page.context().close();
});

test("the map of the whole is dragged over to zoom, and the part in sight is taken and moved", async () => {
  const page = await openSample();
  const zoom = () => {
    const [from, to] = (new URL(page.url()).searchParams.get("zoom") ?? "").split("~").map(Number);
    return from === undefined || to === undefined ? null : { from, to };
  };
  const map = await page.locator("canvas").boundingBox();
  const [left, width, y] = [map?.x ?? 0, map?.width ?? 0, (map?.y ?? 0) + 20];
  await page.mouse.move(left + width * 0.7, y);
  await page.mouse.down();
  await page.mouse.move(left + width * 0.8, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(zoom).not.toBeNull();
  const before = zoom();
  await page.mouse.move(left + width * 0.75, y);
  await page.mouse.down();
  await page.mouse.move(left + width * 0.85, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => zoom()?.from).toBeGreaterThan(before?.from ?? Number.POSITIVE_INFINITY);
  await page.mouse.dblclick(left + width * 0.85, y);
  await expect.poll(zoom).toBeNull();
  await page.context().close();
});

test("a pointer that rests on a bar is told its time at once, and its attributes when they have been read", async () => {
  const page = await openSample();
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/spans/")) asked += 1;
  });
  const rest = (name: RegExp) => row(page, name).first().locator("[data-place]").last().hover();
  await rest(/^process inspect/);
  await expect(page.getByText(/, from .* to /)).toBeVisible();
  await expect(page.getByText(/^msg-r\d\.inspect/)).toBeVisible();
  expect(asked).toBe(1);
  await rest(/^receive upload/);
  await expect(page.getByText(/^msg-r\d\.inspect/)).toHaveCount(0);
  await page.context().close();
});

test("a stop of the route leads to its row, and a key zooms to it", async () => {
  const page = await openSample();
  await page.getByRole("region", { name: "Route of the document" }).getByText("extract").click();
  await expect(row(page, secondExtract)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("complementary", { name: /process extract ×/ })).toBeVisible();
  await page.keyboard.press("f");
  await expect(page).toHaveURL(/zoom=/);
  await expect(
    row(page, /^receive upload/)
      .first()
      .getByTitle("Bring it into sight"),
  ).toHaveText("◂");
  await page.context().close();
});

test("the critical path is marked, in a fan-out as well as in the shard that ended last", async () => {
  const page = await openSample();
  await expect(page.getByRole("list", { name: "Colours" })).toContainText("Critical path");
  await expect(row(page, secondExtract).locator("[data-critical]")).toHaveCount(1);
  await row(page, secondExtract).locator("[data-toggle]").click();
  await expect(
    row(page, /^process extract 1 /)
      .last()
      .locator("[data-critical]"),
  ).not.toHaveCount(0);
  await expect(
    row(page, /^process extract 2 /)
      .last()
      .locator("[data-critical]"),
  ).toHaveCount(0);
  await page.context().close();
});

test("a word is found in names and errors at once, in attributes by the server, and stepped through", async () => {
  const page = await openSample();
  await page.keyboard.press("/");
  await page.keyboard.type("model_refused");
  await expect(page.getByRole("search").getByRole("status")).toHaveText(/^\d+ rows$/);
  await expect(row(page, /^process embed ×4/).getByText(/\d+ hits/)).toBeVisible();
  await tree(page).focus();
  await page.keyboard.press("n");
  await expect(page.getByRole("search").getByRole("status")).toHaveText(/^1 of \d+ rows$/);
  await page.keyboard.press("N");
  await expect(page.getByRole("search").getByRole("status")).toHaveText(/^(\d+) of \1 rows$/);

  await page.getByRole("textbox", { name: "Find in the trace" }).fill("msg-r2.index.11.1");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("1 row");
  await page.keyboard.press("Enter");
  await expect(row(page, /^process index 12 /)).toHaveAttribute("data-cursor", "true");
  await page.context().close();
});

test("a link to a span restores what was seen: its details, folds, zoom and search", async () => {
  const page = await openSample("&find=blob");
  await row(page, secondExtract).locator("[data-toggle]").click();
  await row(page, /^process extract 12 /).click();
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/span=r2\.extract\.11\.1/);
  await expect(page).toHaveURL(/folds=2\.extract/);
  await expect(page).toHaveURL(/zoom=/);
  const marks = await page.locator("[data-last]").allTextContents();

  const other = await newPage();
  await routeSampleTrace(other, () => sample);
  await other.goto(page.url());
  const chosen = row(other, /^process extract 12 /);
  await expect(chosen).toHaveAttribute("aria-selected", "true");
  await expect(chosen).toBeInViewport();
  await expect(other.getByRole("complementary", { name: "Details of process extract" })).toBeVisible();
  await expect(other.getByRole("textbox", { name: "Find in the trace" })).toHaveValue("blob");
  expect(await other.locator("[data-last]").allTextContents()).toEqual(marks);
  await other.context().close();
  await page.context().close();
});

test("a bare link to a span in a fan-out unfolds it and brings it into sight", async () => {
  const page = await openSample("&span=r2.index.20.1");
  await expect(row(page, /^process index 21 /)).toBeInViewport();
  await expect(row(page, /^process index 21 /)).toHaveAttribute("aria-selected", "true");
  await page.context().close();
});

test("a run that continues another leads to it", async () => {
  const page = await openSample();
  await row(page, /^Run 2/)
    .locator("[data-goto]")
    .click();
  await expect(row(page, /^Run 1/)).toHaveAttribute("aria-selected", "true");
  await page.getByRole("complementary").getByRole("button", { name: /run 2/ }).click();
  await expect(row(page, /^Run 2/)).toHaveAttribute("aria-selected", "true");
  await page.context().close();
});

test("while the file is under way rows come in without a reload, and nothing jumps", async () => {
  let seconds = 1.2;
  const page = await openSample("", () => sampleUnderWay(400, seconds), sampleOriginMs + 3_601_300);
  await expect(
    row(page, /^process finalize .*under way/).locator("[data-place][data-open=true]"),
  ).toHaveCount(1);
  await row(page, secondExtract).locator("[data-toggle]").click();
  await row(page, /^process extract 9 /).click();
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/zoom=/);
  await tree(page).evaluate((element) => {
    element.scrollTop = 400;
  });
  const where = () =>
    row(page, /^process extract 9 /).evaluate((element) => element.getBoundingClientRect().top);
  const topPx = await where();
  const before = await page.getByText(/spans in 2 runs/).textContent();
  const address = page.url();

  seconds = 1.8;
  await page.clock.setFixedTime(sampleOriginMs + 3_601_900);
  await expect(page.getByText(/spans in 2 runs/)).not.toHaveText(before ?? "");
  expect(Math.abs((await where()) - topPx)).toBeLessThan(2);
  await expect(row(page, /^process extract 9 /)).toHaveAttribute("aria-selected", "true");
  expect(page.url()).toBe(address);
  await page.context().close();
});

test("eighty thousand spans open, with only the rows in sight in the page", async () => {
  const large = sampleTrace(80_000);
  expect(large.spans.length).toBeGreaterThan(79_000);
  const page = await openSample("&folds=*", () => large);
  await expect(page.getByText(/^[\d,]+ spans in 2 runs/)).toBeVisible({ timeout: 120_000 });
  await tree(page).focus();
  await page.keyboard.press("End");
  await expect(row(page, /^delete vectors/)).toBeInViewport();
  expect(await page.getByRole("treeitem").count()).toBeLessThan(80);
  await page.context().close();
});

test("axe finds no fault, in light and in dark, with and without details", async () => {
  const page = await openSample("&folds=2.extract&find=blob");
  for (const details of [false, true]) {
    if (details) {
      await row(page, /^process extract 9 /).click();
      await expect(page.getByText("messaging.message.id")).toBeVisible();
    }
    await isAccessibleInBoth(page, "[role=tabpanel]");
  }
  await page.context().close();
});
