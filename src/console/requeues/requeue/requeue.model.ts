import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { endedOf } from "../progress.model.ts";

/** How a requeue stands, in one or two sentences. */
export function stateSentence(requeue: RequeueView, now: Date): string {
  const { counts, state } = requeue;
  const ended = endedOf(counts);
  const all = formatCounted(counts.total, "file");
  switch (state) {
    case "scheduled": {
      const left = secondsToStart(requeue, now);
      return left > 0 ? `Begins in ${formatDuration(left * 1_000)}. Nothing has been sent.` : "Begins now.";
    }
    case "canary":
      return `${canaryPlan(requeue)} ${formatCount(ended)} ended so far: ${formatCount(counts.succeeded)} succeeded, ${formatCount(counts.failed)} failed again.`;
    case "running":
      return `${formatCount(ended)} of ${all} ended.${leftText(requeue)}`;
    case "paused":
      return `Nothing more is sent until somebody resumes it; what is on its way goes on. ${formatCount(ended)} of ${all} ended.`;
    case "stopped":
      return `It stopped by itself. ${requeue.stoppedBecause ?? ""}`.trim();
    case "cancelled":
      return cancelledSentence(requeue);
    case "done":
      return doneSentence(requeue);
  }
}

/** Whole seconds until a requeue begins; 0 when that is over. */
export function secondsToStart({ startsAt }: Pick<RequeueView, "startsAt">, now: Date): number {
  return Math.max(0, Math.ceil((Date.parse(startsAt) - now.getTime()) / 1_000));
}

/** What came of the canary, as a sentence; null: there is none, or it is told elsewhere or not known. */
export function canarySentence(requeue: RequeueView): string | null {
  const { canary } = requeue.options;
  if (canary === null || requeue.counts.total <= canary.files) return null;
  switch (requeue.state) {
    case "scheduled":
    case "paused":
      return canaryPlan(requeue);
    case "running":
    case "done":
      return `The canary of ${formatCounted(canary.files, "file")} passed: at least ${canary.succeedPercent} % of them succeeded, so the rest followed.`;
    case "canary":
    case "stopped":
    case "cancelled":
      return null;
  }
}

function canaryPlan({ options: { canary } }: RequeueView): string {
  if (canary === null) return "A few files go first.";
  return `${formatCounted(canary.files, "file")} ${canary.files === 1 ? "goes" : "go"} first; the rest ${canary.succeedPercent === 100 ? "only if all of them succeed" : `only if at least ${canary.succeedPercent} % of them succeed`}.`;
}

function leftText({ leftMs }: RequeueView): string {
  return leftMs === null ? "" : ` About ${formatDuration(leftMs)} left at this pace.`;
}

function cancelledSentence({ counts, messages }: RequeueView): string {
  if (messages.sent === 0) return "It was cancelled before anything was sent: every file stands as it was.";
  const kept = counts.pending + counts.skipped;
  const stays =
    kept === 0 ? "" : `; ${formatCounted(kept, "file")} ${kept === 1 ? "stands" : "stand"} as before`;
  return `It was cancelled. ${formatCount(counts.total - kept)} had been sent${stays}.`;
}

function doneSentence({ counts }: RequeueView): string {
  const parts = [
    ...(counts.succeeded > 0 ? [`${formatCount(counts.succeeded)} succeeded`] : []),
    ...(counts.failed > 0 ? [`${formatCount(counts.failed)} failed again`] : []),
    ...(counts.skipped > 0
      ? [`${formatCount(counts.skipped)} ${counts.skipped === 1 ? "was" : "were"} skipped`]
      : []),
  ];
  if (counts.succeeded === counts.total)
    return counts.total === 1
      ? "Its one file succeeded."
      : `All ${formatCount(counts.total)} files succeeded.`;
  return `Every file has its outcome: ${parts.join(", ")}.`;
}
