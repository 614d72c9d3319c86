/**
 * The data of the local QStash. Times and durations are in ms, times since the epoch, unless a name says
 * otherwise.
 */
import { z } from "zod";

/** Header values as the service shows them: canonical names (`X-Tenant`), each with all its values. */
export const headerMapSchema = z.record(z.string(), z.array(z.string()));
/** See `headerMapSchema`. */
export type HeaderMap = z.output<typeof headerMapSchema>;

/** The limits that a message asks for on its flow-control key. */
const flowSchema = z.object({
  key: z.string(),
  parallelism: z.number().optional(),
  rate: z.number().optional(),
  periodSec: z.number(),
});

/** Where and how the outcome of an attempt is told. */
const callbackSchema = z.object({
  url: z.string(),
  method: z.string(),
  header: headerMapSchema,
  maxRetries: z.number().optional(),
  retryDelay: z.string().optional(),
  timeoutMs: z.number().optional(),
  delayMs: z.number(),
});
/** See `callbackSchema`. */
export type CallbackSpec = z.output<typeof callbackSchema>;

/** Everything of a message that does not change while it is delivered, apart from its body. */
export const messageSpecSchema = z.object({
  url: z.string(),
  method: z.string(),
  header: headerMapSchema,
  maxRetries: z.number(),
  retryDelay: z.string().optional(),
  timeoutMs: z.number().optional(),
  callback: callbackSchema.optional(),
  failureCallback: callbackSchema.optional(),
  flow: flowSchema.optional(),
  labels: z.array(z.string()),
  queueName: z.string().optional(),
  topicName: z.string().optional(),
  endpointName: z.string().optional(),
  scheduleId: z.string().optional(),
  callerIp: z.string().optional(),
  /** What is shown as a hash: the body, and all headers (`true`) or those named. */
  redact: z.object({ body: z.boolean(), header: z.union([z.literal(true), z.array(z.string())]) }).optional(),
});
/** See `messageSpecSchema`. */
export type MessageSpec = z.output<typeof messageSpecSchema>;

/** A message to be taken in. */
export interface NewMessage {
  readonly messageId: string;
  readonly spec: MessageSpec;
  readonly body: Buffer;
  readonly dueMs: number;
  /** The place in its queue: its own, or for a callback that of the message it tells of. */
  readonly queue?: { readonly name: string; readonly position?: number | undefined } | undefined;
}

/** A message that was taken up for an attempt. */
export interface ClaimedMessage {
  readonly seq: number;
  readonly messageId: string;
  readonly spec: MessageSpec;
  readonly body: Buffer;
  readonly createdMs: number;
  readonly dueMs: number;
  /** How many attempts there were before this one. */
  readonly retried: number;
  readonly queue: { readonly name: string; readonly position: number } | undefined;
}

/** What came of one attempt. */
export interface Answer {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly header: HeaderMap;
  readonly body: Buffer;
  /** Why there was no answer. */
  readonly error?: string;
}

/** The states that the log tells. */
export const logStates = [
  "CREATED",
  "ACTIVE",
  "RETRY",
  "ERROR",
  "DELIVERED",
  "FAILED",
  "CANCEL_REQUESTED",
  "CANCELED",
] as const;
