import { expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { currentGraph } from "../../src/pipeline/graph.ts";
import { openConsole } from "./open-console.ts";
import { fitsNarrowly, isAccessibleInBoth } from "./page-checks.ts";
import type { Product } from "./product.ts";
import { settled, uploadText } from "./signed-in.ts";

let product: Product;
let database: Database;
let page: Page;
let close: () => Promise<void>;

test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser));
  database = openDatabase(product.database);
});
test.afterAll(async () => {
  await database.close();
  await close();
});
test.describe.configure({ mode: "serial" });

/** A version that ran before: its embed was tried less, it had a step for scans, and it knew no finalize. */
const earlier = {
  version: 0,
  steps: [
    ...currentGraph.steps
      .filter(({ name }) => name !== "finalize")
      .map((step) => (step.name === "embed" ? { ...step, maxAttempts: 3, timeLimitMs: 60_000 } : step)),
    {
      ...{ name: "recognize", needs: [{ step: "inspect", shards: "all" }], plannedBy: "inspect" },
      ...{ fanOut: "page range", maxAttempts: 3, timeLimitMs: 300_000, meters: ["sandbox.ms"] },
    },
  ],
};

const drawing = () => page.getByRole("group", { name: /^Steps of version 1/ });
const boxOf = (step: string) => drawing().getByRole("button", { name: new RegExp(`^${step}`) });
const stepsTable = () => page.getByRole("region", { name: "Steps" });
const versionsTable = () => page.getByRole("region", { name: "Versions" });

test("before anything has run the graph of the build is drawn, and nothing is made up", async () => {
  await page.goto(`${product.url}/pipeline`);
  for (const step of currentGraph.steps) await expect(boxOf(step.name)).toContainText("not tried");
  await expect(versionsTable()).toContainText("not yet");
  await isAccessibleInBoth(page);
});

test("what ran is drawn with its figures, and listed in a table that says the same", async () => {
  const fileId = await uploadText(product, "lease.md", "# Lease\n\nThe tenant pays on the first.\n");
  await settled(product, fileId);
  await page.goto(`${product.url}/files`);
  await expect(page.getByRole("link", { name: "lease.md" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(boxOf("embed")).toContainText("each batch");
  await expect(boxOf("embed")).toContainText("6 tries · 2 min 00 s");
  await expect(boxOf("embed")).toContainText("p95");
  const row = stepsTable().getByRole("row", { name: /^embed/ });
  await expect(row).toContainText("all of chunk");
  await expect(row).toContainText("$");
  await isAccessibleInBoth(page);
});

test("a step opens, and leads to its failures, stuck files and costs", async () => {
  await boxOf("embed").click();
  await expect(page.getByRole("heading", { name: "Step embed" })).toBeVisible();
  await expect.poll(() => new URL(page.url()).searchParams.get("step")).toBe("embed");
  await expect(page.getByRole("link", { name: "Failures", exact: true }).last()).toHaveAttribute(
    "href",
    /\/failures\?step=embed/,
  );
  await isAccessibleInBoth(page);
  await page.getByRole("link", { name: "Costs", exact: true }).click();
  await expect(page).toHaveURL(/\/budgets\/ledger\?.*step=embed/);
  await expect(page.getByRole("table", { name: /^Entries of the ledger/ })).toContainText("embed");
});

test("the drawing is walked by arrow keys, and a step opened by Enter", async () => {
  await page.goto(`${product.url}/pipeline`);
  await boxOf("inspect").focus();
  // Down where the drawing goes down, to the right where it goes across: one of the two leads on.
  for (const key of ["ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
  await expect(boxOf("extract")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Step extract" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Step extract" })).toBeHidden();
});

test("the runs of a version are counted, and listed by their state", async () => {
  await versionsTable()
    .getByRole("row", { name: /Version 1/ })
    .getByRole("link", { name: "1", exact: true })
    .click();
  await expect(page).toHaveURL(/runs=succeeded/);
  const runs = page.getByRole("table", { name: /^Runs of version 1/ });
  await expect(runs.locator("tbody tr")).toHaveCount(1);
  await expect(runs).toContainText("lease.md");
  await page.getByRole("button", { name: "Failed", exact: true }).click();
  await expect(page.getByText("No such run")).toBeVisible();
});

test("two versions are held against each other, drawn and listed", async () => {
  await database.db.execute(sql`insert into graph_versions (version, first_seen_at, graph)
    values (0, '2026-01-01T00:00:00Z', ${JSON.stringify(earlier)}::jsonb)`);
  await page.goto(`${product.url}/pipeline`);
  await page.getByRole("combobox", { name: "Version that it is held against" }).click();
  await page.getByRole("option", { name: "against version 0" }).click();
  await expect(page.getByRole("heading", { name: "From version 0 to version 1" })).toBeVisible();
  await expect.poll(() => new URL(page.url()).searchParams.get("against")).toBe("0");
  await expect(boxOf("embed")).toContainText("changed");
  await expect(boxOf("finalize")).toContainText("added");
  await expect(boxOf("recognize")).toContainText("removed");
  const differences = page.getByRole("list", { name: "Differences" });
  await expect(differences.getByRole("listitem")).toHaveCount(3);
  await expect(differences).toContainText("Tries3 → 6");
  await expect(differences).toContainText("Time limit1 min 00 s → 2 min 00 s");
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("it fits a narrow screen, with the drawing going down and a step open", async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`${product.url}/pipeline?step=embed`);
  await expect(page.getByRole("heading", { name: "Step embed" })).toBeVisible();
  await expect(boxOf("finalize")).toBeVisible();
  await isAccessibleInBoth(page);
  await fitsNarrowly(page);
});

test("what cannot be read is an error, of the whole or of the figures alone", async () => {
  await page.route("**/api/v1/step-figures**", (route) => route.abort());
  await page.goto(`${product.url}/pipeline`);
  await expect(page.getByText("What the steps came to could not be read")).toBeVisible();
  await expect(boxOf("embed")).toBeVisible();
  await isAccessibleInBoth(page);
  await page.unrouteAll({ behavior: "wait" });
  await page.route("**/api/v1/graph-versions**", (route) => route.abort());
  await page.goto(`${product.url}/pipeline`);
  await expect(page.getByText("The versions of the graph could not be read")).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(boxOf("embed")).toBeVisible();
});

test("a version that nobody knows is said not to be there", async () => {
  await page.goto(`${product.url}/pipeline?version=99`);
  await expect(page.getByText("There is no such version")).toBeVisible();
  await page.getByRole("link", { name: "To the version of new runs" }).click();
  await expect(boxOf("embed")).toBeVisible();
});
