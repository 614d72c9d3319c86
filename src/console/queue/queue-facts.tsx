"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import { sentenceOf } from "../api-error.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { Fact, FactRow } from "../format/fact-row.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { Loaded } from "../states/loaded.tsx";
import { countText } from "./queue.model.ts";
import { countsQuery, inFlightQuery } from "./queue.query.ts";
import classes from "./queue-page.module.css";

/** What is under way: as Postgres has it, and as QStash says; each fails by itself. */
export function QueueFacts() {
  const counts = useLiveQuery(countsQuery);
  return (
    <div className={classes.facts}>
      <Loaded
        read={counts}
        loading={<Skeleton height={54} />}
        failed="How many steps are under way could not be read"
      >
        {(read) => (
          <FactRow>
            <Fact name="Running">{countText(read.running, read)}</Fact>
            <Fact name="With QStash">{countText(read.sent, read)}</Fact>
            <Fact name="Not sent">{countText(read.unsent, read)}</Fact>
            <Fact name="Delayed">{countText(read.delayed, read)}</Fact>
            <Fact name="Held">
              {read.held === 0 ? "0" : <Link href="/files?status=held">{countText(read.held, read)}</Link>}
            </Fact>
            <Fact name="Overdue">
              {read.overdue === 0 ? (
                "0"
              ) : (
                <Link href="/stuck?reason=not-delivered">{countText(read.overdue, read)}</Link>
              )}
            </Fact>
            <Fact name="QStash says">
              <OnTheWire />
            </Fact>
          </FactRow>
        )}
      </Loaded>
    </div>
  );
}

function OnTheWire() {
  const { data, error } = useLiveQuery(inFlightQuery);
  if (error !== null)
    return (
      <span className={classes.failed} role="alert">
        {sentenceOf(error)}
      </span>
    );
  if (data === undefined) return <Skeleton height={14} width={120} />;
  const most = data.max === 0 ? "" : ` of ${formatCount(data.max)}`;
  return (
    <span>
      {formatCount(data.count)}
      {most} on the wire, answered in {formatDuration(data.tookMs)}
    </span>
  );
}
