"use client";

import { Tooltip } from "@mantine/core";
import { useNow } from "../shell/now.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import { formatComing } from "./coming.ts";
import { formatAgo, formatExact, formatLocal, formatUtc } from "./moment.ts";

/** A moment as its age; exact in UTC and on the reader's clock when pointed at. */
export function MomentText({ at }: { at: string }) {
  return <Exact at={at} text={formatAgo(at, useNow(), useTimeChoice().timeZone)} />;
}

/** A moment that is to come, as people say it; exact in the same way. */
export function ComingText({ at }: { at: string }) {
  return <Exact at={at} text={formatComing(at, useNow(), useTimeChoice().timeZone)} />;
}

/** A moment to the ms, by the clock that the reader has chosen; by the other one when pointed at. */
export function ExactMoment({ at, className }: { at: string; className?: string | undefined }) {
  const { timeZone, display } = useTimeChoice();
  return (
    <time dateTime={at} title={display === "utc" ? formatLocal(at) : formatUtc(at)} className={className}>
      {formatExact(at, timeZone)}
    </time>
  );
}

function Exact({ at, text }: { at: string; text: string }) {
  return (
    <Tooltip
      label={
        <>
          {formatUtc(at)}
          <br />
          {formatLocal(at)}
        </>
      }
    >
      <time dateTime={at}>{text}</time>
    </Tooltip>
  );
}
