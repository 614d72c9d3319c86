import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApi } from "../../../src/api/create-api.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { failures } from "../../../src/db/schema/failures.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { fileFailure } from "../../../src/jobs/failures/file-failure.ts";
import { lockRun } from "../../../src/jobs/run-facts.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { commonViewSchema } from "../../../src/triage/failures/common-view.ts";
import {
  failedFileSchema,
  failureSummarySchema,
  failureViewSchema,
} from "../../../src/triage/failures/failure-view.ts";
import { removePerson } from "../../../src/triage/people/remove-person.ts";
import { ended } from "../../support/ingest.ts";
import { addPerson } from "../../support/people.ts";
import { actorOf, failedFile, gatewayAnswers, startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
let first: Awaited<ReturnType<typeof failedFile>>;
let second: Awaited<ReturnType<typeof failedFile>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
  first = await failedFile(stack, "first.md");
  second = await failedFile(stack, "second.md");
});
afterAll(() => stack.close());

async function read(path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${stack.env.WAYBILL_API_KEY}` };
  const answer = await createApi(stack.runtime).request(`/api/v1/failures${path}`, { headers });
  return answer.json();
}
const list = async (query = "") => listOf(failureSummarySchema).parse(await read(query));
const filesOf = async (id: string, query = "") =>
  listOf(failedFileSchema).parse(await read(`/${id}/files${query}`)).items;
async function onlyGroup() {
  const { items } = await list();
  expect(items).toHaveLength(1);
  return failureViewSchema.parse(await read(`/${items[0]?.id}`));
}

it("files failures of a kind under one group, with its sums", async () => {
  const group = await onlyGroup();
  expect(group).toMatchObject({ state: "open", step: "embed", code: "provider_unauthorized", status: 401 });
  expect(group).toMatchObject({ failures: 2, files: 2, standing: 2, attempts: 2 });
  expect(group.hours.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(group.fingerprints).toHaveLength(1);
  expect(group.deployments).toHaveLength(1);
  // The stack is as new as the failure.
  expect(group.changes.map(({ kind }) => kind).sort()).toEqual(["deployment", "graph"]);
  const files = await filesOf(group.id);
  expect(files.map(({ fileId }) => fileId)).toEqual([second.fileId, first.fileId]);
  expect(files[0]).toMatchObject({ name: "second.md", standing: true, times: 1, status: "failed" });
});

it("compares its files with those that succeeded, and lists those that have a trait", async () => {
  const { id } = await onlyGroup();
  const { capped, traits } = commonViewSchema.parse(await read(`/${id}/common`));
  expect(capped).toBe(false);
  expect(traits.map(({ attribute }) => attribute).sort()).toEqual([
    ...["graph", "model", "project", "size", "type"],
  ]);
  for (const { attribute, value, failed, failedOf, succeeded } of traits) {
    expect({ failed, failedOf, succeeded }).toEqual({ failed: 2, failedOf: 2, succeeded: 0 });
    const query = `?attribute=${attribute}&value=${encodeURIComponent(value)}`;
    expect(await filesOf(id, query)).toHaveLength(2);
  }
  for (const query of ["type&value=image/png", "size&value=10000001-", "graph&value=99", "model&value=x"])
    expect(await filesOf(id, `?attribute=${query}`)).toEqual([]);
});

it.each([
  ["?attribute=type", "value"],
  ["?value=text/plain", "attribute"],
  ["?attribute=size&value=3-4", "value"],
  ["?attribute=graph&value=two", "value"],
])("refuses to list files with %s", async (query, detail) => {
  const { id } = await onlyGroup();
  expect(await read(`/${id}/files${query}`)).toMatchObject({
    error: { code: "malformed_request", details: { [detail]: expect.any(String) } },
  });
});

it.each([
  ["?state=open&step=embed&sort=wasted", 1],
  ["?state=resolved", 0],
  ["?project=default&sort=files", 1],
  ["?project=elsewhere", 0],
  ["?code=document_empty", 0],
  ["?q=no-such-sentence", 0],
])("lists with %s %i groups", async (query, count) => {
  expect((await list(query)).items).toHaveLength(count);
});

it("files a dispatch once, however often it is filed", async () => {
  const [step] = await stack.database.db.select().from(steps).where(eq(steps.state, "failed")).limit(1);
  if (step === undefined) throw new TypeError("No step has failed.");
  const facts = { step: step.name, code: "internal_error", message: "Other.", provider: null, status: null };
  const [before] = await stack.database.db.select().from(failures).where(eq(failures.stepId, step.id));
  await stack.database.db
    .transaction(async (tx) => {
      const run = await lockRun(tx, step.runId);
      if (run === undefined) throw new TypeError("The run is not there.");
      const dispatched = { run, stepId: step.id, dispatch: step.dispatch, facts, filedBy: "dpl_test" };
      await fileFailure(tx, dispatched, new Date());
      const all = await tx.select().from(failures).where(eq(failures.stepId, step.id));
      expect(all).toEqual([before]);
      await tx.rollback();
    })
    .catch((error: unknown) => expect(String(error)).toContain("Rollback"));
  expect(await onlyGroup()).toMatchObject({ failures: 2 });
});

it("counts how often in a row it happens to a file that is requeued, until the file succeeds", async () => {
  await gatewayAnswers(stack, 401, 1);
  await triage.requeue(first.fileId, "failed");
  await ended(stack, first.fileId);
  const { id } = await onlyGroup();
  expect(await onlyGroup()).toMatchObject({ failures: 3, files: 2, standing: 2 });
  expect((await filesOf(id))[0]).toMatchObject({
    fileId: first.fileId,
    times: 2,
    standing: true,
    poison: false,
  });
  await gatewayAnswers(stack, 401, 1);
  await triage.requeue(first.fileId, "failed");
  await ended(stack, first.fileId);
  expect((await filesOf(id))[0]).toMatchObject({ fileId: first.fileId, times: 3, poison: true });
  await triage.requeue(first.fileId, "failed");
  await ended(stack, first.fileId);
  expect(await onlyGroup()).toMatchObject({ failures: 4, files: 2, standing: 1 });
  expect((await filesOf(id, "?standing=false"))[0]).toMatchObject({ fileId: first.fileId, times: 0 });
  expect(await filesOf(id, "?standing=true")).toMatchObject([{ fileId: second.fileId }]);
});

async function change(path: string, body: object): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
    "content-type": "application/json",
  };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await createApi(stack.runtime).request(`/api/v1/failures${path}`, init)).json();
}

/** Requeues the second file, which fails again in the same way. */
async function failsAgain() {
  await gatewayAnswers(stack, 401, 1);
  await triage.requeue(second.fileId, "failed");
  await ended(stack, second.fileId);
  return onlyGroup();
}

it("opens an ignored group after as many failures as were said", async () => {
  const { id, failures: before } = await onlyGroup();
  expect(await change(`/${id}/state`, { state: "ignored", failures: 2 })).toMatchObject({
    state: "ignored",
    ignored: { until: null, untilFailures: 2 },
  });
  expect(await failsAgain()).toMatchObject({ state: "ignored", ignored: { untilFailures: 1 } });
  expect(await failsAgain()).toMatchObject({ state: "open", ignored: null, failures: before + 2 });
});

it("regresses a resolved group under the deployment that was to mend it, and not under the old one", async () => {
  const { id, deployments } = await onlyGroup();
  const [deployment] = deployments;
  await change(`/${id}/state`, { state: "resolved", deployment: "a-later-one" });
  expect(await failsAgain()).toMatchObject({
    state: "resolved",
    resolvedIn: "a-later-one",
    regressedIn: null,
  });
  await change(`/${id}/state`, { state: "resolved", deployment });
  expect(await failsAgain()).toMatchObject({ state: "regressed", regressedIn: deployment });
});

it("is given to somebody who has a key, and writes each change into the audit log", async () => {
  const { id } = await onlyGroup();
  const { keyId } = triage;
  expect(await change(`/${id}/assignee`, { keyId })).toMatchObject({ assignee: { keyId } });
  expect(await change(`/${id}/assignee`, { keyId: "key_0" })).toMatchObject({
    error: { code: "malformed_request" },
  });
  expect(await change(`/${id}/assignee`, { keyId: null })).toMatchObject({ assignee: null });
  const all = await stack.database.db.select({ action: auditEntries.action }).from(auditEntries);
  const counts = (action: string) => all.filter((entry) => entry.action === action).length;
  expect([counts("failure.set-state"), counts("failure.assign")]).toEqual([3, 2]);
});

it("is given to a person, and to nobody once they are removed", async () => {
  const { id } = await onlyGroup();
  const admin = await addPerson(stack.runtime, { role: "admin", name: "Ada" });
  const grace = await addPerson(stack.runtime, { role: "operator", name: "Grace" });
  expect(await change(`/${id}/assignee`, { keyId: grace.id })).toMatchObject({
    assignee: { keyId: grace.id, name: "Grace" },
  });
  await removePerson(stack.runtime, { id: grace.id, actor: actorOf(triage) });
  expect(await read(`/${id}`)).toMatchObject({ assignee: null });
  expect(await change(`/${id}/assignee`, { keyId: admin.id })).toMatchObject({ assignee: { name: "Ada" } });
});

it("says that there is no such group", async () => {
  for (const path of ["/group_0", "/group_0/files", "/group_0/common"])
    expect(await read(path)).toMatchObject({ error: { code: "failure_not_found" } });
  expect(await change("/group_0/state", { state: "open" })).toMatchObject({
    error: { code: "failure_not_found" },
  });
});
