import type { FailureSummary } from "../../triage/failures/failure-view.ts";
import { formatComing } from "../format/coming.ts";
import { formatCount } from "../format/count.ts";

type Ignored = NonNullable<FailureSummary["ignored"]>;

/** The reader's clock. */
export interface ReadAt {
  readonly now: Date;
  /** IANA name; left out: the reader's own. */
  readonly timeZone?: string;
}

/** How long a group is ignored: "for ever", "until tomorrow 08:00", "until it has failed 3 more times". Pure. */
export function ignoredWords({ until, untilFailures }: Ignored, { now, timeZone }: ReadAt): string {
  const ends = [
    ...(until === null ? [] : [`until ${formatComing(until, now, timeZone)}`]),
    ...(untilFailures === null ? [] : [`until it has failed ${timesWords(untilFailures)}`]),
  ];
  return ends.length === 0 ? "for ever" : ends.join(", or ");
}

function timesWords(more: number): string {
  return more === 1 ? "once more" : `${formatCount(more)} more times`;
}

/** What a list says of a group's state besides its name; null where the name says it all. Pure. */
export function stateNote(
  group: Pick<FailureSummary, "state" | "ignored" | "resolvedIn" | "regressedIn">,
  readAt: ReadAt,
): string | null {
  switch (group.state) {
    case "open":
      return null;
    case "ignored":
      return group.ignored && `ignored ${ignoredWords(group.ignored, readAt)}`;
    case "resolved":
      return group.resolvedIn && `resolved by ${group.resolvedIn}`;
    case "regressed":
      return group.regressedIn && `back under ${group.regressedIn}`;
  }
}
