import { Client } from "@upstash/qstash";
import type { Clock } from "../../kernel/clock.ts";
import { impatient, tellQstash } from "./ask-qstash.ts";

/** Limits of a key of flow control; null: left as it is. */
interface PinnedLimits {
  readonly parallelism: number | null;
  /** Deliveries within `periodSec`. */
  readonly rate: number | null;
  /** In s. */
  readonly periodSec: number | null;
}

/**
 * What can be told QStash about how it delivers. Each twice is the same as once. Every call throws WaybillError
 * provider_*.
 */
export interface QueueControls {
  /** Holds a key to these limits, whatever its messages say. */
  pin(key: string, limits: PinnedLimits): Promise<void>;
  /** Lets its next message set the limits again. */
  unpin(key: string, limits: { readonly parallelism: boolean; readonly rate: boolean }): Promise<void>;
  pauseKey(key: string): Promise<void>;
  resumeKey(key: string): Promise<void>;
  pauseQueue(name: string): Promise<void>;
  resumeQueue(name: string): Promise<void>;
  setParallelism(
    name: string,
    queue: { readonly parallelism: number; readonly paused: boolean },
  ): Promise<void>;
  pauseSchedule(id: string): Promise<void>;
  resumeSchedule(id: string): Promise<void>;
  /** A dead letter that is gone already is no fault. */
  removeDeadLetter(dlqId: string): Promise<void>;
}

/** A client that tells QStash. */
export function createQueueControls(config: { url: string; token: string; clock: Clock }): QueueControls {
  const client = new Client({ baseUrl: config.url, token: config.token, ...impatient });
  const tell = (call: () => Promise<unknown>) => tellQstash(config.clock, call);
  return {
    pin: (key, { parallelism, rate, periodSec }) =>
      tell(() =>
        client.flowControl.pin(encodeURIComponent(key), {
          ...(parallelism !== null && { parallelism }),
          ...(rate !== null && { rate }),
          ...(periodSec !== null && { period: periodSec }),
        }),
      ),
    unpin: (key, limits) => tell(() => client.flowControl.unpin(encodeURIComponent(key), limits)),
    pauseKey: (key) => tell(() => client.flowControl.pause(encodeURIComponent(key))),
    resumeKey: (key) => tell(() => client.flowControl.resume(encodeURIComponent(key))),
    pauseQueue: (queueName) => tell(() => client.queue({ queueName }).pause()),
    resumeQueue: (queueName) => tell(() => client.queue({ queueName }).resume()),
    setParallelism: (queueName, queue) => tell(() => client.queue({ queueName }).upsert(queue)),
    pauseSchedule: (schedule) => tell(() => client.schedules.pause({ schedule })),
    resumeSchedule: (schedule) => tell(() => client.schedules.resume({ schedule })),
    // By a list of ids, of which those that are gone are no fault.
    removeDeadLetter: (dlqId) => tell(() => client.dlq.delete([dlqId])),
  };
}
