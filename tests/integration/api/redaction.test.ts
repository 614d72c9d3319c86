import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { z } from "zod";
import { createApi } from "../../../src/api/create-api.ts";
import { payloads } from "../../../src/api/payloads.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { messageStates } from "../../../src/db/schema/messages.ts";
import { projects } from "../../../src/db/schema/projects.ts";
import { reconciliationFindings, reconciliations } from "../../../src/db/schema/reconciliations.ts";
import { spans } from "../../../src/db/schema/spans.ts";
import { uploads } from "../../../src/db/schema/uploads.ts";
import { deriveId } from "../../../src/kernel/ids.ts";
import { listen } from "../../../src/local/kit/listen.ts";
import { adminsOnlyMark, redactedMark } from "../../../src/triage/redaction/redact-fields.ts";
import { redactedFieldSchema, redactionViewSchema } from "../../../src/triage/redaction/redaction-view.ts";
import { signedIn } from "../../support/people.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { insertFailedStep, insertFile, insertSpan } from "./sample-file.ts";

const createdAt = new Date("2026-05-01T10:00:00Z");
const startNs = BigInt(createdAt.getTime()) * 1_000_000n;
/** A value that a field of the settings hides, one that is always hidden, one that only admins see, and one that all see. */
const payload = {
  accountNumber: "named-7731",
  authorization: "Bearer fixed-7731",
  email: "ada-7731@waybill.example",
  plain: "seen-7731",
};
const asText = JSON.stringify(payload);

let api: ServedApi;
let qstash: Awaited<ReturnType<typeof listen>>;
let file: Awaited<ReturnType<typeof insertFile>>;
let viewer: { cookie: string };
/** Each route that hands payloads out, with something in it. */
let paths: string[];

beforeAll(async () => {
  const event = { time: createdAt.getTime(), state: "ERROR", messageId: "msg_1", url: "https://a.test" };
  const answer = { events: [{ ...event, error: asText, body: "" }], cursor: "" };
  qstash = await listen({ fetch: () => Response.json(answer) }, 0);
  api = await serveApi({ QSTASH_URL: qstash.url });
  viewer = await signedIn(api.ctx, { role: "viewer" });
  const { db } = api.ctx;
  file = await insertFile(db, { name: "file.pdf", createdAt });
  await insertSpan(db, file, "00f067aa0ba902b7", startNs, {
    attributes: { ...payload, "http.request.header.account-number": [payload.accountNumber] },
    events: [{ name: "log", timeNs: String(startNs), attributes: payload }],
    links: [{ traceId: "t", spanId: "s", attributes: payload }],
  });
  await insertFailedStep(db, file.runId, createdAt);
  const state = { messageId: "msg_1", at: createdAt, state: "ERROR", dispatch: 1, error: asText };
  await db.insert(messageStates).values({ ...state, stepId: deriveId("step", file.runId, "inspect", 0) });
  await db.insert(reconciliations).values({
    id: "recon_1",
    stage: "done",
    startedAt: createdAt,
    heartbeatAt: createdAt,
    finishedAt: createdAt,
  });
  const finding = { id: "find_1", reconciliationId: "recon_1", class: "dead-letter-unknown" } as const;
  await db
    .insert(reconciliationFindings)
    .values({ ...finding, subject: "dlq_1", facts: payload, foundAt: createdAt });
  const [project] = await db.select().from(projects);
  await db.insert(uploads).values({
    ...{ id: "upl_1", projectId: project?.id ?? "", name: "a", pathname: "a", state: "refused" },
    ...{ errorCode: "file_empty", errorDetails: payload, createdAt },
  });
  await db.insert(auditEntries).values({
    ...{ id: "aud_1", at: createdAt, keyId: "key_1", keyName: "k", via: "key", action: "file.requeue" },
    ...{ fileId: file.fileId, request: payload, before: payload, after: payload },
  });
  paths = [
    "audit",
    "audit?format=csv",
    "audit?format=json",
    `files/${file.fileId}/audit`,
    `files/${file.fileId}/audit?format=csv`,
    `files/${file.fileId}/messages`,
    `files/${file.fileId}/messages?format=json`,
    `files/${file.fileId}/spans/00f067aa0ba902b7`,
    `files/${file.fileId}/trace`,
    `files/${file.fileId}/trace?format=json`,
    `files/${file.fileId}/trace.otlp.json`,
    "queue/log",
    "queue/log?format=json",
    "reconciliations/recon_1/findings",
    "reconciliations/recon_1/findings?format=csv",
    "uploads/upl_1",
  ];
});
afterAll(async () => {
  await api.stop();
  await qstash.close();
});

const send = (method: string, path: string, body?: object) =>
  api.call(`/api/v1/redaction/fields${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
const add = (field: string) => send("POST", "", { field, reason: "a customer asked" });
const read = async () => redactionViewSchema.parse(await (await api.call("/api/v1/redaction")).json());
const told = async (path: string, cookie?: string) => {
  const url = `/api/v1/${path}`;
  const answer = await (cookie === undefined ? api.call(url) : fetch(api.url + url, { headers: { cookie } }));
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const found = async (q: string) =>
  JSON.parse(await told(`files/${file.fileId}/trace/search?q=${encodeURIComponent(q)}`)).spanIds;

describe("before an admin has named anything", () => {
  it("hides what is always hidden, in every answer that has payloads, and nothing else", async () => {
    for (const path of paths) {
      const text = await told(path);
      expect(text, path).not.toContain("fixed-7731");
      expect(text, path).toContain(redactedMark);
      expect(text, path).toContain("named-7731");
      expect(text, path).toContain("seen-7731");
      expect(text, path).toContain("ada-7731@waybill.example");
    }
  });

  it("shows e-mail addresses to admins alone, and says so to the others", async () => {
    for (const path of paths.filter((one) => !/form/.test(one))) {
      const text = await told(path, viewer.cookie);
      expect(text, path).not.toContain("ada-7731@waybill.example");
      expect(text, path).toContain(adminsOnlyMark);
      expect(text, path).toContain("named-7731");
    }
  });
});

describe("a field that an admin names", () => {
  it("is hidden at once from everybody, and what is stored stays as it was", async () => {
    expect((await add("account-number")).status).toBe(201);
    for (const path of paths) expect(await told(path), path).not.toContain("named-7731");
    for (const path of paths) expect(await told(path), path).toContain("seen-7731");
    const [span] = await api.ctx.db.select().from(spans).where(eq(spans.fileId, file.fileId));
    expect(span?.attributes).toMatchObject(payload);
    const [entry] = await api.ctx.db.select().from(auditEntries).where(eq(auditEntries.id, "aud_1"));
    expect(entry?.before).toEqual(payload);
  });

  it("is not given away by a search either", async () => {
    expect(await found("seen-7731")).toEqual(["00f067aa0ba902b7"]);
    expect(await found("accountNumber")).toEqual(["00f067aa0ba902b7"]);
    expect(await found("named-7731")).toEqual([]);
    expect(await found("fixed-7731")).toEqual([]);
  });

  it("stands in the settings once, however it is written, with who named it, and in the audit log", async () => {
    expect((await add("Account_Number")).status).toBe(200);
    const { items, fixed, adminsOnly } = await read();
    expect(items).toMatchObject([{ field: "account-number", createdBy: "admin" }]);
    expect(fixed).toContain("authorization");
    expect(adminsOnly).toContain("*email");
    const entries = await api.ctx.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, "redaction.add"));
    expect(entries).toMatchObject([
      { before: { field: null }, after: { field: "account-number" }, reason: "a customer asked" },
    ]);
  });

  it("is shown again when it is taken away, which the audit log says too", async () => {
    const [named] = (await read()).items;
    expect((await send("DELETE", `/${named?.id}`)).status).toBe(200);
    expect(await told("audit")).toContain("named-7731");
    const [entry] = await api.ctx.db
      .select()
      .from(auditEntries)
      .orderBy(desc(auditEntries.at), desc(auditEntries.id));
    expect(entry).toMatchObject({
      action: "redaction.remove",
      before: { field: "account-number" },
      after: { field: null },
    });
    const again = await send("DELETE", `/${named?.id}`);
    expect([again.status, (await again.json()).error.code]).toEqual([404, "redacted_field_not_found"]);
  });

  it("has a name that says which, and there are a hundred at most", async () => {
    for (const field of ["", "*", "a b", "a".repeat(101)]) expect((await add(field)).status).toBe(400);
    for (let at = 0; at < 100; at += 1) redactedFieldSchema.parse(await (await add(`field-${at}`)).json());
    expect((await add("one-more")).status).toBe(400);
    expect((await add("FIELD_7")).status).toBe(200);
  });
});

test("no answer has fields that this API does not know, but where they are redacted", async () => {
  const streamed = "GET /api/v1/files/{id}/trace.otlp.json";
  const document = createApi(api.ctx).getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
  });
  const schema = z.looseObject({ $ref: z.string().optional() });
  const hasOpenFields = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(hasOpenFields);
    const known = schema.safeParse(node);
    if (!known.success) return false;
    if (typeof known.data.additionalProperties === "object") return true;
    return Object.values(known.data).some(hasOpenFields);
  };
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(z.record(z.string(), z.unknown()).parse(methods)).flatMap(([method, route]) => {
      const { responses } = z.object({ responses: z.record(z.string(), z.unknown()) }).parse(route);
      const good = Object.entries(responses).filter(([status]) => status.startsWith("2"));
      return hasOpenFields(good) ? [`${method.toUpperCase()} ${path}`] : [];
    }),
  );
  // What QStash was answered is a text: it is not to be told from a schema.
  const texts = ["GET /api/v1/files/{id}/messages", "GET /api/v1/queue/log"];
  expect(routes.toSorted()).toEqual(
    [...Object.keys(payloads).filter((route) => !texts.includes(route)), streamed].toSorted(),
  );
});
vi.setConfig({ testTimeout: 30_000 });
