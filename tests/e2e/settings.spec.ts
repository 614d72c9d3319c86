import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";

/** What admins set for all: which fields are hidden, and of what somebody is told. */

let page: Page;
let close: () => Promise<void>;
/** What the address of a rule was sent. */
const told: string[] = [];
const hook = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => {
    body += String(part);
  });
  request.on("end", () => {
    told.push(z.object({ text: z.string() }).parse(JSON.parse(body)).text);
    response.end("{}");
  });
});

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  ({ page, close } = await openConsole(browser));
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
});
test.afterAll(async () => {
  await close();
  await new Promise((resolve) => hook.close(resolve));
});

function hookUrl(): string {
  const { port }: AddressInfo = z.custom<AddressInfo>().parse(hook.address());
  return `http://127.0.0.1:${port}/hook`;
}
const row = (name: string) => page.getByRole("row").filter({ hasText: name });

test("a field that is named is hidden from the next look on, and said in a word", async () => {
  await page.goto("/settings/redaction");
  await expect(page.getByText("No field is named yet")).toBeVisible();
  await expect(page.getByText("*password", { exact: true })).toBeVisible();
  await isAccessibleInBoth(page);
  await page.getByRole("button", { name: "Hide a field" }).press("Enter");
  await page.getByRole("textbox", { name: "Field" }).fill("*");
  await page.keyboard.press("Enter");
  await expect(page.getByText("it would hide everything")).toBeVisible();
  await page.getByRole("textbox", { name: "Field" }).fill("Email");
  await page.getByRole("textbox", { name: "Why" }).fill("nobody needs it here");
  await isAccessibleInBoth(page, "[role=dialog]");
  await page.keyboard.press("Enter");
  await expect(row("Email")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.goto("/audit?action=person.join");
  await page
    .getByRole("table", { name: /^Entries of the audit log/ })
    .getByRole("button")
    .first()
    .press("Enter");
  await expect(page.getByText("redacted", { exact: true })).toBeVisible();
  await expect(page.getByText("ada@waybill.example")).toHaveCount(0);
  await isAccessibleInBoth(page);
});

test("it is shown again once somebody has said so twice, and both stand in the audit log", async () => {
  await page.goto("/settings/redaction");
  await page.getByRole("button", { name: "Show again: Email" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Show its values" }).press("Enter");
  await expect(page.getByText("No field is named yet")).toBeVisible();
  await page.goto("/audit");
  await expect(row("nobody needs it here").first()).toBeVisible();
  await expect(row("Showed a field of payloads again").first()).toBeVisible();
});

test("a rule of alerts is made, tried, changed, paused and taken away", async () => {
  await page.goto("/settings/alerts");
  await expect(page.getByText("No rules yet")).toBeVisible();
  await page.getByRole("button", { name: "New rule" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("On call");
  await dialog.getByRole("combobox", { name: "Tells of" }).click();
  await page.getByRole("option", { name: "Steps that do not go on" }).click();
  await dialog.getByLabel("For longer than, in minutes").fill("15");
  await dialog.getByLabel("Address").fill(hookUrl());
  await isAccessibleInBoth(page, "[role=dialog]");
  await dialog.getByRole("button", { name: "Make the rule" }).press("Enter");
  await expect(row("On call")).toContainText("steps that do not go on for longer than 15");
  await page.getByRole("button", { name: "Test On call" }).press("Enter");
  await expect.poll(() => told).toEqual(["On call: This is a test; nothing happened."]);
  await page.getByRole("link", { name: "On call" }).click();
  await expect(page.getByRole("table", { name: "What On call has told" })).toContainText("This is a test");
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
  await page.getByRole("button", { name: "Change On call" }).press("Enter");
  await dialog.getByLabel("For longer than, in minutes").fill("20");
  await dialog.getByRole("button", { name: "Change the rule" }).press("Enter");
  await expect(row("On call").first()).toContainText("20");
  await page.getByRole("button", { name: "Pause On call" }).press("Enter");
  await expect(row("On call").first()).toContainText("paused");
  await page.getByRole("button", { name: "Remove On call" }).press("Enter");
  await dialog.getByRole("button", { name: "Remove" }).press("Enter");
  await expect(page.getByText("No rules yet")).toBeVisible();
});

test("a rule of failures of many files asks for how many, and for no project", async () => {
  await page.getByRole("button", { name: "New rule" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Outage");
  await dialog.getByRole("combobox", { name: "Tells of" }).click();
  await page.getByRole("option", { name: "A failure of many files" }).click();
  await expect(dialog.getByRole("combobox", { name: "Project" })).toHaveCount(0);
  const count = dialog.getByLabel("When more files stand failed than");
  await expect(count).toHaveValue("100");
  await count.fill("");
  await dialog.getByLabel("Address").fill(hookUrl());
  await dialog.getByRole("button", { name: "Make the rule" }).press("Enter");
  await expect(dialog.getByText("For how many files, at least 1?")).toBeVisible();
  await isAccessibleInBoth(page, "[role=dialog]");
  await fitsNarrowly(page);
  await count.fill("1500");
  await dialog.getByRole("button", { name: "Make the rule" }).press("Enter");
  await expect(row("Outage")).toContainText("a failure of more than 1,500 files");
  await page.getByRole("button", { name: "Remove Outage" }).press("Enter");
  await dialog.getByRole("button", { name: "Remove" }).press("Enter");
  await expect(page.getByText("No rules yet")).toBeVisible();
});
