import type { FlowControlView, LogEvent, QueueLetter, ScheduleView } from "../../triage/queue/qstash-view.ts";
import type { QueueCounts, QueueStep } from "../../triage/queue/queue-steps-view.ts";
import { formatCount, formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import type { logSpans, QueueTab } from "./queue-state.ts";

/** What the tabs are called. */
export const tabWords: Readonly<Record<QueueTab, string>> = {
  "in-flight": "In flight",
  delayed: "Delayed",
  "flow-control": "Flow control",
  queues: "Queues",
  "dead-letters": "Dead letters",
  log: "Log",
  schedules: "Schedules",
};

/** In ms. */
export const logSpanMs: Readonly<Record<(typeof logSpans)[number], number>> = {
  "15m": 15 * 60_000,
  "1h": 3_600_000,
  "6h": 6 * 3_600_000,
  "24h": 24 * 3_600_000,
};

/** What the spans of the log are called. */
export const spanWords: Readonly<Record<(typeof logSpans)[number], string>> = {
  "15m": "15 minutes",
  "1h": "1 hour",
  "6h": "6 hours",
  "24h": "24 hours",
};

/** What the stages of a message are called. */
export const stageWords: Readonly<Record<QueueStep["stage"], string>> = {
  running: "Running",
  sent: "With QStash",
  unsent: "Not sent",
  delayed: "Delayed",
};

/** What QStash's states of a message are called. */
const logWords = new Map([
  ["CREATED", "Created"],
  ["ACTIVE", "Delivering"],
  ["RETRY", "To be retried"],
  ["ERROR", "Refused"],
  ["DELIVERED", "Delivered"],
  ["FAILED", "Given up"],
  ["CANCEL_REQUESTED", "To be cancelled"],
  ["CANCELED", "Cancelled"],
  ["CANCELLED", "Cancelled"],
]);

/** The word for a state of the log; one that is not known stands as QStash spells it. */
export function logWord(state: string): string {
  return logWords.get(state) ?? state;
}

/** A count that says where it was ended. */
export function countText(count: number, { cappedAt }: Pick<QueueCounts, "cappedAt">): string {
  return count >= cappedAt ? `${formatCount(cappedAt)}+` : formatCount(count);
}

/** A step as a person names it: with its shard where it has several. */
export function stepText({ step, shard }: { readonly step: string; readonly shard: number }): string {
  return shard === 0 ? step : `${step} ${shard}`;
}

/** What a step in flight or delayed is at. */
export function standOf(step: QueueStep, now: Date): string {
  switch (step.stage) {
    case "running":
      return step.leaseExpiresAt === null ? "At work" : leaseText(step.leaseExpiresAt, now);
    case "sent":
      return dueText(step.expectedBy, now);
    case "unsent":
      return "QStash has not taken its message; the tick sends it again";
    case "delayed":
      return step.errorCode === null ? "Waits for its time" : `In backoff after ${step.errorCode}`;
  }
}

function leaseText(leaseExpiresAt: string, now: Date): string {
  const leftMs = Date.parse(leaseExpiresAt) - now.getTime();
  return leftMs <= 0
    ? "Its worker was not heard of; the tick takes it back"
    : `Its worker has it for another ${formatDuration(Math.ceil(leftMs / 1000) * 1000)}`;
}

function dueText(expectedBy: string | null, now: Date): string {
  if (expectedBy === null) return "To be delivered";
  const lateMs = now.getTime() - Date.parse(expectedBy);
  return lateMs > 0 ? `Overdue for ${formatDuration(wholeSeconds(lateMs))}` : "To be delivered";
}

/** When a delivery comes: "in 2 min 05 s", "due". */
export function untilText(at: string | null, now: Date): string {
  if (at === null) return "–";
  const leftMs = Date.parse(at) - now.getTime();
  return leftMs <= 0 ? "due" : `in ${formatDuration(Math.ceil(leftMs / 1000) * 1000)}`;
}

function wholeSeconds(ms: number): number {
  return Math.max(1000, Math.floor(ms / 1000) * 1000);
}

/** How many attempts were made and are left. */
export function attemptsText({ attempts, attemptsLeft }: QueueStep): string {
  return `${formatCount(attempts)} made, ${formatCount(attemptsLeft)} left`;
}

/** The limits of a key, in words. */
export function limitsText({ parallelism, rate }: FlowControlView): string {
  const parts = [
    parallelism.max !== null && `${formatCount(parallelism.max)} at once`,
    rate.max !== null && `${formatCount(rate.max)} every ${periodText(rate.periodSec)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "no limit" : parts.join(", ");
}

/** What of a key is pinned; null: nothing. */
export function pinText({ parallelism, rate }: FlowControlView): string | null {
  const parts = [parallelism.pinned && "parallelism", rate.pinned && "rate"].filter((part) => part !== false);
  return parts.length === 0 ? null : `Pinned: ${parts.join(" and ")}`;
}

/** How much of a key's room is taken. */
export function usedText({ parallelism, rate }: FlowControlView): string {
  const wire = `${formatCount(parallelism.count)} on the wire`;
  return rate.max === null ? wire : `${wire}, ${formatCount(rate.count)} in this period`;
}

function periodText(seconds: number): string {
  return seconds === 1 ? "second" : formatDuration(seconds * 1000);
}

/** What each of Waybill's schedules is for. */
export const scheduleWords: Readonly<
  Record<NonNullable<ScheduleView["about"]>, { readonly name: string; readonly does: string }>
> = {
  tick: { name: "Tick", does: "carries on what a crash or a lost message has left behind" },
  retention: { name: "Retention", does: "drops traces that are past their time" },
  reconciliation: {
    name: "Reconciliation",
    does: "holds QStash, Postgres and the vector index against each other",
  },
};

/** How the last run of a schedule ended. */
export const outcomeWords: Readonly<Record<NonNullable<ScheduleView["lastOutcome"]>, string>> = {
  "under-way": "under way",
  succeeded: "delivered",
  failed: "failed",
};

/** The path of a route of ours, or the address of somebody else's. */
export function placeText(url: string): string {
  const path = /\/api\/jobs\/[^?]*/.exec(url)?.[0];
  return path ?? url;
}

/** What is known of a dead letter's step. */
export function letterText({ standing, step, shard }: QueueLetter): string {
  if (standing === "unknown" || step === null) return "Of no step";
  const name = stepText({ step, shard: shard ?? 0 });
  switch (standing) {
    case "failed":
      return `${name} stands failed by it`;
    case "done":
      return `${name} has gone on without it`;
    case "leaving":
      return `${name} was requeued; the tick removes it`;
  }
}

/** What a line of the log says beside its state. */
export function eventText(event: LogEvent, now: Date): string {
  const parts = [
    event.responseStatus !== null && `answered ${event.responseStatus}`,
    event.error,
    event.nextDeliveryAt !== null &&
      Date.parse(event.nextDeliveryAt) > now.getTime() &&
      `next ${untilText(event.nextDeliveryAt, now)}`,
    event.queue !== null && `queue ${event.queue}`,
    event.flowKey !== null && `key ${event.flowKey}`,
  ];
  return parts.filter((part) => part !== false && part !== null).join(" · ");
}

/** The first sentence of the page. */
export function headlineOf(counts: QueueCounts): {
  readonly text: string;
  readonly state: "good" | "wait" | "bad";
} {
  const { overdue, unsent, running, sent, delayed } = counts;
  if (overdue > 0)
    return {
      text: `${formatCounted(overdue, "delivery", "deliveries")} overdue: the tick asks QStash for ${overdue === 1 ? "it" : "them"}.`,
      state: "bad",
    };
  if (unsent > 0)
    return { text: `${formatCounted(unsent, "message")} to be taken by QStash.`, state: "wait" };
  if (running + sent === 0)
    return delayed === 0
      ? { text: "Nothing is under way.", state: "good" }
      : {
          text: `Nothing is in flight; ${formatCounted(delayed, "message")} delivered later.`,
          state: "good",
        };
  return { text: "Work flows: nothing is overdue.", state: "good" };
}
