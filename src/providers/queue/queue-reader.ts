import { Client, type State } from "@upstash/qstash";
import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import { askQstash, getPath, impatient } from "./ask-qstash.ts";
import {
  type DeadLetter,
  deadLetterSchema,
  type FlowControl,
  flowControlSchema,
  inFlightSchema,
  type LoggedEvent,
  loggedEventSchema,
  type QstashQueue,
  type QstashSchedule,
  queueSchema,
  scheduleSchema,
} from "./queue-shapes.ts";
import { type SharedRead, shareRead } from "./share-read.ts";

/** By what QStash's log is narrowed; null: by nothing. */
interface LogFilter {
  readonly state: State | null;
  readonly url: string | null;
  readonly messageId: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

interface PagedInput {
  readonly cursor: string | null;
  readonly limit: number;
}

/**
 * What QStash knows, for those who look: each answer is shared by all who ask within a few seconds. Every read throws
 * WaybillError provider_* when QStash does not answer.
 */
export interface QueueReader {
  /** Deliveries on the wire, and how long QStash took to say so, in ms. */
  readonly inFlight: SharedRead<null, { max: number; count: number; tookMs: number }>;
  /** All keys of flow control that have a limit, a pin or something that waits. */
  readonly flowControls: SharedRead<null, { items: FlowControl[] }>;
  readonly queues: SharedRead<null, { items: QstashQueue[] }>;
  readonly schedules: SharedRead<null, { items: QstashSchedule[] }>;
  readonly log: SharedRead<PagedInput & LogFilter, { events: LoggedEvent[]; cursor: string | null }>;
  readonly deadLetters: SharedRead<PagedInput, { letters: DeadLetter[]; cursor: string | null }>;
  /** One of them by its id, asked anew; null when it is gone. */
  findDeadLetter(dlqId: string): Promise<DeadLetter | null>;
  /** Something was changed: all is asked anew. */
  forget(): void;
}

/** For how long an answer is shared, in ms. */
const lifeMs = 3_000;

const cursorSchema = z
  .string()
  .nullish()
  .transform((cursor) => cursor || null);

/** A reader of QStash. */
export function createQueueReader(config: { url: string; token: string; clock: Clock }): QueueReader {
  const { clock } = config;
  const client = new Client({ baseUrl: config.url, token: config.token, ...impatient });
  const ask = <Answer>(schema: z.ZodType<Answer>, call: () => Promise<unknown>) =>
    askQstash(clock, schema, call);
  const share = <Input, Answer extends object>(read: (input: Input) => Promise<Answer>) =>
    shareRead(read, { clock, lifeMs });
  const reads = {
    inFlight: share(async () => {
      const sinceMs = clock.monotonicMs();
      const said = await ask(inFlightSchema, () => client.flowControl.getGlobalParallelism());
      const tookMs = Math.max(0, Math.round(clock.monotonicMs() - sinceMs));
      return { max: said.parallelismMax, count: said.parallelismCount, tookMs };
    }),
    // The SDK reads one key and not all of them.
    flowControls: share(async () => ({
      items: await ask(z.array(flowControlSchema), () => getPath(client, ["v2", "flowControl"])),
    })),
    queues: share(async () => ({ items: await ask(z.array(queueSchema), () => client.queue().list()) })),
    schedules: share(async () => ({
      items: await ask(z.array(scheduleSchema), () => client.schedules.list()),
    })),
    log: share(({ cursor, limit, ...filter }: PagedInput & LogFilter) =>
      ask(
        z
          .object({ logs: z.array(loggedEventSchema), cursor: cursorSchema })
          .transform(({ logs: events, cursor: next }) => ({ events, cursor: next })),
        () =>
          client.logs({
            count: limit,
            ...(cursor !== null && { cursor }),
            filter: {
              ...(filter.state !== null && { state: filter.state }),
              ...(filter.url !== null && { url: filter.url }),
              ...(filter.messageId !== null && { messageId: filter.messageId }),
              ...(filter.from !== null && { fromDate: Date.parse(filter.from) }),
              ...(filter.to !== null && { toDate: Date.parse(filter.to) }),
            },
          }),
      ),
    ),
    deadLetters: share(({ cursor, limit }: PagedInput) =>
      ask(
        z
          .object({ messages: z.array(deadLetterSchema), cursor: cursorSchema })
          .transform(({ messages: letters, cursor: next }) => ({ letters, cursor: next })),
        () => client.dlq.listMessages({ count: limit, ...(cursor !== null && { cursor }) }),
      ),
    ),
  };
  return {
    ...reads,
    async findDeadLetter(dlqId) {
      const found = z.object({ messages: z.array(deadLetterSchema) });
      const { messages } = await ask(found, () => client.dlq.listMessages({ dlqIds: [dlqId] }));
      return messages.find((letter) => letter.dlqId === dlqId) ?? null;
    },
    forget() {
      for (const read of Object.values(reads)) read.forget();
    },
  };
}
