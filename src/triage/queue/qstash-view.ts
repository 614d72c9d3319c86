import { z } from "zod";

const time = z.string().describe("ISO 8601, UTC");
const readAt = time.describe("when QStash said so; an answer is shared for a few seconds");

/** What QStash says of all that it delivers. */
export const inFlightViewSchema = z.object({
  count: z.number().int().describe("deliveries on the wire"),
  max: z.number().int().describe("how many that may be; 0: not said"),
  tookMs: z.number().int().describe("how long QStash took to say so"),
  readAt,
});

/** A key of flow control. */
export const flowControlViewSchema = z.object({
  key: z.string(),
  about: z
    .string()
    .nullable()
    .describe("whose messages have it: `project default`, `requeues`; null: not ours"),
  waiting: z.number().int().describe("messages on its wait list"),
  parallelism: z.object({
    count: z.number().int(),
    max: z.number().int().nullable().describe("null: no limit"),
    pinned: z.boolean(),
  }),
  rate: z.object({
    count: z.number().int().describe("deliveries begun in this period"),
    max: z.number().int().nullable().describe("null: no limit"),
    periodSec: z.number().int(),
    pinned: z.boolean(),
  }),
  paused: z.boolean(),
});

/** Such a key, as the API answers. */
export type FlowControlView = z.infer<typeof flowControlViewSchema>;

/** A queue of QStash. */
export const queueViewSchema = z.object({
  name: z.string(),
  parallelism: z.number().int(),
  lag: z.number().int().describe("messages that wait in it"),
  paused: z.boolean(),
  createdAt: time.nullable(),
  updatedAt: time.nullable(),
});

/** Such a queue, as the API answers. */
export type QueueView = z.infer<typeof queueViewSchema>;

/** A schedule of QStash. */
export const scheduleViewSchema = z.object({
  id: z.string(),
  about: z
    .enum(["tick", "retention", "reconciliation"])
    .nullable()
    .describe("which of Waybill's own it is; null: somebody else's"),
  cron: z.string(),
  destination: z.string(),
  paused: z.boolean(),
  lastAt: time.nullable(),
  lastOutcome: z.enum(["under-way", "succeeded", "failed"]).nullable(),
  nextAt: time.nullable(),
});

/** Such a schedule, as the API answers. */
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

const owner = {
  fileId: z.string().nullable(),
  fileName: z.string().nullable(),
  step: z.string().nullable(),
  shard: z.number().int().nullable(),
};

/** What QStash's log may be narrowed to. */
export const logStates = ["CREATED", "ACTIVE", "RETRY", "ERROR", "DELIVERED", "FAILED", "CANCELED"] as const;

/** A line of QStash's log. */
export const logEventSchema = z.object({
  at: time,
  state: z.string(),
  messageId: z.string(),
  url: z.string(),
  error: z.string().nullable(),
  responseStatus: z.number().int().nullable(),
  nextDeliveryAt: time.nullable(),
  flowKey: z.string().nullable(),
  queue: z.string().nullable(),
  schedule: z.string().nullable(),
  ...owner,
});

/** Such a line, as the API answers. */
export type LogEvent = z.infer<typeof logEventSchema>;

/** A dead letter of QStash. */
export const queueLetterSchema = z.object({
  dlqId: z.string(),
  messageId: z.string(),
  url: z.string(),
  at: time,
  expiresAt: time.describe("when QStash forgets it"),
  responseStatus: z.number().int().nullable(),
  standing: z
    .enum(["failed", "done", "leaving", "unknown"])
    .describe(
      "`failed`: its file stands failed by it; `leaving`: the tick removes it; `unknown`: of no step",
    ),
  ...owner,
});

/** Such a dead letter, as the API answers. */
export type QueueLetter = z.infer<typeof queueLetterSchema>;

/** A whole list of QStash. */
export const wholeList = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), readAt });

/** A page of one of QStash's lists. */
export const qstashPage = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), readAt });
