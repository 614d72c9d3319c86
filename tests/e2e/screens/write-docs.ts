/**
 * `npm run screenshots`: starts a product of its own, makes the incident of docs/runbooks/outage.md in it, repairs it,
 * and writes the pictures of docs/screenshots on the way.
 */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type IncidentClient, incidentClientOf } from "../../../src/cli/incident/incident-client.ts";
import { incidentProjects, seedIncident } from "../../../src/cli/incident/seed-incident.ts";
import { executedSchema, planViewSchema } from "../../../src/triage/plans/plan-view.ts";
import { requeueViewSchema } from "../../../src/triage/requeues/requeue-view.ts";
import buildConsole from "../build-console.ts";
import { ask, createDataFolder, type Product, startProduct } from "../product.ts";
import { openBrowser } from "./open-browser.ts";
import { idsOf, type ShownProduct, showProduct } from "./shown-product.ts";

const folder = "docs/screenshots";
const incident = { failures: 60, healthy: 60, poison: 3, held: 5 };
const size = { width: 1280, height: 800 };

const data = await createDataFolder();
await buildConsole();
const product = await startProduct(data.path, { control: true, port: 4600 });
const browser = await openBrowser();
try {
  const client = incidentClientOf(product);
  const shown = await showProduct(browser, join(data.path, "local.env"));
  await post(product, "/api/v1/samples", {});
  await client.until(async () => !(await client.isBusy("default")));
  await client.makeBudget({
    scope: "deployment",
    window: "month",
    limitNanoUsd: "50000000",
    mode: "hard",
  });
  await seedIncident(client, incident, console.log);
  await takeAll(shown, client);
} finally {
  await browser.close();
  await product.stop();
  await data.remove();
}

/** During the outage, and after it was repaired. */
async function takeAll(shown: ShownProduct, client: IncidentClient): Promise<void> {
  const ids = await idsOf(shown);
  await take(shown, "overview", "/");
  await take(shown, "overview-dark", "/", "dark");
  await take(shown, "failures", "/failures");
  await take(shown, "failure", `/failures/${ids.failure}`);
  await take(shown, "file", `/files/${ids.succeeded}`);
  await take(shown, "file-dark", `/files/${ids.succeeded}`, "dark");
  await take(shown, "budgets", "/budgets");
  await take(shown, "queue", "/queue?tab=dead-letters");
  await take(shown, "pipeline", "/pipeline");
  await take(shown, "inspector", product.inspectorUrl);
  const selection = { kind: "filter", filter: { project: incidentProjects.main, status: ["failed"] } };
  const options = { canary: { files: 10, succeedPercent: 90 } };
  const plan = planViewSchema.parse(await post(product, "/api/v1/plans", { selection, options }));
  await take(shown, "plan", `/plans/${plan.id}`);
  await client.mendGateway();
  const executed = await post(product, `/api/v1/plans/${plan.id}/execute`, { reason: "the gateway answers" });
  const { requeueId } = executedSchema.parse(executed);
  await client.until(async () => {
    const requeue = await ask(product, `/api/v1/requeues/${requeueId}`, requeueViewSchema);
    return requeue.proof !== null;
  });
  await take(shown, "receipt", `/requeues/${requeueId}`);
}

async function take(
  { context }: ShownProduct,
  name: string,
  path: string,
  scheme: "light" | "dark" = "light",
) {
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(path, { waitUntil: "networkidle" });
  await page.locator("h1").waitFor();
  await page.waitForFunction(() => document.querySelector(".mantine-Skeleton-root") === null);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(`${file}  ${Math.round((await stat(file)).size / 1000)} kB`);
  await page.close();
}

async function post({ url, apiKey }: Product, path: string, body: object): Promise<unknown> {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new TypeError(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
