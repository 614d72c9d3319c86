"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { type RefObject, useEffect, useState } from "react";
import { formatDuration } from "../../../format/duration.ts";
import { ExactMoment } from "../../../format/moment-text.tsx";
import { durationWords, fanOutWords } from "../rows/row-words.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import { lookWords } from "../spans/span-look.ts";
import { sinceCut } from "../time/time-axis.ts";
import { HoverAttributes } from "./hover-attributes.tsx";
import classes from "./hover-card.module.css";
import type { TraceModel } from "./use-trace-model.ts";

/** For how long the pointer must rest before the attributes are asked for, in ms. */
const restMs = 300;
/** The room that a card takes at most, in px. */
const cardPx = { width: 340, height: 340 };

/** What the pointer is over. */
interface Pointed {
  readonly row: TraceRow;
  /** A span's bar; -1 for the row. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
}

/**
 * A small card beside the pointer: what can be said of a row or of one of its bars at once, and its attributes when
 * the pointer has rested for a moment.
 */
export function HoverCard(props: {
  fileId: string;
  model: TraceModel;
  areaRef: RefObject<HTMLDivElement | null>;
}) {
  const { fileId, model, areaRef } = props;
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const spanId = pointed === null ? null : recordedSpan(pointed, model);
  const [restedOn] = useDebouncedValue(spanId, restMs);
  useEffect(() => {
    const area = areaRef.current;
    if (area === null) return;
    const leave = new AbortController();
    const { signal } = leave;
    const hide = () => setPointed(null);
    area.addEventListener("pointermove", (event) => setPointed(pointedAt(event, model)), { signal });
    area.addEventListener("pointerleave", hide, { signal });
    area.addEventListener("pointerdown", hide, { signal });
    area.addEventListener("scroll", hide, { signal, passive: true });
    return () => leave.abort();
  }, [areaRef, model]);
  if (pointed === null) return null;
  const left = pointed.x > globalThis.innerWidth - cardPx.width;
  const above = pointed.y > globalThis.innerHeight - cardPx.height;
  return (
    <div
      className={classes.card}
      style={{
        ...(left ? { right: globalThis.innerWidth - pointed.x + 12 } : { left: pointed.x + 14 }),
        ...(above ? { bottom: globalThis.innerHeight - pointed.y + 12 } : { top: pointed.y + 16 }),
      }}
      aria-hidden="true"
    >
      {pointed.place === -1 ? (
        <RowWords row={pointed.row} model={model} />
      ) : (
        <SpanWords place={pointed.place} model={model} />
      )}
      {spanId !== null && restedOn === spanId && <HoverAttributes fileId={fileId} spanId={spanId} />}
    </div>
  );
}

/** The span at the pointer, once it has ended: its attributes are on record from then on. */
function recordedSpan({ row, place }: Pointed, { table }: TraceModel): string | null {
  const at = place === -1 ? row.span : place;
  return table.endMs[at] === Number.POSITIVE_INFINITY ? null : (table.spans[at]?.spanId ?? null);
}

function pointedAt(event: PointerEvent, model: TraceModel): Pointed | null {
  if (event.pointerType === "touch" || event.buttons !== 0 || !(event.target instanceof Element)) return null;
  const element = event.target.closest<HTMLElement>("[data-at]");
  const row = model.tree.rows[Number(element?.dataset.at ?? -1)];
  if (row === undefined) return null;
  const bar = event.target.closest<HTMLElement>("[data-place]");
  return { row, place: Number(bar?.dataset.place ?? -1), x: event.clientX, y: event.clientY };
}

function RowWords({ row, model }: { row: TraceRow; model: TraceModel }) {
  const span = model.table.spans[row.span];
  return (
    <>
      <p className={classes.name}>
        {row.name} {row.note}
      </p>
      <p>
        {durationWords(row, model.table, model.nowMs)}, from {since(model, row.startMs)}
      </p>
      {row.fanOut && <p>{fanOutWords(row.fanOut)}</p>}
      <Failure message={span?.statusMessage ?? null} code={span?.errorCode ?? null} />
      <Moment model={model} ms={row.startMs} />
    </>
  );
}

function SpanWords({ place, model }: { place: number; model: TraceModel }) {
  const { table, nowMs } = model;
  const span = table.spans[place];
  if (span === undefined) return null;
  const startMs = table.startMs[place] ?? 0;
  const endMs = Math.min(table.endMs[place] ?? 0, Math.max(nowMs, startMs));
  const look = table.looks[place] ?? "other";
  return (
    <>
      <p className={classes.name}>{span.name}</p>
      <p>
        {formatDuration(endMs - startMs)}
        {table.endMs[place] === Number.POSITIVE_INFINITY && " so far"}, from {since(model, startMs)} to{" "}
        {since(model, endMs)}
      </p>
      <p className={classes.quiet}>
        {lookWords[look]}
        {span.attempt !== null && `, attempt ${span.attempt}`}
        {span.waitReason !== null && span.waitReason !== look && `: ${span.waitReason}`}
      </p>
      <Failure message={span.statusMessage} code={span.errorCode} />
      {span.skewMs !== undefined && (
        <p className={classes.quiet}>Its clock is off by {formatDuration(Math.abs(span.skewMs))}.</p>
      )}
      <Moment model={model} ms={startMs} />
    </>
  );
}

/** As the ruler has it. */
function since(model: TraceModel, ms: number): string {
  return formatDuration(sinceCut(model.axis, ms));
}

function Failure({ message, code }: { message: string | null; code: string | null }) {
  const words = [code, message].filter((word, at, all) => word !== null && all.indexOf(word) === at);
  return words.length === 0 ? null : <p className={classes.failure}>{words.join(": ")}</p>;
}

function Moment({ model, ms }: { model: TraceModel; ms: number }) {
  return (
    <p className={classes.quiet}>
      <ExactMoment at={new Date(model.table.originMs + ms).toISOString()} />
    </p>
  );
}
