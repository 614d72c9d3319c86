import { z } from "zod";

/** The states of a file and of a run. */
export const fileStatuses = ["queued", "running", "held", "succeeded", "failed", "cancelled"] as const;

/** The states of a step. */
const stepStates = ["waiting", "queued", "running", "succeeded", "failed", "held", "cancelled"] as const;

/** How an attempt ended, or `running`. */
const attemptOutcomes = ["running", "succeeded", "retry", "failed", "held", "lost"] as const;

/** A code with the sentence a person reads; both null where nothing failed. */
const failure = {
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
};

/** An amount of nano-USD as a decimal string, since JSON numbers are not exact. */
const nanoUsd = z.string().regex(/^-?\d+$/);

/** A file in a list. Times are ISO 8601 in UTC. */
export const fileSummarySchema = z.object({
  id: z.string(),
  project: z.string().describe("slug"),
  name: z.string(),
  contentHash: z.string().describe("SHA-256, hex"),
  bytes: z.number().int(),
  mediaType: z.string(),
  status: z.enum(fileStatuses),
  runId: z.string().describe("the newest run"),
  runs: z.number().int(),
  pages: z.number().int().nullable(),
  chunks: z.number().int().nullable(),
  attempts: z.number().int(),
  failedStep: z.string().nullable(),
  ...failure,
  costNanoUsd: nanoUsd,
  createdAt: z.string(),
  updatedAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** One delivery of a step that really started. */
export const attemptViewSchema = z.object({
  id: z.string(),
  number: z.number().int().describe("of its step, over all rounds"),
  round: z.number().int().describe("goes up with every requeue that continues the run"),
  outcome: z.enum(attemptOutcomes),
  messageId: z.string(),
  retried: z.number().int(),
  deployment: z.string(),
  spanId: z.string(),
  ...failure,
  costNanoUsd: nanoUsd,
  workMs: z.number().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** A step instance of a run, with its attempts, oldest first. */
const stepViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  shard: z.number().int(),
  state: z.enum(stepStates),
  round: z.number().int().describe("the round in which it was made ready last"),
  retired: z
    .boolean()
    .describe(
      "true when the step that plans it is done again and has not planned it anew: only its history counts",
    ),
  attemptCount: z.number().int(),
  maxAttempts: z.number().int(),
  heldReason: z.string().nullable(),
  heldUntil: z.string().nullable(),
  hold: z
    .object({
      budgetId: z.string(),
      budget: z.string().describe("what it is called"),
      neededNanoUsd: nanoUsd.describe("what must be set aside for the step to go on"),
      limitNanoUsd: nanoUsd,
      since: z.string(),
    })
    .nullable()
    .describe("for what money it waits; null when it is not held by a budget"),
  nextAttemptAt: z.string().nullable(),
  dlqId: z.string().nullable(),
  ...failure,
  costNanoUsd: nanoUsd,
  queuedAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  attempts: z.array(attemptViewSchema),
});

/** One ingestion of a file. */
const runViewSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  round: z.number().int(),
  graphVersion: z.number().int(),
  status: z.enum(fileStatuses),
  traceId: z.string(),
  costNanoUsd: nanoUsd,
  wastedNanoUsd: nanoUsd.describe("what attempts cost that failed or were lost"),
  chunks: z.number().int().nullable().describe("how many its text was cut into; null before that"),
  indexedChunks: z.number().int().describe("how many of them are safe in the index"),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  steps: z.array(stepViewSchema),
});

/** A file with all its runs, newest first. */
export const fileViewSchema = fileSummarySchema.extend({ runHistory: z.array(runViewSchema) });

/** A chunk as it was extracted. */
export const chunkViewSchema = z.object({
  id: z.string(),
  ordinal: z.number().int(),
  text: z.string(),
  headingPath: z.array(z.string()),
  firstPage: z.number().int(),
  lastPage: z.number().int(),
  tokens: z.number().int(),
  contentHash: z.string(),
  vectorId: z.string().nullable().describe("its id in the index; null until it is written there"),
  embedding: z
    .enum(["paid", "cached"])
    .nullable()
    .describe("whether this run paid for the vector or found it from an earlier one; null until it has one"),
});

/** A chunk that a search found. */
export const searchHitSchema = z.object({
  chunkId: z.string(),
  fileId: z.string(),
  fileName: z.string(),
  project: z.string(),
  score: z.number(),
  text: z.string(),
  headingPath: z.array(z.string()),
  heading: z.string().nullable().describe("the innermost heading"),
  page: z.number().int(),
  lastPage: z.number().int(),
});

/** A page of a list; `nextCursor` is null on the last one. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export type FileStatus = (typeof fileStatuses)[number];
export type StepState = (typeof stepStates)[number];
export type FileSummary = z.infer<typeof fileSummarySchema>;
export type AttemptView = z.infer<typeof attemptViewSchema>;
export type StepView = z.infer<typeof stepViewSchema>;
export type RunView = z.infer<typeof runViewSchema>;
export type FileView = z.infer<typeof fileViewSchema>;
export type ChunkView = z.infer<typeof chunkViewSchema>;
export type SearchHit = z.infer<typeof searchHitSchema>;

/** A page of a list. */
export interface ListPage<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}
