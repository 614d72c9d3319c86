import { expect as expectPage } from "@playwright/test";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createInspector } from "../../../src/local/inspector/create-inspector.ts";
import type { StateSource } from "../../../src/local/inspector/read-state.ts";
import { type Listener, listen } from "../../../src/local/kit/listen.ts";
import { createVector } from "../../../src/local/vector/create-vector.ts";
import { openBrowser } from "../../e2e/screens/open-browser.ts";
import { type ServedStandIn, serveStandIn } from "../../support/stand-in.ts";

const token = "vector-token";
let vector: ServedStandIn;
let inspector: Listener;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  let parts: Pick<StateSource, "pool" | "clock"> | undefined;
  const indexes = [{ name: "default", dense: { dimension: 2, similarityFunction: "COSINE" as const } }];
  vector = await serveStandIn((given) => {
    parts = given;
    return createVector({ ...given, token, indexes, control: true });
  });
  if (!parts) throw new Error("The stand-in was not made.");
  const { url } = vector;
  const since = new Date();
  const stack = {
    services: [{ name: "vector", title: "Vector", address: url, url, since: () => since } as const],
    postgresAddress: "127.0.0.1:5432",
    applicationUrl: "http://127.0.0.1:3000",
    qstashToken: "none",
    indexes: [{ name: "default", url, token }],
  };
  inspector = await listen(createInspector({ ...parts, stack, control: true }), 0);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(inspector.url);
});
afterAll(async () => {
  await browser?.close();
  await inspector?.close();
  await vector?.stop();
});

test("its buttons advance the clock, and the header says how far it is ahead", {
  timeout: 60_000,
}, async () => {
  const before = vector.clock.now().getTime();
  await page.getByRole("button", { name: "1 day" }).click();
  await expectPage(page.getByText("1 d ahead", { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(vector.clock.now().getTime() - before).toBeGreaterThanOrEqual(86_400_000);
});

test("a fault that its form injects is met, told in the header, and removed", {
  timeout: 60_000,
}, async () => {
  const info = async () =>
    (await fetch(`${vector.url}/info`, { headers: { authorization: `Bearer ${token}` } })).status;
  const told = page.getByText("1 fault is set", { exact: true });
  await page.getByRole("combobox", { name: "Service" }).selectOption("vector");
  await page.getByLabel("Answer with status").fill("503");
  await page.getByRole("button", { name: "Inject" }).click();
  await expectPage(told).toBeVisible({ timeout: 30_000 });
  expect(await info()).toBe(503);
  await page.getByRole("button", { name: /^Remove Vector/ }).click();
  await expectPage(told).toBeHidden({ timeout: 30_000 });
  expect(await info()).toBe(200);
});

test("a fault that does nothing is not set, and the page says what is missing", {
  timeout: 60_000,
}, async () => {
  await page.getByLabel("Answer with status").fill("");
  await page.getByRole("button", { name: "Inject" }).click();
  await expectPage(page.getByText("Choose what it does")).toBeVisible({ timeout: 30_000 });
});

test("nothing stands beyond the edge of a narrow screen", async () => {
  const beyond = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(beyond).toBeLessThanOrEqual(0);
});
