"use client";

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { CopiedId } from "../../format/copied-id.tsx";
import { formatDuration } from "../../format/duration.ts";
import { StatusMark } from "../../status/status-mark.tsx";
import { attributeText } from "./attribute-text.ts";
import classes from "./span-detail.module.css";
import { spanKindWords } from "./span-kind.ts";
import type { WaterfallRow } from "./waterfall.model.ts";

/** All that is on record about one span. */
export function SpanDetail({ row, onClose }: { row: WaterfallRow; onClose: () => void }) {
  const { span } = row;
  return (
    <aside className={classes.detail} aria-label={`Span ${span.name}`}>
      <header className={classes.head}>
        <h2 className={classes.name}>{span.name}</h2>
        <ActionIcon size="sm" aria-label="Close the details" onClick={onClose}>
          <IconX size={15} stroke={1.8} />
        </ActionIcon>
      </header>
      {span.status === "error" && (
        <p className={classes.error}>
          <StatusMark state="failed" /> {span.statusMessage}
        </p>
      )}
      <dl className={classes.pairs}>
        <Pair name="Kind">
          {spanKindWords[row.kind]} <span className={classes.quiet}>({span.kind})</span>
        </Pair>
        <Pair name="Begins">{formatDuration(row.startMs)} after the start</Pair>
        <Pair name="Took">{formatDuration(row.durationMs)}</Pair>
        {row.descendants > 0 && <Pair name="Spans below">{row.descendants}</Pair>}
      </dl>
      <CopiedId label="span" id={span.spanId} />
      <Attributes attributes={span.attributes} />
      {span.events.length > 0 && <h3 className={classes.section}>Events</h3>}
      {span.events.map((event) => (
        <div key={`${event.name}${event.timeNs}`}>
          <p>
            {event.name}{" "}
            <span className={classes.quiet}>
              after {formatDuration(Number(BigInt(event.timeNs) - BigInt(span.startNs)) / 1e6)}
            </span>
          </p>
          <Attributes attributes={event.attributes} bare />
        </div>
      ))}
      {span.links.length > 0 && <h3 className={classes.section}>Links</h3>}
      {span.links.map((link) => (
        <CopiedId key={`${link.traceId}${link.spanId}`} label="span" id={link.spanId} />
      ))}
    </aside>
  );
}

function Attributes(props: { attributes: Readonly<Record<string, unknown>>; bare?: boolean }) {
  const names = Object.keys(props.attributes).sort();
  if (names.length === 0) return null;
  return (
    <>
      {!props.bare && <h3 className={classes.section}>Attributes</h3>}
      <dl className={classes.attributes}>
        {names.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{attributeText(props.attributes[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
