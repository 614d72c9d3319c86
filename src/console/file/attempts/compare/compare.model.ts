import { formatDuration } from "../../../format/duration.ts";
import { formatMoney } from "../../../format/money.ts";
import type { AttemptRow } from "../attempts.model.ts";

/** What two attempts are compared by. */
export type ComparedField =
  | "step"
  | "try"
  | "outcome"
  | "error"
  | "took"
  | "work"
  | "cost"
  | "deployment"
  | "message"
  | "started";

/** One line of the comparison. */
export interface ComparedLine {
  readonly field: ComparedField;
  readonly label: string;
  /** What the later attempt has otherwise; null where both are the same. */
  readonly difference: string | null;
  /** True for a difference that may explain the other ones; ids and moments differ by nature. */
  readonly marked: boolean;
}

/** Durations closer than this, in ms, or by less than this ratio, are the same for whoever looks for a cause. */
const telling = { ms: 50, ratio: 1.5 };

/** What is the same and what is not between two attempts, the older one first. */
export function compareAttempts(older: AttemptRow, newer: AttemptRow): ComparedLine[] {
  const said = (field: ComparedField, label: string, difference: string | null): ComparedLine => ({
    field,
    label,
    difference,
    marked: difference !== null,
  });
  const byNature = (field: ComparedField, label: string, difference: string): ComparedLine => ({
    field,
    label,
    difference,
    marked: false,
  });
  return [
    said("step", "Step", stepDifference(older, newer)),
    byNature("try", "Attempt", tryDifference(older, newer)),
    said("outcome", "Outcome", older.outcome === newer.outcome ? null : "another outcome"),
    said("error", "Error", errorDifference(older, newer)),
    duration("took", "Took", older.durationMs, newer.durationMs),
    duration("work", "Work", older.workMs, newer.workMs),
    said("cost", "Cost", costDifference(older, newer)),
    said("deployment", "Deployment", older.deployment === newer.deployment ? null : "another deployment"),
    byNature("message", "Message", messageDifference(older, newer)),
    byNature("started", "Started", startDifference(older, newer)),
  ];
}

function stepDifference(older: AttemptRow, newer: AttemptRow): string | null {
  if (older.step !== newer.step) return "another step";
  return older.shard === newer.shard ? null : "another shard";
}

function tryDifference(older: AttemptRow, newer: AttemptRow): string {
  if (older.run !== newer.run) return "another run";
  return older.round === newer.round ? "same round" : "another round";
}

function errorDifference(older: AttemptRow, newer: AttemptRow): string | null {
  if (older.errorCode === newer.errorCode) {
    return older.errorMessage === newer.errorMessage ? null : "another message";
  }
  if (newer.errorCode === null) return "no error any more";
  return older.errorCode === null ? "a new error" : "another error";
}

function duration(
  field: ComparedField,
  label: string,
  olderMs: number | null,
  newerMs: number | null,
): ComparedLine {
  if (olderMs === null || newerMs === null) {
    const difference = olderMs === newerMs ? null : "not known of both";
    return { field, label, difference, marked: false };
  }
  const byMs = newerMs - olderMs;
  if (byMs === 0) return { field, label, difference: null, marked: false };
  const [shorter, longer] = [Math.min(olderMs, newerMs), Math.max(olderMs, newerMs)];
  return {
    field,
    label,
    difference: `${formatDuration(Math.abs(byMs))} ${byMs > 0 ? "longer" : "shorter"}`,
    marked: longer - shorter >= telling.ms && longer >= shorter * telling.ratio,
  };
}

function costDifference(older: AttemptRow, newer: AttemptRow): string | null {
  const by = BigInt(newer.costNanoUsd) - BigInt(older.costNanoUsd);
  if (by === 0n) return null;
  return `${formatMoney(by < 0n ? -by : by)} ${by > 0n ? "more" : "less"}`;
}

function messageDifference(older: AttemptRow, newer: AttemptRow): string {
  return older.messageId === newer.messageId ? "the same, delivered again" : "another message";
}

function startDifference(older: AttemptRow, newer: AttemptRow): string {
  return `${formatDuration(Date.parse(newer.startedAt) - Date.parse(older.startedAt))} later`;
}
