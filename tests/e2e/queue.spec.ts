import { expect, type Page, test } from "@playwright/test";
import { Client } from "@upstash/qstash";
import { mendFaults, setFault } from "./faults.ts";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import type { Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let client: Client;
let page: Page;
let close: () => Promise<void>;
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
  client = new Client({ baseUrl: product.qstashUrl, token: product.qstashToken, enableTelemetry: false });
});
test.afterAll(() => close());
test.describe.configure({ mode: "serial" });

const document = (name: string) => `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`;
const rowOf = (text: string) => page.locator("tbody tr").filter({ hasText: text });
const tab = (name: string) => page.getByRole("tab", { name });

let first: string;

test("while nothing is under way each tab says so, and none is mistaken for another", async () => {
  first = await uploadText(product, "first.md", document("first"));
  await settled(product, first);
  await page.goto(`${product.url}/files`);
  await expect(page.getByRole("link", { name: "first.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await expect(page.getByText("Nothing is in flight")).toBeVisible();
  await expect(page.getByText(/on the wire, answered in/)).toBeVisible();
  await isAccessibleInBoth(page);
  for (const [name, says] of [
    ["Delayed", "Nothing is delayed"],
    ["Queues", "No queue"],
    ["Dead letters", "No dead letters"],
  ] as const) {
    await tab(name).click();
    await expect(page.getByText(says, { exact: true })).toBeVisible();
    await fitsNarrowly(page);
  }
  await expect.poll(() => new URL(page.url()).searchParams.get("tab")).toBe("dead-letters");
});

test("a key of flow control is paused by keys: what waits is seen, and goes on when it is resumed", async () => {
  await tab("Flow control").click();
  await expect(rowOf("project.default")).toContainText("project default");
  await isAccessibleInBoth(page);
  await page.getByRole("button", { name: "Pause: project.default" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("none is delivered");
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByLabel(/^Why/).fill("The disk is full");
  await page.keyboard.press("Enter");
  await expect(rowOf("project.default")).toContainText("Paused");
  const second = await uploadText(product, "second.md", document("second"));
  await expect(rowOf("project.default").getByRole("cell").nth(2)).toHaveText(/^1\b/);
  await fitsNarrowly(page);
  await tab("In flight").click();
  await expect(rowOf("second.md")).toContainText("With QStash");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "Messages" })).toHaveAttribute("aria-selected", "true");
  await page.goto(`${product.url}/queue?tab=flow-control`);
  await page.getByRole("button", { name: "Resume: project.default" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await settled(product, second);
  await expect(rowOf("project.default")).toContainText("Flows");
});

test("a key is pinned to limits and unpinned", async () => {
  await page.getByRole("button", { name: "Pin: project.default" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("At once").fill("2");
  await dialog.getByLabel("Rate").fill("30");
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByRole("button", { name: "Pin the limits" }).click();
  await expect(rowOf("project.default")).toContainText("2 at once, 30 every 1 min 00 s");
  await expect(rowOf("project.default")).toContainText("Pinned: parallelism and rate");
  await page.getByRole("button", { name: "Unpin: project.default" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Unpin" }).click();
  await expect(rowOf("project.default")).not.toContainText("Pinned");
});

test("what is in backoff has its next attempt and what is left of them", async () => {
  await setFault(product.gatewayUrl, { match: "embedding", status: 503, retryAfterSec: 3_600, times: 1 });
  await uploadText(product, "backoff.md", document("backoff"));
  await tab("Delayed").click();
  await expect(rowOf("backoff.md")).toContainText("In backoff after provider_unavailable");
  await expect(rowOf("backoff.md")).toContainText("1 made, 5 left");
  await expect(rowOf("backoff.md")).toContainText(/in (59 min|1 h)/);
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("the log is narrowed by state, address and message, in the address", async () => {
  await tab("Log").click();
  await expect(rowOf("first.md").first()).toBeVisible();
  await isAccessibleInBoth(page);
  await page.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "Delivered" }).click();
  await expect(page).toHaveURL(/state=DELIVERED/);
  await page.getByRole("combobox", { name: "Address" }).fill("/api/jobs/ingest-file");
  await expect(page).toHaveURL(/url=/);
  await expect(rowOf("/api/jobs/tick")).toHaveCount(0);
  await expect(rowOf("first.md").first()).toContainText("Delivered");
  await page.getByRole("searchbox", { name: "Message id" }).fill("msg_none");
  await expect(page.getByText("No line matches")).toBeVisible();
  await page.getByRole("button", { name: "Show the whole log" }).click();
  await expect(rowOf("first.md").first()).toBeVisible();
  await fitsNarrowly(page);
});

test("schedules say in words when they run, and are paused and resumed", async () => {
  await tab("Schedules").click();
  await expect(rowOf("Tick")).toContainText("every minute");
  await expect(rowOf("Retention")).toContainText("every day at 03:17 UTC");
  await expect(rowOf("Reconciliation")).toContainText("every day at 03:47 UTC");
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.getByRole("button", { name: "Pause: Tick" }).click();
  await expect(page.getByRole("dialog")).toContainText("nothing carries on what a crash");
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await expect(rowOf("Tick")).toContainText("Paused");
  await page.getByRole("button", { name: "Resume: Tick" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await expect(rowOf("Tick")).toContainText("Runs");
});

test("a queue is listed with its lag, and set", async () => {
  await client.queue({ queueName: "mail" }).upsert({ parallelism: 2, paused: true });
  await tab("Queues").click();
  await expect(rowOf("mail")).toContainText("Paused");
  await page.getByRole("button", { name: "At once: mail" }).click();
  await page.getByRole("dialog").getByLabel("At once").fill("7");
  await page.getByRole("dialog").getByRole("button", { name: "Set" }).click();
  await expect(rowOf("mail")).toContainText("7");
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("a dead letter of a file leads to its requeue, one of nobody is deleted", async () => {
  await client.publishJSON({ url: `${product.url}/api/nowhere`, body: {}, retries: 0 });
  await setFault(product.gatewayUrl, { match: "embedding", status: 401, times: 1 });
  const dead = await uploadText(product, "dead.md", document("dead"));
  await settled(product, dead, "failed");
  // Once more, with a message of its own: before, the step went on in place of another's.
  await setFault(product.gatewayUrl, { match: "embedding", status: 401, times: 1 });
  const headers = { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify({ from: "failed" }) };
  expect((await fetch(`${product.url}/api/v1/files/${dead}/requeue`, init)).ok).toBe(true);
  await tab("Dead letters").click();
  await expect(rowOf("dead.md")).toContainText("stands failed by it");
  await expect(rowOf("dead.md")).toContainText(/in 6 d 23 h|in 7 d/);
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.getByRole("button", { name: /^Delete: msg_/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(rowOf("Of no step")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Requeue: dead.md" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Chosen files" }).getByText("1 file chosen.")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page).toHaveURL(/\/plans\//);
});

test("a QStash that fails is said by each list that is its own, and takes nothing else along", async () => {
  await setFault(product.qstashUrl, { on: "request", match: "/v2/", status: 503 });
  for (const [name, says] of [
    ["flow-control", "QStash's keys of flow control could not be read"],
    ["queues", "QStash's queues could not be read"],
    ["dead-letters", "QStash's dead letters could not be read"],
    ["log", "QStash's log could not be read"],
    ["schedules", "QStash's schedules could not be read"],
  ] as const) {
    await page.goto(`${product.url}/queue?tab=${name}`);
    await expect(page.getByText(says)).toBeVisible();
    await expect(page.getByRole("heading", { name: /^(No|Nothing|The log is empty)/ })).toHaveCount(0);
  }
  await isAccessibleInBoth(page);
  await page.goto(`${product.url}/queue?tab=delayed`);
  await expect(rowOf("backoff.md")).toBeVisible();
  await mendFaults(product.qstashUrl);
  await page.goto(`${product.url}/queue?tab=schedules`);
  await expect(rowOf("Tick")).toBeVisible();
});
