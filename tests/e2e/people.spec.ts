import { type Browser, expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { openDatabase } from "../../src/db/client.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import { createDataFolder, type Product, startProduct } from "./product.ts";
import { firstAdmin } from "./signed-in.ts";

/** People, roles and keys, from the first start on: each test goes on where the one before it ended. */

let data: Awaited<ReturnType<typeof createDataFolder>>;
let product: Product;
let ada: Page;
let grace: Page;
const gracePassword = "a password of Grace";
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  data = await createDataFolder();
  product = await startProduct(data.path);
  ada = await newBrowser(browser);
  grace = await newBrowser(browser);
});
test.afterAll(async () => {
  await product.stop();
  await data.remove();
});

async function newBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: product.url })).newPage();
}

/** Types into the fields of a form by the keyboard alone, from the field that has the focus on. */
async function typeThrough(page: Page, texts: readonly string[]): Promise<void> {
  for (const [at, text] of texts.entries()) {
    if (at > 0) await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
}

async function change(statement: ReturnType<typeof sql>): Promise<void> {
  const database = openDatabase(product.database);
  await database.db.execute(statement);
  await database.close();
}

const status = async (page: Page, method: string, path: string, body?: object) =>
  (
    await page.request.fetch(path, {
      method,
      headers: { origin: product.url },
      ...(body !== undefined && { data: body }),
    })
  ).status();

test("the link that npm start prints makes the first admin, by the keyboard alone", async () => {
  await ada.goto(product.firstAdminUrl ?? "");
  await expect(ada.getByRole("heading", { name: "Welcome to Waybill" })).toBeVisible();
  await expect(ada.getByLabel("Name")).toBeFocused();
  await isAccessibleInBoth(ada);
  await fitsNarrowly(ada);
  await ada.getByLabel("Name").focus();
  await typeThrough(ada, [firstAdmin.name, firstAdmin.email, "too short"]);
  await expect(ada.getByText("It has 9 of at least 12 characters")).toBeVisible();
  await ada.getByLabel("Password", { exact: true }).fill(firstAdmin.password);
  await ada.keyboard.press("Enter");
  await ada.waitForURL((url) => !url.pathname.startsWith("/join"));
  await expect(ada.getByRole("navigation", { name: "Pages" })).toBeVisible();
});

test("the link is used up by that", async ({ browser }) => {
  const page = await newBrowser(browser);
  await page.goto(product.firstAdminUrl ?? "");
  await expect(page.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
  await isAccessibleInBoth(page);
  await page.context().close();
});

test("a wrong password signs nobody in and says so; the right one leads to where one wanted to go", async ({
  browser,
}) => {
  const page = await newBrowser(browser);
  await page.goto("/stuck?step=embed");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await typeThrough(page, [firstAdmin.email, "not the password"]);
  await expect(page.getByText("do not belong together")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.getByLabel("Password", { exact: true }).fill(firstAdmin.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/stuck\?step=embed/);
  await page.context().close();
});

test("an admin invites an operator, who joins by the link", async () => {
  await ada.goto("/settings/people");
  await expect(ada.getByText(firstAdmin.email)).toBeVisible();
  await isAccessibleInBoth(ada);
  await fitsNarrowly(ada);
  await ada.getByRole("button", { name: "Invite somebody" }).press("Enter");
  await ada.getByLabel("E-mail (may be left out)").fill("grace@waybill.example");
  await ada.keyboard.press("Enter");
  const link = await ada.getByLabel("Link").inputValue();
  await isAccessibleInBoth(ada, "[role=dialog]");
  await ada.getByRole("button", { name: "Done" }).press("Enter");
  await expect(ada.getByRole("table", { name: "Open invitations" })).toContainText("grace@waybill.example");

  await grace.goto(link);
  await expect(grace.getByText("You are invited as an operator")).toBeVisible();
  await grace.getByLabel("Name").fill("Grace");
  await grace.getByLabel("Password", { exact: true }).fill(gracePassword);
  await grace.keyboard.press("Enter");
  await grace.waitForURL((url) => !url.pathname.startsWith("/join"));
  expect(await status(grace, "POST", "/api/v1/reconciliations", {})).toBeLessThan(300);
  expect(await status(grace, "POST", "/api/v1/budgets", {})).toBe(403);
});

test("an operator sees what admins do, disabled, with the reason, and is refused by the server", async () => {
  await grace.goto("/budgets");
  const make = grace.getByRole("button", { name: "New budget" });
  await expect(make).toHaveAttribute("aria-disabled", "true");
  await make.focus();
  await expect(grace.getByRole("tooltip")).toHaveText("Admins can do this; you are an operator.");
  await grace.keyboard.press("Enter");
  await expect(grace).toHaveURL(/\/budgets$/);
  await make.blur();
  await expect(grace.getByRole("tooltip")).toBeHidden();
  await isAccessibleInBoth(grace);
  await grace.goto("/settings/people");
  await expect(grace.getByText("Admins can do this; you are an operator.")).toBeVisible();
  expect(await status(grace, "GET", "/api/v1/people")).toBe(403);
});

test("a role that is taken away signs out; as a viewer one reads and does nothing", async () => {
  await ada.goto("/settings/people");
  await ada.getByRole("combobox", { name: "Role of Grace" }).focus();
  await ada.keyboard.press("Enter");
  await ada.getByRole("option", { name: "Viewer" }).click();
  await expect(ada.getByText("Grace is a viewer now.")).toBeVisible();

  await grace.goto("/files");
  await expect(grace).toHaveURL(/\/sign-in/);
  await typeThrough(grace, ["grace@waybill.example", gracePassword]);
  await grace.waitForURL(/\/files/);
  const upload = grace.getByRole("button", { name: "Upload", exact: true });
  await upload.focus();
  await expect(grace.getByRole("tooltip")).toHaveText("Operators can do this; you are a viewer.");
  await grace.getByRole("heading", { name: "Files", exact: true }).click();
  await grace.keyboard.press("u");
  await expect(grace.getByText("Nothing was uploaded")).toBeVisible();
  expect(await status(grace, "POST", "/api/upload", {})).toBe(403);
  expect(await status(grace, "POST", "/api/v1/samples", {})).toBe(403);
  await isAccessibleInBoth(grace);
});

test("the last admin can be neither demoted nor removed", async () => {
  await ada.goto("/settings/people");
  await ada.getByRole("button", { name: `Remove ${firstAdmin.name}` }).press("Enter");
  await ada.getByRole("dialog").getByRole("button", { name: "Remove" }).press("Enter");
  await expect(ada.getByRole("dialog").getByRole("alert")).toContainText("This is the last admin");
  await isAccessibleInBoth(ada, "[role=dialog]");
  await ada.keyboard.press("Escape");
  await ada.getByRole("combobox", { name: `Role of ${firstAdmin.name}` }).click();
  await ada.getByRole("option", { name: "Viewer" }).click();
  await expect(ada.getByText("This is the last admin", { exact: false })).toBeVisible();
  await expect(ada.getByRole("combobox", { name: `Role of ${firstAdmin.name}` })).toHaveValue("Admin");
});

test("a key is shown once, works with its role, and is refused once it is revoked", async () => {
  await ada.goto("/settings/keys");
  await ada.getByRole("button", { name: "New key" }).press("Enter");
  await ada.getByLabel("Name").fill("nightly");
  await ada.keyboard.press("Enter");
  const key = await ada.getByLabel("API key", { exact: true }).inputValue();
  await ada.getByRole("button", { name: "Done" }).press("Enter");
  await expect(ada.getByText(key)).toHaveCount(0);
  await expect(ada.getByRole("table", { name: "API keys" })).toContainText("nightly");
  await isAccessibleInBoth(ada);
  await fitsNarrowly(ada);
  const read = async () =>
    (await fetch(`${product.url}/api/v1/files`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await read()).toBe(200);
  await ada.getByRole("button", { name: "Revoke nightly" }).press("Enter");
  await ada.getByRole("dialog").getByRole("button", { name: "Revoke" }).press("Enter");
  await expect(ada.getByText("nightly is revoked.")).toBeVisible();
  expect(await read()).toBe(401);
});

test("one's own name, password and sessions", async ({ browser }) => {
  const other = await newBrowser(browser);
  await other.request.post("/api/session", {
    data: { email: firstAdmin.email, password: firstAdmin.password },
    headers: { origin: product.url },
  });
  await ada.goto("/settings");
  await expect(ada.getByText("this one")).toBeVisible();
  await isAccessibleInBoth(ada);
  await fitsNarrowly(ada);
  await ada.getByRole("button", { name: "Sign out elsewhere" }).press("Enter");
  await expect(ada.getByText("You are signed out everywhere else.")).toBeVisible();
  expect(await status(other, "GET", "/api/v1/me")).toBe(401);
  await ada.getByLabel("Present password").fill(firstAdmin.password);
  await ada.getByLabel("New password").fill("another password of Ada");
  await ada.keyboard.press("Enter");
  await expect(ada.getByText("The password is changed", { exact: false })).toBeVisible();
  await other.context().close();
});

test("a session that has expired leads to the sign-in, and back", async () => {
  await grace.goto("/stuck");
  await expect(grace.getByRole("heading", { name: "Stuck", level: 1 })).toBeVisible();
  const led: string[] = [];
  await grace.route("**/sign-in?*", async (route) => {
    led.push(route.request().url());
    // The sign-in page is slow to come, and until then the page goes on reading and being refused.
    await grace.waitForResponse((response) => response.status() === 401);
    await route.continue();
  });
  await change(sql`update person_sessions set expires_at = now() - interval '1 second'`);
  // The page reads again by itself, and the server remembers a caller for 15 s.
  await grace.waitForURL(/\/sign-in\?next=%2Fstuck/, { timeout: 60_000 });
  expect(led, "however many of its readings are refused, it goes once").toHaveLength(1);
  await typeThrough(grace, ["grace@waybill.example", gracePassword]);
  await grace.waitForURL(/\/stuck/);
});
