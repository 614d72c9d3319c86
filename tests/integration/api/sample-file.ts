import { sql } from "drizzle-orm";
import type { Db } from "../../../src/db/client.ts";
import { chunks } from "../../../src/db/schema/content.ts";
import { files } from "../../../src/db/schema/files.ts";
import { projects } from "../../../src/db/schema/projects.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { spans } from "../../../src/db/schema/spans.ts";
import { attempts, steps } from "../../../src/db/schema/steps.ts";
import { deriveId, newTraceId } from "../../../src/kernel/ids.ts";
import type { FileStatus } from "../../../src/pipeline/files/file-view.ts";

/** A file with one run, written straight into the tables. */
export async function insertFile(
  db: Db,
  options: { name: string; createdAt: Date; status?: FileStatus; project?: string; errorCode?: string },
) {
  const { name, createdAt, status = "succeeded", project = "default", errorCode } = options;
  const [owner] = await db.select().from(projects).where(sql`slug = ${project}`);
  const projectId = owner?.id ?? "";
  const fileId = deriveId("file", project, name);
  const runId = deriveId("run", fileId, 1);
  const traceId = newTraceId();
  await db.insert(files).values({
    id: fileId,
    projectId,
    name,
    contentHash: fileId,
    bytes: 10,
    mediaType: "text/plain",
    blobUrl: "https://blob.test/a",
    status,
    latestRunId: runId,
    currentRunId: status === "succeeded" ? runId : null,
    createdAt,
    updatedAt: createdAt,
    ...(errorCode && { errorCode, failedStep: "inspect" }),
  });
  await insertRun(db, { fileId, runId, traceId, number: 1, createdAt, status });
  return { fileId, runId, traceId };
}

/** One more run of a file. */
export async function insertRun(
  db: Db,
  run: {
    fileId: string;
    runId: string;
    traceId: string;
    number: number;
    createdAt: Date;
    status?: FileStatus;
  },
) {
  await db.insert(runs).values({
    id: run.runId,
    fileId: run.fileId,
    number: run.number,
    graphVersion: 1,
    settings: { chunkMaxTokens: 512, chunkOverlapTokens: 48, embeddingModel: "m", embeddingDimensions: 3 },
    status: run.status ?? "succeeded",
    traceId: run.traceId,
    rootSpanId: "r",
    createdAt: run.createdAt,
  });
}

/** A step that failed at its second attempt. */
export async function insertFailedStep(db: Db, runId: string, at: Date) {
  const stepId = deriveId("step", runId, "inspect", 0);
  await db.insert(steps).values({
    id: stepId,
    runId,
    name: "inspect",
    shard: 0,
    state: "failed",
    input: { secret: "input" },
    flowKey: "k",
    attemptCount: 2,
    maxAttempts: 4,
    timeLimitMs: 1000,
    errorCode: "document_corrupt",
    errorMessage: "The page tree is cut off at page 3.",
    startedAt: at,
    finishedAt: at,
  });
  for (const number of [1, 2]) {
    await db.insert(attempts).values({
      id: deriveId("att", stepId, number),
      stepId,
      runId,
      number,
      fence: number,
      spanId: `span${number}`,
      messageId: "msg",
      retried: number - 1,
      deployment: "local",
      outcome: number === 1 ? "retry" : "failed",
      errorCode: number === 1 ? "provider_unavailable" : "document_corrupt",
      startedAt: at,
      finishedAt: at,
    });
  }
}

/** Chunks 0 to `count` - 1 of a run. */
export async function insertChunks(db: Db, runId: string, count: number, text = "text") {
  await db.insert(chunks).values(
    Array.from({ length: count }, (_, ordinal) => ({
      id: deriveId("chunk", runId, ordinal),
      runId,
      ordinal,
      text: `${text} ${ordinal}`,
      contentHash: "h",
      headingPath: ["Title", `Section ${ordinal}`],
      firstPage: ordinal + 1,
      lastPage: ordinal + 2,
      tokens: 3,
    })),
  );
}

/** A span of a file that ended badly; `more` is what else it has. */
export async function insertSpan(
  db: Db,
  run: { fileId: string; runId: string; traceId: string },
  spanId: string,
  startNs: bigint,
  more: Partial<typeof spans.$inferInsert> = {},
) {
  await db.insert(spans).values({
    ...run,
    spanId,
    parentSpanId: null,
    name: "upsert vectors",
    kind: "client",
    startNs,
    endNs: startNs + 1_234_567n,
    startedAt: new Date(Number(startNs / 1_000_000n)),
    status: "error",
    statusMessage: "provider_unavailable",
    attributes: { "waybill.vector.count": 3 },
    events: [],
    links: [{ traceId: "t", spanId: "s", attributes: {} }],
    ...more,
  });
}
