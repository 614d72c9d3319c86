import { ensureAdminKey } from "../access/ensure-admin-key.ts";
import { inviteFirstAdmin } from "../access/invite-first-admin.ts";
import { missingPrices } from "../costs/prices/missing-prices.ts";
import { seedPriceBook } from "../costs/prices/seed-price-book.ts";
import { retentionSchedule } from "../jobs/retention-schedule.ts";
import { reconciliationSchedule } from "../jobs/send-reconciliation.ts";
import { tickSchedule } from "../jobs/tick-schedule.ts";
import { WaybillError } from "../kernel/errors.ts";
import { createProject } from "../pipeline/projects/create-project.ts";
import { getRuntime } from "../runtime.ts";
import { preparePartitions } from "../telemetry/store/prepare-partitions.ts";

/**
 * `npm run setup`: what a deployment needs besides its schema. Seeds the price book, creates the project
 * `default`, keeps the hash of the admin key, creates the QStash schedules, and prints one JSON
 * line `{ "firstAdminUrl": … }`: a link that makes the first admin, once, or null where there are people already.
 * Safe to run again.
 */
const runtime = getRuntime();
try {
  await seedPriceBook(runtime);
  const { model } = runtime.embedding;
  const missing = await missingPrices(runtime, model);
  if (missing.length > 0) {
    throw new WaybillError("price_missing", { details: { meters: missing.join(", "), model } });
  }
  await createProject(runtime, { slug: "default", name: "Default" }).catch((error: unknown) => {
    if (!(error instanceof WaybillError && error.code === "project_exists")) throw error;
  });
  await ensureAdminKey(runtime, runtime.env.WAYBILL_API_KEY);
  await runtime.queue.schedule(tickSchedule);
  await runtime.queue.schedule(retentionSchedule);
  await runtime.queue.schedule(reconciliationSchedule);
  await preparePartitions(runtime);
  const invitation = await inviteFirstAdmin(runtime);
  console.log(JSON.stringify({ firstAdminUrl: invitation?.url ?? null }));
} finally {
  await runtime.close();
}
