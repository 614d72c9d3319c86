import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageStates } from "../../../src/db/schema/messages.ts";
import { outbox } from "../../../src/db/schema/outbox.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { attempts, steps } from "../../../src/db/schema/steps.ts";
import { copyMessageStates } from "../../../src/jobs/copy-message-states.ts";
import { WaybillError } from "../../../src/kernel/errors.ts";
import { listChunks } from "../../../src/pipeline/files/list-chunks.ts";
import { listMessages } from "../../../src/pipeline/files/list-messages.ts";
import { listPages } from "../../../src/pipeline/files/list-pages.ts";
import { findById } from "../../../src/pipeline/find/find-by-id.ts";
import type { MessageLog } from "../../../src/providers/message-log.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { encryptedPdf } from "../../support/documents/poison-documents.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

const page = { limit: 100, cursor: null };
const messagesOf = async (fileId: string) => (await listMessages(stack.runtime, { fileId, ...page })).items;

/** QStash logs a delivery after it was answered; the file may be there earlier. */
async function copyUntil(fileId: string, state: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await copyMessageStates(stack.runtime);
        return (await messagesOf(fileId)).flatMap((message) => message.states.map((seen) => seen.state));
      },
      { timeout: 15_000, interval: 100 },
    )
    .toContain(state);
}

describe("what QStash knows of a message", () => {
  it("is kept from creation to delivery, with the attempts that the delivery started", async () => {
    const { fileId } = await upload(stack, "one.md", "# One\n\nMessage is enough for a page.");
    await ended(stack, fileId);
    await copyUntil(fileId, "DELIVERED");
    const [message, ...others] = await messagesOf(fileId);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ run: 1, step: "inspect", shard: 0, dispatch: 1, dlqId: null });
    expect(message?.states.map(({ state }) => state)).toEqual(["CREATED", "ACTIVE", "DELIVERED"]);
    expect(message?.attempts.map(({ step }) => step)).toEqual([
      "inspect",
      "extract",
      "chunk",
      "embed",
      "index",
      "finalize",
    ]);
  });

  it("is copied once, however often it is read, and outlives QStash's own log", async () => {
    const { fileId } = await upload(stack, "again.md", "# Again\n\nAnd again the log is read.");
    await ended(stack, fileId);
    await copyUntil(fileId, "DELIVERED");
    expect(await copyMessageStates(stack.runtime)).toBe(0);
    const before = await messagesOf(fileId);
    const forgotten: MessageLog = {
      read: async () => ({ states: [], cursor: null }),
      findDeadLetter: async () => null,
    };
    await copyMessageStates({ ...stack.runtime, messageLog: forgotten });
    expect(await messagesOf(fileId)).toEqual(before);
    expect(before[0]?.states).toHaveLength(3);
  });

  it("names the dead letter of a message that was given up, also when the callback told nobody", async () => {
    const { fileId, runId } = await upload(stack, "secret.pdf", encryptedPdf());
    expect(await ended(stack, fileId)).toMatchObject({ status: "failed" });
    const dlqId = async () => (await stepsOf(stack, runId)).find((step) => step.name === "inspect")?.dlqId;
    await expect.poll(dlqId, { timeout: 15_000 }).toBeTruthy();
    const told = await dlqId();
    await copyUntil(fileId, "FAILED");
    const [message] = await messagesOf(fileId);
    expect(message).toMatchObject({ dlqId: told, attempts: [{ step: "inspect", outcome: "failed" }] });
    expect(message?.states.find(({ state }) => state === "ERROR")).toMatchObject({ responseStatus: 489 });

    await stack.database.db.update(steps).set({ dlqId: null }).where(eq(steps.runId, runId));
    await copyMessageStates(stack.runtime);
    expect(await dlqId()).toBe(told);
  });

  it("is read on where a pass had to stop, and begins anew when QStash refuses the place", async () => {
    const { fileId, runId } = await upload(stack, "paged.md", "# Paged\n\nIn pages of one entry.");
    await ended(stack, fileId);
    const [step] = await stepsOf(stack, runId);
    const body = JSON.stringify({ v: 1, runId, stepId: step?.id, dispatch: 1 });
    const asked: (string | null)[] = [];
    const state = (cursor: string | null) => ({
      messageId: "msg_paged",
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, 60 - Number(cursor ?? 0))),
      state: "ACTIVE",
      body,
      error: null,
      responseStatus: null,
      nextDeliveryAt: null,
    });
    let refuse = false;
    const messageLog: MessageLog = {
      async read({ cursor }) {
        asked.push(cursor);
        if (refuse && cursor !== null) throw new WaybillError("provider_refused");
        const next = Number(cursor ?? 0) + 1;
        return { states: [state(cursor)], cursor: next < 50 ? String(next) : null };
      },
      findDeadLetter: async () => null,
    };
    const ctx = { ...stack.runtime, messageLog };
    expect(await copyMessageStates(ctx)).toBe(20);
    expect([asked[0], asked.at(-1)]).toEqual([null, "19"]);
    expect(await copyMessageStates(ctx)).toBe(20);
    refuse = true;
    expect(await copyMessageStates(ctx)).toBe(0);
    refuse = false;
    expect(await copyMessageStates(ctx)).toBe(0);
    expect(asked.at(-20)).toBeNull();
    await copyMessageStates(ctx);
    expect(await copyMessageStates(ctx)).toBe(10);
    const paged = (await messagesOf(fileId)).find(({ messageId }) => messageId === "msg_paged");
    expect(paged?.states).toHaveLength(50);
  });

  it("leaves out messages of others, and a QStash that fails fails nothing", async () => {
    const count = () => stack.database.db.$count(messageStates);
    const before = await count();
    const foreign = {
      messageId: "msg_x",
      at: new Date(),
      state: "ACTIVE",
      error: null,
      responseStatus: null,
    };
    const bodies = ["", "not JSON", '{"v":1}', '{"v":1,"runId":"r","stepId":"step_unknown","dispatch":1}'];
    const states = bodies.map((body) => ({ ...foreign, body, nextDeliveryAt: null }));
    const messageLog: MessageLog = {
      read: async () => ({ states, cursor: null }),
      findDeadLetter: async () => null,
    };
    expect(await copyMessageStates({ ...stack.runtime, messageLog })).toBe(0);
    const down: MessageLog = {
      read: () => Promise.reject(new WaybillError("provider_unavailable")),
      findDeadLetter: async () => null,
    };
    expect(await copyMessageStates({ ...stack.runtime, messageLog: down })).toBe(0);
    expect(await count()).toBe(before);
  });
});

describe("the chunks and pages of a file", () => {
  it("say which vectors this run paid for, which it found, and which are in the index", async () => {
    const section = "# Shared\n\nThe very same section stands in two files.";
    const first = await upload(stack, "first.md", section);
    await ended(stack, first.fileId);
    const second = await upload(
      stack,
      "second.md",
      `${section}\n\n# Own\n\nThis one stands in the second alone.`,
    );
    await ended(stack, second.fileId);
    const chunksOf = async (fileId: string) => (await listChunks(stack.runtime, { fileId, ...page })).items;
    expect((await chunksOf(first.fileId)).map(({ embedding }) => embedding)).toEqual(["paid"]);
    const chunks = await chunksOf(second.fileId);
    expect(chunks.length).toBeGreaterThan(0);
    expect(chunks.map(({ embedding }) => embedding)).toContain("paid");
    for (const chunk of chunks) expect(chunk.vectorId).toBe(chunk.id);

    const [run] = await stack.database.db.select().from(runs).where(eq(runs.fileId, second.fileId));
    await stack.database.db.execute(
      sql`update steps set state = 'waiting' where run_id = ${run?.id} and name = 'index'`,
    );
    expect((await chunksOf(second.fileId)).map(({ vectorId }) => vectorId)).toEqual(chunks.map(() => null));
  });

  it("says of a chunk whose text another file has that its vector was found", async () => {
    const text = "# The same\n\nWords again.";
    await ended(stack, (await upload(stack, "same-1.md", text)).fileId);
    const { fileId } = await upload(stack, "same-2.md", `${text}\n`);
    await ended(stack, fileId);
    const { items } = await listChunks(stack.runtime, { fileId, ...page });
    expect(items.map(({ embedding }) => embedding)).toEqual(["cached"]);
  });

  it("come page by page with headings and tokens, from any page on", async () => {
    const { fileId } = await upload(stack, "manual.pdf", manualPdf({ pages: 12 }));
    await ended(stack, fileId, 60_000);
    const list = (from: number, limit: number, cursor: string | null = null) =>
      listPages(stack.runtime, { fileId, from, limit, cursor });
    const first = await list(1, 5);
    expect(first.items.map((item) => item.page)).toEqual([1, 2, 3, 4, 5]);
    expect(first.items[0]?.blocks[0]).toMatchObject({ kind: "heading", level: 1 });
    const [one] = first.items;
    expect(one?.tokens).toBe(one?.blocks.reduce((sum, block) => sum + block.tokens, 0));
    expect(one?.hasPicture).toBe(true);
    expect((await list(1, 5, first.nextCursor)).items.map((item) => item.page)).toEqual([6, 7, 8, 9, 10]);
    const end = await list(11, 5);
    expect([end.items.map((item) => item.page), end.nextCursor]).toEqual([[11, 12], null]);
    const { fileId: other } = await upload(stack, "words.txt", "Only words.");
    await ended(stack, other);
    const words = await listPages(stack.runtime, { fileId: other, from: 1, ...page });
    expect(words.items).toMatchObject([{ page: 1, hasPicture: false, blocks: [{ text: "Only words." }] }]);
    const foreign = await listPages(stack.runtime, {
      fileId: other,
      from: 1,
      limit: 5,
      cursor: first.nextCursor,
    });
    expect(foreign.items).toEqual([]);
  }, 90_000);
});

describe("an id of any kind", () => {
  it("leads to its file, run, step and span", async () => {
    const { fileId, runId, traceId } = await upload(
      stack,
      "findable.md",
      "# Findable\n\nBy whatever is pasted.",
    );
    const file = await ended(stack, fileId);
    await stack.runtime.telemetry.flush();
    const db = stack.database.db;
    const [step] = await db.select().from(steps).where(sql`run_id = ${runId} and name = 'embed'`);
    const [attempt] = await db
      .select()
      .from(attempts)
      .where(eq(attempts.stepId, step?.id ?? ""));
    const [sent] = await db
      .select()
      .from(outbox)
      .where(sql`message_id is not null and step_id in
      (select id from steps where run_id = ${runId})`);
    const [chunk] = (await listChunks(stack.runtime, { fileId, ...page })).items;
    const { rows: inner } = await db.execute(
      sql`select span_id from spans where trace_id = ${traceId} and name like 'embeddings%'`,
    );
    const find = (id: string) => findById(stack.runtime, { id });
    const place = { fileId, fileName: "findable.md", project: "default", status: "succeeded", spanId: null };
    const inRun = { ...place, run: 1 };
    expect(await find(fileId)).toEqual([{ ...place, what: "file", run: null, step: null }]);
    expect(await find(` ${runId}\n`)).toEqual([{ ...inRun, what: "run", step: null }]);
    expect(await find(traceId.toUpperCase())).toEqual([{ ...inRun, what: "trace", step: null }]);
    expect(await find(step?.id ?? "")).toEqual([{ ...inRun, what: "step", step: "embed" }]);
    expect(await find(sent?.messageId ?? "")).toEqual([{ ...inRun, what: "message", step: "inspect" }]);
    expect(await find(chunk?.id ?? "")).toEqual([{ ...inRun, what: "chunk", step: "chunk" }]);
    expect(await find(file.contentHash)).toEqual([{ ...place, what: "content", run: null, step: null }]);
    const { spanId = "" } = attempt ?? {};
    expect(await find(attempt?.id ?? "")).toEqual([{ ...inRun, what: "attempt", step: "embed", spanId }]);
    expect(await find(spanId)).toEqual([{ ...inRun, what: "span", step: "embed", spanId }]);
    const innerId = String(inner[0]?.span_id);
    expect(await find(innerId)).toEqual([{ ...inRun, what: "span", step: "embed", spanId: innerId }]);
    expect(await find("NDABL")).toEqual([{ ...place, what: "name", run: null, step: null }]);
  });

  it("leads nowhere when nothing has it, and a part of a name too short to look for neither", async () => {
    const ids = [
      "file_nothing",
      "msg_nothing",
      "run_",
      "0".repeat(16),
      "0".repeat(32),
      "0".repeat(64),
      "md",
      "%%%",
    ];
    for (const id of ids) expect(await findById(stack.runtime, { id })).toEqual([]);
  });

  it("finds a span of an attempt that still runs", async () => {
    const db = stack.database.db;
    const [attempt] = await db.select().from(attempts).limit(1);
    await db.execute(sql`delete from spans where span_id = ${attempt?.spanId}`);
    expect(await findById(stack.runtime, { id: attempt?.spanId ?? "" })).toMatchObject([{ what: "span" }]);
  });
});
