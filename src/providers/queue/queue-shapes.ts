import { z } from "zod";

/** What QStash says of a time, in ms; 0 and nothing are the same. */
const moment = z
  .number()
  .nullish()
  .transform((ms) => (ms ? new Date(ms) : null));
const text = z
  .string()
  .nullish()
  .transform((said) => said || null);

/** How many deliveries are on the wire, of how many that may be. */
export const inFlightSchema = z.object({ parallelismMax: z.number(), parallelismCount: z.number() });

/** A key of flow control. Numbers that are 0 have no limit. */
export const flowControlSchema = z.object({
  flowControlKey: z.string(),
  waitListSize: z.number().default(0),
  parallelismMax: z.number().default(0),
  parallelismCount: z.number().default(0),
  rateMax: z.number().default(0),
  rateCount: z.number().default(0),
  /** In s. */
  ratePeriod: z.number().default(0),
  /** Unix time, in s. */
  ratePeriodStart: z.number().default(0),
  isPaused: z.boolean().default(false),
  isPinnedParallelism: z.boolean().default(false),
  isPinnedRate: z.boolean().default(false),
});

/** Such a key. */
export type FlowControl = z.output<typeof flowControlSchema>;

/** A queue. */
export const queueSchema = z.object({
  name: z.string(),
  parallelism: z.number(),
  paused: z.boolean().default(false),
  /** Messages that wait in it. */
  lag: z.number().default(0),
  createdAt: moment,
  updatedAt: moment,
});

/** Such a queue. */
export type QstashQueue = z.output<typeof queueSchema>;

/** A schedule. */
export const scheduleSchema = z.object({
  scheduleId: z.string(),
  cron: z.string(),
  destination: z.string(),
  isPaused: z.boolean().default(false),
  lastScheduleTime: moment,
  nextScheduleTime: moment,
  lastScheduleStates: z.record(z.string(), z.string()).nullish(),
});

/** Such a schedule. */
export type QstashSchedule = z.output<typeof scheduleSchema>;

/** A line of the log. */
export const loggedEventSchema = z.object({
  time: z.number(),
  state: z.string(),
  messageId: z.string(),
  url: z.string().default(""),
  error: text,
  responseStatus: z
    .number()
    .nullish()
    .transform((status) => status || null),
  nextDeliveryTime: moment,
  flowControlKey: text,
  queueName: text,
  scheduleId: text,
  /** base64 */
  body: z.string().nullish(),
});

/** Such a line. */
export type LoggedEvent = z.output<typeof loggedEventSchema>;

/** A dead letter. */
export const deadLetterSchema = z.object({
  dlqId: z.string(),
  messageId: z.string(),
  url: z.string().default(""),
  body: z.string().nullish(),
  bodyBase64: z.string().nullish(),
  createdAt: z.number(),
  responseStatus: z.number().nullish(),
});

/** Such a dead letter. */
export type DeadLetter = z.output<typeof deadLetterSchema>;
