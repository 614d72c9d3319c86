import { expect, type Page, test } from "@playwright/test";
import { incidentClientOf } from "../../src/cli/incident/incident-client.ts";
import { seedIncident } from "../../src/cli/incident/seed-incident.ts";
import { overviewSchema } from "../../src/triage/overview/overview-view.ts";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
});
test.afterAll(() => close());

const verdict = () => page.locator("main [role=status][data-tone]");
const tile = (name: string) => page.getByRole("region", { name, exact: true });

test("whoever signs in is told at once that nothing needs them", async () => {
  await page.goto("/");
  await expect(verdict()).toHaveText("Nothing needs you.");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(tile("Failures")).toContainText("No file stands failed.");
  await expect(tile("Stuck")).toContainText("Every step goes on");
  await expect(tile("Budgets")).toContainText("There is no budget");
  await expect(tile("Providers").getByText("Answers")).toHaveCount(3);
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("what fails and what is held is told in one sentence, with since when and for how many", async () => {
  const client = incidentClientOf(product);
  await seedIncident(client, { failures: 12, healthy: 3, poison: 0, held: 2 }, () => undefined);
  await expect(verdict()).toHaveText(
    /^Embed fails since \d\d:\d\d for 1[23] files in \d groups; .*1 budget holds \d steps?/,
    { timeout: 60_000 },
  );
  const overview = await ask(product, "/api/v1/overview", overviewSchema);
  await expect(tile("Failures").getByRole("listitem")).toHaveCount(overview.failures?.top.length ?? 0);
  await expect(tile("Budgets")).toContainText(/steps? (is|are) held by 1 budget/);
  const sidebar = page.getByRole("navigation", { name: "Pages" });
  await expect(sidebar.getByRole("link", { name: "Failures", exact: true })).toHaveAccessibleDescription(
    `${overview.failures?.open} open groups`,
  );
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("two viewers see the same", async () => {
  const other = await page.context().newPage();
  await other.goto("/");
  await expect(other.locator("main [role=status][data-tone]")).toHaveText(
    (await verdict().textContent()) ?? "",
  );
  await other.close();
});

test("every part leads on, without a mouse", async () => {
  await page.goto("/");
  await verdict().waitFor();
  await page.keyboard.press("j");
  await expect(tile("Failures").getByRole("link", { name: "Failures", exact: true })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/failures\/group_/);
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL((url) => url.pathname === "/");
  await tile("Budgets")
    .getByRole("link", { name: /budget of project/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/budgets\?budget=/);
});

test("a source that fails has a tile that says so, and the sentence says what is not known", async () => {
  await page.route("**/api/v1/overview", async (route) => {
    const answer = await route.fetch();
    const read = overviewSchema.parse(await answer.json());
    await route.fulfill({ json: { ...read, stuck: null, providers: null } });
  });
  await page.goto("/");
  await expect(verdict()).toContainText(/it is not known what is stuck and how the providers are\.$/);
  for (const name of ["Stuck", "Providers"]) {
    await expect(tile(name).getByRole("alert")).toContainText("This could not be read.");
    await expect(tile(name)).not.toContainText("0");
  }
  await expect(tile("Failures").getByRole("alert")).toHaveCount(0);
  await isAccessibleInBoth(page);
  await page.unrouteAll({ behavior: "wait" });
  await page.route("**/api/v1/overview", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByText("The overview could not be read")).toBeVisible({ timeout: 60_000 });
  await expect(verdict()).toHaveCount(0);
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(verdict()).toBeVisible();
});
