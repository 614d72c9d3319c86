import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spans } from "../../src/db/schema/spans.ts";
import { inJobSpan } from "../../src/jobs/in-job-span.ts";
import { WaybillError } from "../../src/kernel/errors.ts";
import { createLog } from "../../src/kernel/log.ts";
import { tick } from "../../src/pipeline/tick.ts";
import { type Stack, startStack } from "../support/stack.ts";

const lines: string[] = [];
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({}, { log: createLog("info", { write: (line) => lines.push(line) }) });
});
afterAll(() => stack.close());

const delivery = { messageId: "msg_tick", retried: 0, sender: undefined };

async function tickSpans() {
  await stack.runtime.telemetry.flush();
  return stack.database.db.select().from(spans).where(eq(spans.name, "process tick")).orderBy(spans.startNs);
}

test("a scheduled job is a trace of its own, its log lines name it, and what it warned of is kept with it", async () => {
  const read = () => Promise.reject(new WaybillError("provider_unavailable"));
  await tick({ ...stack.runtime, messageLog: { ...stack.runtime.messageLog, read } }, delivery);
  const [span] = await tickSpans();
  expect(span).toMatchObject({
    parentSpanId: null,
    kind: "consumer",
    status: "unset",
    attributes: { "messaging.message.id": "msg_tick", "waybill.outcome": "succeeded" },
    events: [
      { name: "log", attributes: { "log.severity": "warn", "waybill.error.code": "provider_unavailable" } },
    ],
  });
  const ids = { trace_id: span?.traceId, span_id: span?.spanId };
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { ...ids, level: 40, msg: "QStash's log could not be read; the next tick goes on" },
    { ...ids, level: 30, msg: "tick" },
  ]);
});

test("one that meets a fault says which", async () => {
  const work = () => Promise.reject(new WaybillError("internal_error"));
  await expect(inJobSpan(stack.runtime, "tick", delivery, work)).rejects.toThrow(WaybillError);
  expect((await tickSpans()).at(-1)).toMatchObject({
    status: "error",
    attributes: { "waybill.outcome": "failed", "waybill.error.code": "internal_error" },
  });
});
