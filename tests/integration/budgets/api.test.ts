import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { budgetViewSchema, heldStepViewSchema } from "../../../src/costs/budgets/budget-view.ts";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { listBudgets } from "../../../src/costs/budgets/read-budgets.ts";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { acceptFile } from "../../../src/pipeline/files/accept-file.ts";
import { findProject } from "../../../src/pipeline/projects/find-project.ts";
import { newEntry } from "../../support/new-entry.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());
afterEach(async () => {
  expect(await findDrift(api.ctx.db)).toEqual([]);
  const { items } = await listBudgets(api.ctx, { limit: 500, cursor: null });
  for (const { id } of items) await send("DELETE", `/${id}`);
});

const detailSchema = budgetViewSchema.extend({ heldSteps: z.array(heldStepViewSchema) });
const errorSchema = z.object({ error: z.object({ code: z.string() }) });

function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return api.call(`/api/v1/budgets${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function create(body: Record<string, unknown>, headers?: Record<string, string>) {
  const response = await send("POST", "", { mode: "hard", window: "day", ...body }, headers);
  expect(response.status).toBe(201);
  return budgetViewSchema.parse(await response.json());
}

async function read(id: string) {
  return detailSchema.parse(await (await send("GET", `/${id}`)).json());
}

/** A new document, whose first step is dispatched or held; nothing delivers it. */
async function newFile(name: string) {
  const project = await findProject(api.ctx, "default");
  const now = api.ctx.clock.now();
  return acceptFile(api.ctx, {
    project,
    name: `${name}.md`,
    contentHash: name.padEnd(64, "0"),
    bytes: 2_000,
    mediaType: "text/markdown",
    blobUrl: `http://127.0.0.1/${name}`,
    receivedAt: now,
  });
}

async function stateOf(runId: string) {
  const [step] = await api.ctx.db.select().from(steps).where(sql`run_id = ${runId} and name = 'inspect'`);
  return step?.state;
}

describe("a budget of the API", () => {
  it("begins with what its window has spent, and says so in full", async () => {
    const at = api.ctx.clock.now();
    await recordSpending(api.ctx, [newEntry("entry_before", at, { quantity: 4_000 })]);
    const made = await create({ scope: "deployment", limitNanoUsd: "1000000", reason: "the month is long" });
    expect(made).toMatchObject({
      name: "daily budget of the deployment",
      project: null,
      window: "day",
      timeZone: "UTC",
      thresholds: [50, 80, 100],
      limitNanoUsd: "1000000",
      settledNanoUsd: "80000",
      reservedNanoUsd: "0",
      freeNanoUsd: "920000",
      excessNanoUsd: "0",
      accounts: 1,
      file: null,
      holds: { count: 0, oldestSince: null, neededNanoUsd: "0" },
      alerts: [],
    });
    const day = new Date(made.windowStart ?? 0);
    expect(day.getTime() % 86_400_000).toBe(0);
    expect(made.windowEnd).toBe(new Date(day.getTime() + 86_400_000).toISOString());
    const { items } = z
      .object({ items: z.array(budgetViewSchema) })
      .parse(await (await send("GET", "")).json());
    expect(items).toMatchObject([made]);
  });

  it("is made once, however often the same request comes", async () => {
    const headers = { "idempotency-key": "budget-once" };
    const body = { scope: "project", project: "default", limitNanoUsd: "5000" };
    const made = await create(body, headers);
    expect((await create(body, headers)).id).toBe(made.id);
    const other = await send(
      "POST",
      "",
      { ...body, mode: "hard", window: "day", limitNanoUsd: "6000" },
      headers,
    );
    expect(errorSchema.parse(await other.json()).error.code).toBe("idempotency_key_reused");
    const again = await send("POST", "", { ...body, mode: "hard", window: "day" });
    expect(again.status).toBe(409);
    expect(errorSchema.parse(await again.json()).error.code).toBe("budget_exists");
    expect((await send("DELETE", `/${made.id}?reason=a+test`)).status).toBe(204);
    expect((await send("GET", `/${made.id}`)).status).toBe(404);
  });

  it.each([
    ["a project it does not need", { scope: "deployment", project: "default" }],
    ["no project", { scope: "project" }],
    ["no step", { scope: "project-step", project: "default" }],
    ["a step that there is not", { scope: "project-step", project: "default", step: "print" }],
    ["a step it does not need", { scope: "project", project: "default", step: "embed" }],
    ["a time zone that there is not", { scope: "deployment", timeZone: "Mars/Base" }],
    ["a limit that is a number", { scope: "deployment", limitNanoUsd: 5 }],
    ["a limit below nothing", { scope: "deployment", limitNanoUsd: "-1" }],
    ["a threshold of nothing", { scope: "deployment", thresholds: [0] }],
    ["a word too much", { scope: "deployment", color: "red" }],
  ])("is refused with %s", async (_, body) => {
    const asked = { mode: "hard", window: "day", limitNanoUsd: "1", ...body };
    const response = await send("POST", "", asked);
    expect(response.status).toBe(400);
    expect(errorSchema.parse(await response.json()).error.code).toBe("malformed_request");
  });

  it("tells which steps it holds, and lets them go as the limit is raised, the oldest document first", async () => {
    const budget = await create({ scope: "deployment", window: "total", limitNanoUsd: "90000" });
    const files = [];
    for (const name of ["aa", "bb", "cc"]) {
      files.push(await newFile(name));
      api.clock.advance(1_000);
    }
    const held = await read(budget.id);
    expect(held.holds.count).toBe(3);
    expect(held.alerts).toMatchObject([{ percent: 50 }, { percent: 80 }, { percent: 100 }]);
    expect(held.heldSteps.map(({ fileId }) => fileId)).toEqual(files.map(({ fileId }) => fileId));
    expect(held.heldSteps[0]).toMatchObject({
      step: "inspect",
      shard: 0,
      project: "default",
      fileName: "aa.md",
    });
    const needed = BigInt(held.heldSteps[0]?.neededNanoUsd ?? "0");
    expect(held.heldSteps[0]?.aboveLimit).toBe(needed > 90_000n);

    // Room for one and a half.
    const limit = BigInt(held.settledNanoUsd) + needed + needed / 2n;
    const raised = await send("PATCH", `/${budget.id}`, { limitNanoUsd: limit.toString(), reason: "more" });
    expect(budgetViewSchema.parse(await raised.json()).holds.count).toBe(2);
    expect(await Promise.all(files.map(({ runId }) => stateOf(runId)))).toEqual(["queued", "held", "held"]);

    const list = await send("GET", `/${budget.id}/holds?limit=1`);
    const page = z
      .object({ items: z.array(heldStepViewSchema), nextCursor: z.string() })
      .parse(await list.json());
    expect(page.items.map(({ fileId }) => fileId)).toEqual([files[1]?.fileId]);
    const rest = await send("GET", `/${budget.id}/holds?limit=1&cursor=${page.nextCursor}`);
    expect(await rest.json()).toMatchObject({ items: [{ fileId: files[2]?.fileId }], nextCursor: null });
    await send("DELETE", `/${budget.id}`);
    expect(await Promise.all(files.map(({ runId }) => stateOf(runId)))).toEqual([
      "queued",
      "queued",
      "queued",
    ]);
  });

  it("lets named steps go above its limit, which is excess and in the audit log", async () => {
    const budget = await create({ scope: "project", project: "default", window: "total", limitNanoUsd: "0" });
    const [one, two] = [await newFile("dd"), await newFile("ee")];
    const { heldSteps, reservedNanoUsd: reserved } = await read(budget.id);
    expect(heldSteps.map(({ aboveLimit }) => aboveLimit)).toEqual([true, true]);
    const stepId = heldSteps.find(({ fileId }) => fileId === two.fileId)?.stepId;
    const refused = await send("POST", `/${budget.id}/release`, { steps: [stepId] });
    expect(await refused.json()).toEqual({ asked: 1, released: 0, held: 2 });

    const headers = { "idempotency-key": "let-go" };
    const body = { steps: [stepId], force: true, reason: "a customer waits" };
    const forced = await send("POST", `/${budget.id}/release`, body, headers);
    expect(forced.status).toBe(202);
    expect(await forced.json()).toEqual({ asked: 1, released: 1, held: 1 });
    expect(await (await send("POST", `/${budget.id}/release`, body, headers)).json()).toEqual({
      asked: 1,
      released: 0,
      held: 1,
    });
    expect([await stateOf(one.runId), await stateOf(two.runId)]).toEqual(["held", "queued"]);
    const after = await read(budget.id);
    const more = BigInt(after.reservedNanoUsd) - BigInt(reserved);
    expect(more).toBe(BigInt(heldSteps[0]?.neededNanoUsd ?? 0));
    expect(after.excessNanoUsd).toBe(
      (BigInt(after.settledNanoUsd) + BigInt(after.reservedNanoUsd)).toString(),
    );
    const [entry] = await api.ctx.db.select().from(auditEntries).where(sql`reason = 'a customer waits'`);
    expect(entry).toMatchObject({
      action: "budget.release",
      keyId: api.keyId,
      request: { budgetId: budget.id, force: 1, steps: stepId },
      before: { held: 2 },
      after: { asked: 1 },
    });
  });

  it("caps each file by itself, and shows the one nearest to its limit", async () => {
    const budget = await create({ scope: "file", window: "total", limitNanoUsd: "70000" });
    const [one, two] = [await newFile("ff"), await newFile("gg")];
    expect(await read(budget.id)).toMatchObject({
      accounts: 2,
      holds: { count: 2 },
      name: "total budget of each file",
    });
    const { heldSteps } = await read(budget.id);
    await send("PATCH", `/${budget.id}`, {
      limitNanoUsd: (BigInt(heldSteps[0]?.neededNanoUsd ?? 0) + 20_000n).toString(),
    });
    expect([await stateOf(one.runId), await stateOf(two.runId)]).toEqual(["queued", "queued"]);
    const view = await read(budget.id);
    expect([one.fileId, two.fileId]).toContain(view.file?.id);
  });

  it("is described in the OpenAPI document", async () => {
    const document = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await (await api.call("/api/v1/openapi.json")).json());
    const described = Object.entries(document.paths).filter(([path]) => path.startsWith("/api/v1/budgets"));
    expect(described.map(([path, methods]) => [path, Object.keys(methods).toSorted()])).toEqual([
      ["/api/v1/budgets", ["get", "post"]],
      ["/api/v1/budgets/{id}", ["delete", "get", "patch"]],
      ["/api/v1/budgets/{id}/holds", ["get"]],
      ["/api/v1/budgets/{id}/release", ["post"]],
    ]);
  });
});
