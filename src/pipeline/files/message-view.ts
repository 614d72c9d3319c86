import { z } from "zod";

/** What QStash said of a message at one time. */
const messageStateSchema = z.object({
  state: z.string().describe("CREATED, ACTIVE, DELIVERED, RETRY, ERROR, FAILED, CANCELED, …"),
  at: z.string(),
  error: z.string().nullable(),
  responseStatus: z.number().int().nullable(),
  nextDeliveryAt: z.string().nullable(),
});

/** An attempt that the message's delivery started; going on in place, it starts those of several steps. */
const messageAttemptSchema = z.object({
  step: z.string(),
  shard: z.number().int(),
  number: z.number().int(),
  outcome: z.enum(["running", "succeeded", "retry", "failed", "held", "lost"]),
  retried: z.number().int().describe("QStash's count of retries at that delivery, from 0"),
  spanId: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** A message to QStash for one step instance, with all that QStash logged of it, oldest first. */
export const messageViewSchema = z.object({
  messageId: z.string(),
  run: z.number().int(),
  step: z.string(),
  shard: z.number().int(),
  dispatch: z.number().int().describe("goes up with every message that is sent for the step"),
  publishedAt: z.string().describe("when QStash took it"),
  dlqId: z.string().nullable().describe("where the dead letter queue keeps it"),
  states: z.array(messageStateSchema),
  attempts: z.array(messageAttemptSchema),
});

export type MessageStateView = z.infer<typeof messageStateSchema>;
export type MessageView = z.infer<typeof messageViewSchema>;
