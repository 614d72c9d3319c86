"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../../api-error.ts";
import { formatDuration } from "../../../format/duration.ts";
import { FailureState } from "../../../states/failure-state.tsx";
import { spanQuery } from "../trace.query.ts";
import classes from "./span-detail.module.css";
import { Attributes } from "./span-facts.tsx";

/** All that is on record about a span: its attributes and events, read when they are asked for. */
export function SpanRecord({ fileId, spanId }: { fileId: string; spanId: string }) {
  const span = useQuery(spanQuery(fileId, spanId));
  if (span.data === undefined) {
    if (span.error === null)
      return <Skeleton height={180} mt="sm" aria-label="The attributes are being read" />;
    if (span.error instanceof ApiError && span.error.status === 404)
      return (
        <p className={classes.quiet}>
          Its attributes are not on record. They come when its delivery has ended, unless the store could not
          take them.
        </p>
      );
    return (
      <FailureState
        title="The span could not be read"
        error={span.error}
        onRetry={() => void span.refetch()}
      />
    );
  }
  const { attributes, events, startNs } = span.data;
  return (
    <>
      <h3 className={classes.section}>Attributes</h3>
      <Attributes attributes={attributes} />
      {events.length > 0 && <h3 className={classes.section}>Events</h3>}
      {events.map((event) => (
        <div key={`${event.name}${event.timeNs}`}>
          <p>
            {event.name}{" "}
            <span className={classes.quiet}>
              after {formatDuration(Number(BigInt(event.timeNs) - BigInt(startNs)) / 1e6)}
            </span>
          </p>
          <Attributes attributes={event.attributes} />
        </div>
      ))}
    </>
  );
}
