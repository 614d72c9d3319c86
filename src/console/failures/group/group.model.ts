import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { formatMinuteUtc } from "../../format/moment.ts";
import { ignoredWords, type ReadAt } from "../state-words.ts";

/** A part of a whole, as counts and as a share: "212 of 340 (62 %)". */
export function shareText(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : Math.round((part / whole) * 100);
  return `${formatCount(part)} of ${formatCount(whole)} (${percent} %)`;
}

/** When something was, told by the first failure: "3 min 20 s before", "2 h 05 min after". */
export function besideText(at: string, firstSeenAt: string): string {
  const apartMs = Date.parse(at) - Date.parse(firstSeenAt);
  if (Math.abs(apartMs) < 1000) return "at the same time";
  return `${formatDuration(Math.abs(apartMs))} ${apartMs < 0 ? "before" : "after"}`;
}

/** What has become of a group, as a sentence. */
export function stateSentence(group: FailureView, readAt: ReadAt): string {
  const { standing, files, ignored, resolvedIn, regressedIn } = group;
  const now =
    standing === 0
      ? `No file stands failed by it now; it has happened to ${formatCounted(files, "file")}.`
      : `${formatCounted(standing, "file")} of ${formatCount(files)} ${standing === 1 ? "stands" : "stand"} failed by it now.`;
  switch (group.state) {
    case "open":
      return now;
    case "regressed":
      return `It has come back${regressedIn === null ? "" : ` under deployment ${regressedIn}`}. ${now}`;
    case "resolved":
      return `It is said to be mended${resolvedIn === null ? "" : ` by deployment ${resolvedIn}`}. ${now}`;
    case "ignored":
      return ignored === null ? now : `${ignoredSentence(ignored, readAt)} ${now}`;
  }
}

function ignoredSentence(ignored: NonNullable<FailureView["ignored"]>, readAt: ReadAt): string {
  const utc = ignored.until === null ? "" : ` (${formatMinuteUtc(ignored.until)})`;
  return `It is ignored ${ignoredWords(ignored, readAt)}${utc}.`;
}
