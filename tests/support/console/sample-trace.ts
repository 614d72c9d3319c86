import type { FileView, RunView } from "../../../src/pipeline/files/file-view.ts";
import type { SlimSpan } from "../../../src/telemetry/slim-span.ts";
import { sampleAttempt, sampleFile, sampleRun, sampleStep } from "./sample-views.ts";

/** A file with its spans, as the API gives them. */
export interface SampleTrace {
  readonly file: FileView;
  readonly spans: readonly SlimSpan[];
}

/** When the file of a sample trace was received, in ms since the epoch. */
export const sampleOriginMs = Date.parse("2026-03-01T12:00:00.000Z");

/** A span for tests: of the first run, within 100 ms; times are ms since `sampleOriginMs`. */
export function sampleSpan(change: Partial<SlimSpan> & { startMs?: number; endMs?: number } = {}): SlimSpan {
  const { startMs = 0, endMs = startMs + 100, ...rest } = change;
  return {
    traceId: "t1",
    spanId: "s1",
    parentSpanId: null,
    name: "process inspect",
    kind: "internal",
    startNs: toNs(startMs),
    endNs: toNs(endMs),
    status: "ok",
    statusMessage: null,
    runId: "run_1",
    step: null,
    shard: null,
    attempt: null,
    waitReason: null,
    errorCode: null,
    links: [],
    ...rest,
  };
}

function toNs(ms: number): string {
  return `${sampleOriginMs + Math.floor(ms)}${String(Math.round((ms % 1) * 1e6)).padStart(6, "0")}`;
}

/**
 * A file of two runs with about `size` spans: the first failed at embed after retries, the second, an hour later and
 * of nearly all spans, succeeded. The same size gives the same trace.
 */
export function sampleTrace(size: number): SampleTrace {
  const shards = Math.max(3, Math.round((size - 60) / 13));
  const first = writeRun({ number: 1, startMs: 0, shards: 4, failing: true });
  const second = writeRun({ number: 2, startMs: 3_600_000, shards, failing: false });
  const runHistory = [second.run, first.run];
  return {
    file: sampleFile({ runs: 2, runId: "run_2", status: "succeeded", runHistory }),
    spans: [...first.spans, ...second.spans].sort((a, b) => (a.startNs < b.startNs ? -1 : 1)),
  };
}

interface RunPlan {
  readonly number: number;
  readonly startMs: number;
  readonly shards: number;
  readonly failing: boolean;
}

function writeRun(plan: RunPlan): { run: RunView; spans: SlimSpan[] } {
  const writer = createWriter(plan);
  const { startMs } = plan;
  writer.add({ name: "receive upload", kind: "server", startMs, endMs: startMs + 240 });
  let atMs = writer.step("inspect", 0, startMs + 250, [
    ["get blob", 20],
    ["read document", 90],
  ]);
  atMs = fanOut(writer, "extract", plan.shards, atMs, [
    ["get blob", 12],
    ["read document", 210],
  ]);
  atMs = writer.step("chunk", 0, atMs, []);
  atMs = fanOut(writer, "embed", plan.shards, atMs, [["embeddings openai/text-embedding-3-small", 160]]);
  if (!plan.failing) {
    atMs = fanOut(writer, "index", plan.shards, atMs, [["upsert vectors", 70]]);
    atMs = writer.step("finalize", 0, atMs, [["delete vectors", 15]]);
  }
  writer.add({
    spanId: writer.rootId,
    parentSpanId: null,
    name: "ingest",
    startMs,
    endMs: atMs,
    ...(plan.failing ? { status: "error", statusMessage: "model_refused", errorCode: "model_refused" } : {}),
    ...(plan.number > 1 ? { links: [{ traceId: "t1", spanId: "r1.root", attributes: {} }] } : {}),
  });
  return {
    spans: writer.spans,
    run: sampleRun({
      id: `run_${plan.number}`,
      number: plan.number,
      traceId: `t${plan.number}`,
      status: plan.failing ? "failed" : "succeeded",
      createdAt: new Date(sampleOriginMs + startMs).toISOString(),
      finishedAt: new Date(sampleOriginMs + atMs).toISOString(),
    }),
  };
}

type Work = readonly (readonly [name: string, ms: number])[];

/** Eight shards run at a time. */
function fanOut(writer: Writer, step: string, shards: number, startMs: number, work: Work): number {
  const lanes = Array.from({ length: 8 }, () => startMs);
  for (let shard = 0; shard < shards; shard += 1) {
    const lane = lanes.indexOf(Math.min(...lanes));
    lanes[lane] = writer.step(step, shard, lanes[lane] ?? startMs, work, startMs);
  }
  return Math.max(...lanes);
}

type Writer = ReturnType<typeof createWriter>;

function createWriter(plan: RunPlan) {
  const spans: SlimSpan[] = [];
  const prefix = `r${plan.number}`;
  const rootId = `${prefix}.root`;
  // A generator of its own, so that the same plan gives the same trace.
  let seed = 7 + plan.number;
  const chance = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const add = (change: Parameters<typeof sampleSpan>[0]): string => {
    const spanId = change?.spanId ?? `${prefix}.${spans.length}`;
    spans.push(
      sampleSpan({
        traceId: `t${plan.number}`,
        runId: `run_${plan.number}`,
        parentSpanId: rootId,
        ...change,
        spanId,
      }),
    );
    return spanId;
  };
  /** Writes a shard of a step with its message, waits, attempts and calls; returns when it ended. */
  const step = (name: string, shard: number, freeMs: number, work: Work, readyMs = freeMs): number => {
    const of = { step: name, shard };
    const sender = add({
      ...of,
      name: "send ingest-file",
      kind: "producer",
      startMs: readyMs,
      endMs: readyMs + 4,
    });
    let atMs = freeMs + 5 + chance() * 30;
    add({ ...of, name: "wait in queue", waitReason: "queue", startMs: readyMs + 4, endMs: atMs });
    const unlucky = chance() < (plan.failing ? 0.4 : 0.01);
    const last = plan.failing && name === "embed" && shard === plan.shards - 1;
    const attempts = last ? 4 : unlucky ? 2 : 1;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const failed = last || attempt < attempts;
      atMs = writeAttempt(atMs, { ...of, attempt }, work, failed, sender);
      if (attempt === attempts) break;
      const dueMs = atMs + 150 * 2 ** attempt;
      add({ ...of, name: "wait for next attempt", waitReason: "backoff", startMs: atMs, endMs: dueMs });
      atMs = dueMs;
    }
    return atMs;
  };
  const writeAttempt = (
    startMs: number,
    of: { step: string; shard: number; attempt: number },
    work: Work,
    failed: boolean,
    sender: string,
  ): number => {
    const spanId = `${prefix}.${of.step}.${of.shard}.${of.attempt}`;
    const error = {
      status: "error",
      statusMessage: "The gateway refused the model.",
      errorCode: "model_refused",
    } as const;
    let atMs = startMs + 3 + chance() * 8;
    for (const [name, ms] of work) {
      const endMs = atMs + ms * (0.6 + chance());
      add({
        name,
        kind: "client",
        parentSpanId: spanId,
        step: of.step,
        startMs: atMs,
        endMs,
        ...(failed ? error : {}),
      });
      atMs = endMs + chance() * 6;
    }
    const links = [{ traceId: `t${plan.number}`, spanId: sender, attributes: {} }];
    const name = `process ${of.step}`;
    add({ ...of, spanId, name, kind: "consumer", startMs, endMs: atMs + 5, links, ...(failed ? error : {}) });
    return atMs + 5;
  };
  return { spans, rootId, add, step };
}

/** The trace of a sample as it was `seconds` after its second run began: an attempt of embed is under way. */
export function sampleUnderWay(size: number, seconds: number): SampleTrace {
  const { file, spans } = sampleTrace(size);
  const untilMs = sampleOriginMs + 3_600_000 + seconds * 1_000;
  const known = spans.filter(
    ({ spanId, endNs }) => spanId !== "r2.root" && Number(endNs.slice(0, -6)) <= untilMs,
  );
  const startedAt = new Date(untilMs - 200).toISOString();
  const attempt = sampleAttempt({ spanId: "r2.open", outcome: "running", startedAt, finishedAt: null });
  const steps = [sampleStep({ name: "finalize", state: "running", finishedAt: null, attempts: [attempt] })];
  const runHistory = file.runHistory.map((run) =>
    run.number === 2 ? { ...run, status: "running" as const, finishedAt: null, steps } : run,
  );
  return { spans: known, file: { ...file, status: "running", finishedAt: null, runHistory } };
}
