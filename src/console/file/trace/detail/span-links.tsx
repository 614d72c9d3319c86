"use client";

import type { SlimSpan } from "../../../../telemetry/slim-span.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import type { TraceModel } from "../view/use-trace-model.ts";
import classes from "./span-detail.module.css";

/** The spans that this one follows from, and those that follow from it. A click leads there. */
export function SpanLinks(props: { model: TraceModel; place: number; onFollow: (spanId: string) => void }) {
  const { table } = props.model;
  const span = table.spans[props.place];
  if (span === undefined) return null;
  const before = span.links.map(({ spanId }) => spanId);
  const after = table.spans
    .filter(({ links }) => links.some(({ spanId }) => spanId === span.spanId))
    .map(({ spanId }) => spanId);
  return (
    <>
      <LinkList title="Follows from" ids={before} model={props.model} onFollow={props.onFollow} />
      <LinkList title="Followed by" ids={after} model={props.model} onFollow={props.onFollow} />
    </>
  );
}

/** "ingest, run 1"; "send ingest-file, embed 3"; "process embed 3". */
function linkWords(span: SlimSpan | undefined, row: TraceRow | undefined): string {
  if (span === undefined) return "";
  if (row?.kind === "run") return `${span.name}, ${row.name.toLowerCase()}`;
  const shard = row?.inFanOut && span.shard !== null ? ` ${span.shard + 1}` : "";
  if (span.step === null || span.name.includes(span.step)) return `${span.name}${shard}`;
  return `${span.name}, ${span.step}${shard}`;
}

/** A message may have been followed by thousands. */
const mostShown = 20;

function LinkList(props: {
  title: string;
  ids: readonly string[];
  model: TraceModel;
  onFollow: (spanId: string) => void;
}) {
  const { table, tree } = props.model;
  if (props.ids.length === 0) return null;
  return (
    <>
      <h3 className={classes.section}>{props.title}</h3>
      <ul className={classes.links}>
        {props.ids.slice(0, mostShown).map((id) => {
          const place = table.placeOf.get(id);
          if (place === undefined) return <li key={id}>{id}, which is not in this trace</li>;
          return (
            <li key={id}>
              <button type="button" className={classes.link} onClick={() => props.onFollow(id)}>
                {linkWords(table.spans[place], tree.rows[tree.rowOfSpan[place] ?? -1])}
              </button>
            </li>
          );
        })}
      </ul>
      {props.ids.length > mostShown && (
        <p className={classes.quiet}>and {props.ids.length - mostShown} more</p>
      )}
    </>
  );
}
