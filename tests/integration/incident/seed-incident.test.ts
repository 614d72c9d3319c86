import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ensureAdminKey } from "../../../src/access/ensure-admin-key.ts";
import { createApi } from "../../../src/api/create-api.ts";
import { createUploadApi } from "../../../src/api/create-upload-api.ts";
import { createIncidentClient } from "../../../src/cli/incident/incident-client.ts";
import { incidentProjects, seedIncident } from "../../../src/cli/incident/seed-incident.ts";
import { attempts } from "../../../src/db/schema/steps.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { fileSummarySchema, listOf } from "../../../src/pipeline/files/file-view.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const size = { failures: 10, healthy: 2, poison: 2, held: 2 };

let stack: Stack;
let client: ReturnType<typeof createIncidentClient>;
let stuckFileId: string;
let send: (path: string, init?: RequestInit) => Promise<Response>;
beforeAll(async () => {
  stack = await startServedStack();
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  const [api, upload] = [createApi(stack.runtime), createUploadApi(stack.runtime)];
  send = async (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${stack.env.WAYBILL_API_KEY}`);
    return (path === "/api/upload" ? upload : api).request(path, { ...init, headers });
  };
  const gatewayOrigin = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "").origin;
  client = createIncidentClient({ send, gatewayOrigin, clock: systemClock });
  ({ stuckFileId } = await seedIncident(client, size, () => undefined));
});
afterAll(() => stack.close());

async function filesOf(project: string, status: string) {
  const answer = await send(`/api/v1/files?project=${project}&status=${status}&limit=100`);
  return listOf(fileSummarySchema).parse(await answer.json()).items;
}

it("fails as many files as were asked for, for three causes of the provider, beside the poison files", async () => {
  const failed = await filesOf(incidentProjects.main, "failed");
  expect(failed).toHaveLength(size.failures + size.poison);
  expect(await filesOf(incidentProjects.main, "succeeded")).toHaveLength(size.healthy);
  const outage = failed.filter(({ name }) => name.startsWith("outage"));
  const codes = Object.groupBy(outage, ({ errorCode }) => errorCode ?? "none");
  expect(codes.provider_unauthorized).toHaveLength(6);
  expect(codes.provider_refused).toHaveLength(4);
  const faults = await stack.database.db
    .select({ code: attempts.errorCode, fingerprint: attempts.errorFingerprint })
    .from(attempts);
  const kinds = faults.filter(({ code }) => code === "provider_unauthorized" || code === "provider_refused");
  expect(new Set(kinds.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});

it("has poison files that failed three times in the same way", async () => {
  const poison = (await filesOf(incidentProjects.main, "failed")).filter(({ name }) => name.endsWith(".pdf"));
  expect(poison).toHaveLength(size.poison);
  for (const { id } of poison) {
    const { runHistory: runs } = await client.file(id);
    const ends = runs.flatMap(({ steps }) => steps).flatMap((step) => step.attempts);
    expect(ends.filter(({ outcome }) => outcome === "failed")).toHaveLength(3);
  }
});

it("has files that an exhausted budget holds, and one that waits for hours", async () => {
  expect(await filesOf(incidentProjects.budget, "held")).toHaveLength(size.held);
  const { runHistory: runs } = await client.file(stuckFileId);
  const due = runs.flatMap(({ steps }) => steps).flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []);
  expect(due).toHaveLength(1);
  expect(Date.parse(due[0] ?? "") - Date.now()).toBeGreaterThan(5 * 3_600_000);
});

it("goes on until it is mended, after which a requeue succeeds", async () => {
  const [first] = (await filesOf(incidentProjects.main, "failed")).filter(
    ({ name }) => name === "outage-1.md",
  );
  const fileId = first?.id ?? "";
  const outcome = async () => {
    await client.requeue(fileId);
    await client.until(async () => !(await client.isBusy(incidentProjects.main)));
    return (await client.file(fileId)).status;
  };
  expect(await outcome()).toBe("failed");
  await client.mendGateway();
  expect(await outcome()).toBe("succeeded");
});
