import { Client, QstashError } from "@upstash/qstash";
import { z } from "zod";
import { formatCarrier, type SpanPlace } from "../telemetry/carrier.ts";
import { traceHeader } from "../telemetry/names.ts";
import { providerFault } from "./provider-fault.ts";

/** A message to one of our job routes. */
export interface JobMessage {
  readonly path: "/api/jobs/ingest-file";
  readonly body: unknown;
  readonly deduplicationId: string;
  /** Attempts after the first. */
  readonly retries: number;
  /** How long QStash waits for our answer, in seconds. */
  readonly timeoutSec: number;
  readonly flowControl: { readonly key: string; readonly parallelism: number };
  readonly labels: readonly string[];
  /** Not before this time. */
  readonly deliverAfter: Date | null;
  /** The span that sends it. */
  readonly sender: SpanPlace;
}

/** A message to one of our job routes that is of no step. */
interface JobCall {
  readonly path: string;
  readonly body: unknown;
  readonly deduplicationId: string;
  /** Not before this time; at once when it is left out. */
  readonly deliverAfter?: Date;
  readonly flowControl?: { readonly key: string; readonly parallelism: number };
}

/** What QStash said of one message. */
interface SentMessage {
  readonly messageId: string;
  readonly deduplicated: boolean;
}

/** In a batch a refused message is answered with `{ error }` in its place. */
const sentSchema = z.object({ messageId: z.string(), deduplicated: z.boolean().default(false) });

/** The queue. Every call throws WaybillError provider_*. */
export interface Queue {
  /** Publishes in one call; the answers are in the order of the messages, null for one that was refused. */
  publish(messages: readonly JobMessage[]): Promise<(SentMessage | null)[]>;
  /** Whether QStash still holds the message for delivery. */
  isPending(messageId: string): Promise<boolean>;
  /** Calls a message back; one that QStash no longer holds is no fault. */
  cancel(messageId: string): Promise<void>;
  /** Removes entries of the dead letter queue; those that are gone already are no fault. */
  removeDeadLetters(dlqIds: readonly string[]): Promise<void>;
  /** Sends a message to somebody else; the same deduplication id twice is one message. */
  notify(message: {
    url: string;
    body: unknown;
    deduplicationId: string;
    headers?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** Sends a message that is of no step to a route of ours; the same deduplication id twice is one message. */
  call(message: JobCall): Promise<void>;
  /** Creates or replaces the schedule that calls a route of ours. */
  schedule(input: { id: string; path: string; cron: string }): Promise<void>;
}

/**
 * The delay before retry n (n = 0 at the first), in ms: 2 s, 8 s, 32 s, … at most 10 minutes. Both the
 * expression that QStash evaluates and `retryDelayMs` must say the same.
 */
const retryDelayExpression = "min(600000, 2000 * pow(4, retried))";

/** How long QStash waits before retry n, in ms. */
export function retryDelayMs(retried: number): number {
  return Math.min(600_000, 2000 * 4 ** retried);
}

/** A client of QStash that publishes to the job routes under `waybillUrl`. */
export function createQueueProvider(config: { url: string; token: string; waybillUrl: string }): Queue {
  const client = new Client({ baseUrl: config.url, token: config.token, enableTelemetry: false });
  return {
    publish: (messages) =>
      speak(async () => {
        const answers = await client.batchJSON(
          messages.map((message) => request(config.waybillUrl, message)),
        );
        return answers.map((answer) => sentSchema.safeParse(answer).data ?? null);
      }),
    async isPending(messageId) {
      try {
        await client.messages.get(messageId);
        return true;
      } catch (error) {
        if (error instanceof QstashError && error.status === 404) return false;
        throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
      }
    },
    async cancel(messageId) {
      try {
        await client.messages.cancel(messageId);
      } catch (error) {
        if (error instanceof QstashError && error.status === 404) return;
        throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
      }
    },
    removeDeadLetters: (dlqIds) =>
      speak(async () => {
        await client.dlq.delete([...dlqIds]);
      }),
    notify: (message) =>
      speak(async () => {
        await client.publishJSON({ ...message, retries: 3, timeout: 30 });
      }),
    call: ({ path, deliverAfter, flowControl, ...message }) =>
      speak(async () => {
        await client.publishJSON({
          ...message,
          url: `${config.waybillUrl}${path}`,
          retries: 3,
          timeout: 60,
          ...(flowControl && { flowControl }),
          ...notBefore(deliverAfter),
        });
      }),
    schedule: ({ id, path, cron }) =>
      speak(async () => {
        await client.schedules.create({
          destination: `${config.waybillUrl}${path}`,
          scheduleId: id,
          cron,
          retries: 0,
          timeout: 55,
        });
      }),
  };
}

function request(waybillUrl: string, message: JobMessage) {
  return {
    url: `${waybillUrl}${message.path}`,
    body: message.body,
    deduplicationId: message.deduplicationId,
    retries: message.retries,
    retryDelay: retryDelayExpression,
    timeout: message.timeoutSec,
    failureCallback: `${waybillUrl}/api/jobs/failed`,
    flowControl: message.flowControl,
    label: [...message.labels],
    headers: { [`Upstash-Forward-${traceHeader}`]: formatCarrier(message.sender) },
    ...notBefore(message.deliverAfter),
  };
}

function notBefore(deliverAfter: Date | null | undefined): { notBefore?: number } {
  return deliverAfter ? { notBefore: Math.ceil(deliverAfter.getTime() / 1000) } : {};
}

async function speak<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
  }
}
