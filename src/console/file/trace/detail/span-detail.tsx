"use client";

import { ActionIcon } from "@mantine/core";
import { IconX, IconZoomScan } from "@tabler/icons-react";
import { CopiedId } from "../../../format/copied-id.tsx";
import { formatCount } from "../../../format/count.ts";
import { formatDuration } from "../../../format/duration.ts";
import { ExactMoment } from "../../../format/moment-text.tsx";
import { StatusMark } from "../../../status/status-mark.tsx";
import type { Named } from "../rows/row-place.ts";
import { durationWords } from "../rows/row-words.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import { lookWords } from "../spans/span-look.ts";
import { sinceCut } from "../time/time-axis.ts";
import type { TraceModel } from "../view/use-trace-model.ts";
import { RowAttempts } from "./row-attempts.tsx";
import { RowMembers } from "./row-members.tsx";
import classes from "./span-detail.module.css";
import { Fact } from "./span-facts.tsx";
import { SpanLinks } from "./span-links.tsx";
import { SpanRecord } from "./span-record.tsx";

/** The details of a row, or of one of the spans in it. */
export function SpanDetail(props: {
  fileId: string;
  model: TraceModel;
  named: Named;
  /** It is on the critical path of its run. */
  critical: boolean;
  onFollow: (name: string) => void;
  onFit: () => void;
  onClose: () => void;
}) {
  const { model, named, onFollow } = props;
  const row = model.tree.rows[named.at];
  if (row === undefined) return null;
  const place = named.place === -1 ? row.span : named.place;
  const span = model.table.spans[place];
  const name = named.place === -1 || span === undefined ? `${row.name} ${row.note}`.trim() : span.name;
  return (
    <aside className={classes.detail} aria-label={`Details of ${name}`}>
      <header className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <span className={classes.buttons}>
          <ActionIcon size="sm" aria-label="Zoom to it" data-hint="Zoom to it (f)" onClick={props.onFit}>
            <IconZoomScan size={16} stroke={1.75} />
          </ActionIcon>
          <ActionIcon size="sm" aria-label="Close the details" onClick={props.onClose}>
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        </span>
      </header>
      {span?.status === "error" && (
        <p className={classes.error}>
          <StatusMark state="failed" /> {span.statusMessage ?? span.errorCode}
        </p>
      )}
      {named.place === -1 ? (
        <RowFacts row={row} model={model} />
      ) : (
        <SpanFacts place={named.place} row={row} model={model} critical={props.critical} />
      )}
      {named.place === -1 && row.kind === "step" && row.attempts > 0 && (
        <RowAttempts model={model} row={row} onFollow={onFollow} />
      )}
      {row.fanOut && <RowMembers model={model} fanOut={row.fanOut} onFollow={onFollow} />}
      {span && <CopiedId label="span" id={span.spanId} />}
      {span && <SpanLinks model={model} place={place} onFollow={onFollow} />}
      {span && (
        <SpanRecord
          key={`${span.spanId}${model.table.endMs[place]}`}
          fileId={props.fileId}
          spanId={span.spanId}
        />
      )}
    </aside>
  );
}

function RowFacts({ row, model }: { row: TraceRow; model: TraceModel }) {
  return (
    <dl className={classes.facts}>
      <Begins model={model} ms={row.startMs} />
      <Fact name="Took">{durationWords(row, model.table, model.nowMs)}</Fact>
      {row.workMs > 0 && row.kind !== "run" && <Fact name="Of it work">{formatDuration(row.workMs)}</Fact>}
      {row.attempts > 0 && <Fact name="Attempts">{formatCount(row.attempts)}</Fact>}
    </dl>
  );
}

function SpanFacts(props: { place: number; row: TraceRow; model: TraceModel; critical: boolean }) {
  const { place, row, model } = props;
  const { table, nowMs } = model;
  const span = table.spans[place];
  const startMs = table.startMs[place] ?? 0;
  const endMs = table.endMs[place] ?? 0;
  const open = endMs === Number.POSITIVE_INFINITY;
  if (span === undefined) return null;
  return (
    <dl className={classes.facts}>
      <Fact name="Kind">
        {lookWords[table.looks[place] ?? "other"]} <span className={classes.quiet}>({span.kind})</span>
      </Fact>
      {span.waitReason !== null && <Fact name="Reason">{span.waitReason}</Fact>}
      {span.attempt !== null && (
        <Fact name="Attempt">
          {span.attempt}
          {row.attempts > 1 && ` of ${row.attempts}`}
        </Fact>
      )}
      <Begins model={model} ms={startMs} />
      <Fact name={open ? "So far" : "Took"}>
        {formatDuration((open ? Math.max(nowMs, startMs) : endMs) - startMs)}
      </Fact>
      {props.critical && <Fact name="Critical">The end of the run waited for it.</Fact>}
      {span.skewMs !== undefined && (
        <Fact name="Clock">
          off by {formatDuration(Math.abs(span.skewMs))}, as other spans of the trace tell
        </Fact>
      )}
    </dl>
  );
}

function Begins({ model, ms }: { model: TraceModel; ms: number }) {
  const iso = new Date(model.table.originMs + ms).toISOString();
  return (
    <Fact name="Begins">
      at {formatDuration(sinceCut(model.axis, ms))}
      <br />
      <ExactMoment at={iso} className={classes.quiet} />
    </Fact>
  );
}
