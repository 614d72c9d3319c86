"use client";

import { useNow } from "../shell/now.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import { formatComing } from "./coming.ts";
import { formatAgo, formatExact } from "./moment.ts";

/** A moment as its age; exact when pointed at, as every `<time>` is. */
export function MomentText({ at }: { at: string }) {
  return <time dateTime={at}>{formatAgo(at, useNow(), useTimeChoice().timeZone)}</time>;
}

/** A moment that is to come, as people say it; exact in the same way. */
export function ComingText({ at }: { at: string }) {
  return <time dateTime={at}>{formatComing(at, useNow(), useTimeChoice().timeZone)}</time>;
}

/** A moment to the ms, by the clock that the reader has chosen. */
export function ExactMoment({ at, className }: { at: string; className?: string | undefined }) {
  return (
    <time dateTime={at} className={className}>
      {formatExact(at, useTimeChoice().timeZone)}
    </time>
  );
}
