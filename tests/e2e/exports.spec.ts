import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { answerTables } from "../../src/api/export/answer-tables.ts";
import { matchesRoute } from "../../src/api/export/matches-route.ts";
import { incidentClientOf } from "../../src/cli/incident/incident-client.ts";
import { seedIncident } from "../../src/cli/incident/seed-incident.ts";
import { exportedOn, type ListedIds, noTable } from "./exported-lists.ts";
import { openConsole } from "./open-console.ts";
import { ask, type Product } from "./product.ts";

let product: Product;
let page: Page;
let close: () => Promise<void>;
let ids: ListedIds;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  ({ product, page, close } = await openConsole(browser, { control: true }));
  const client = incidentClientOf(product);
  await seedIncident(client, { failures: 3, healthy: 1, poison: 1, held: 1 }, () => undefined);
  await strayVector();
  ids = await makeLists();
});
test.afterAll(() => close());

const named = z.object({ id: z.string() });

async function firstOf(path: string): Promise<string> {
  const { items } = await ask(product, `/api/v1/${path}`, z.object({ items: z.tuple([named], named) }));
  return items[0].id;
}

async function post(path: string, body: object): Promise<string> {
  const headers = { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" };
  const answer = await fetch(`${product.url}/api/v1/${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  expect([path, answer.ok]).toEqual([path, true]);
  return named.safeParse(await answer.json()).data?.id ?? "";
}

/** A vector that no chunk has, which the next reconciliation finds. */
async function strayVector(): Promise<void> {
  const vector = Array.from({ length: 1536 }, (_, at) => (at === 0 ? 1 : 0));
  const answer = await fetch(`${product.vector.url}/upsert/default`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.vector.token}` },
    body: JSON.stringify([{ id: "chunk_stray", vector }]),
  });
  expect(answer.status).toBe(200);
}

/** What an incident alone does not fill. */
async function makeLists(): Promise<ListedIds> {
  const reason = "to see the list";
  await post("reconciliations", {});
  await post("invitations", { role: "viewer" });
  for (const deed of ["open", "close"]) await post("providers/vector/breaker", { deed, reason });
  const rule = await post("alert-rules", { name: "On call", kind: "breaker", url: "http://127.0.0.1:9/" });
  const budget = await firstOf("budgets");
  await post("budgets", { scope: "deployment", window: "month", mode: "soft", limitNanoUsd: "1000000000" });
  const failure = await firstOf("failures");
  const plan = await post("plans", { selection: { kind: "group", group: failure } });
  await post(`plans/${plan}/execute`, { reason });
  return {
    ...{ budget, failure, plan, rule },
    file: await firstOf("files?status=succeeded"),
    requeue: await firstOf("requeues"),
  };
}

const document = z.object({
  paths: z.record(
    z.string(),
    z.object({ get: z.object({ responses: z.record(z.string(), z.unknown()) }).optional() }),
  ),
});
const listAnswer = z.object({
  content: z.object({
    "application/json": z.object({ schema: z.object({ properties: z.object({ items: z.unknown() }) }) }),
  }),
});

test("every list of the API has its export in the console, or is shown by no table", async () => {
  const { paths } = await ask(product, "/api/v1/openapi.json", document);
  const lists = Object.entries(paths)
    .filter(([, { get }]) => {
      const answer = listAnswer.safeParse(get?.responses["200"]);
      return answer.success && answer.data.content["application/json"].schema.properties.items !== undefined;
    })
    .map(([path]) => path);
  expect(Object.keys({ ...exportedOn, ...noTable }).toSorted()).toEqual(
    [...lists, ...answerTables.map(({ route }) => route)].toSorted(),
  );
});

/** The addresses that the export of a list names on the page that is open. */
async function exportsOf(list: string): Promise<string[]> {
  const menus = page.getByRole("button", { name: /^Export/ });
  await menus.first().waitFor();
  for (const menu of await menus.all()) {
    await menu.click();
    const items = page.getByRole("menuitem");
    // Escape closes a menu that has the focus.
    await expect(items.first()).toBeFocused();
    const hrefs = await items.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    await page.keyboard.press("Escape");
    await expect(items).toHaveCount(0);
    if (hrefs.some((href) => matchesRoute(list, new URL(href, product.url).pathname))) return hrefs;
  }
  return [];
}

for (const [list, pathOf] of Object.entries(exportedOn)) {
  test(`${list} is downloaded from its page as CSV and as JSON`, async () => {
    await page.goto(pathOf(ids));
    await page.keyboard.press("l");
    let hrefs: string[] = [];
    // A list further down may still be read when the first export is there.
    await expect.poll(async () => (hrefs = await exportsOf(list))).toHaveLength(2);
    const [csv, json] = await Promise.all(hrefs.map((href) => page.request.get(href)));
    expect([csv?.status(), csv?.headers()["content-type"]]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(await csv?.text()).toMatch(/^[\w.,]+\n/);
    expect([json?.status(), json?.headers()["content-type"]]).toEqual([
      200,
      "application/json; charset=utf-8",
    ]);
    expect(z.array(z.unknown()).safeParse(await json?.json()).success).toBe(true);
  });
}
