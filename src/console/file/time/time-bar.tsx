"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { RunView } from "../../../pipeline/files/file-view.ts";
import { formatDuration } from "../../format/duration.ts";
import { useLiveQuery } from "../../page/live.tsx";
import { fileTimeQuery } from "./time.query.ts";
import { formatShare, stepsSentence, type TimePart, timeParts, timeSentence } from "./time-bar.model.ts";
import classes from "./time-bar.module.css";

/** Where the time of a run went: work by step, then every kind of waiting. A part leads to its place in the trace. */
export function TimeBar(props: { fileId: string; run: RunView; onLead: (name: string) => void }) {
  const time = useLiveQuery(fileTimeQuery(props.fileId, props.run));
  const [pointed, setPointed] = useState<string | null>(null);
  if (time.data === undefined) {
    return (
      <section className={classes.time} aria-label="Where the time went" aria-busy={time.error === null}>
        <p className={classes.head}>
          {time.error === null ? "Where the time went" : "Where the time went could not be read"}
        </p>
        <div className={classes.bar} />
        <div className={classes.legend}>
          {time.error !== null && (
            <Button size="compact-xs" variant="default" onClick={() => void time.refetch()}>
              Try again
            </Button>
          )}
        </div>
      </section>
    );
  }
  const parts = timeParts(time.data);
  return (
    <section className={classes.time} aria-label="Where the time went">
      <p className={classes.head}>
        Where the {formatDuration(time.data.wallMs)} went{time.data.finished ? "" : ", so far"}
      </p>
      <div
        className={classes.bar}
        role="img"
        aria-label={timeSentence(parts, time.data.wallMs)}
        onPointerLeave={() => setPointed(null)}
      >
        {parts.map((part, at) => (
          <span
            key={part.key}
            className={classes.part}
            data-kind={part.kind}
            data-odd={isOdd(part, at)}
            data-dimmed={pointed !== null && pointed !== part.key}
            style={{ flexGrow: part.share }}
            title={stepsSentence(part) ?? `${part.words}: ${formatDuration(part.ms)}`}
            onPointerEnter={() => setPointed(part.key)}
          />
        ))}
      </div>
      <ul className={classes.legend} onPointerLeave={() => setPointed(null)}>
        {parts.map((part, at) => (
          <li
            key={part.key}
            data-pointed={pointed === part.key}
            onPointerEnter={() => setPointed(part.key)}
            title={stepsSentence(part) ?? undefined}
          >
            <LegendEntry part={part} odd={isOdd(part, at)} onLead={props.onLead} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of two steps beside each other one is drawn lighter. */
function isOdd(part: TimePart, at: number): boolean {
  return part.kind === "work" && at % 2 === 1;
}

function LegendEntry(props: { part: TimePart; odd: boolean; onLead: (name: string) => void }) {
  const { part, onLead } = props;
  const { leadsTo } = part;
  const text = (
    <>
      <span className={classes.swatch} data-kind={part.kind} data-odd={props.odd} aria-hidden="true" />
      {part.words} <b>{formatDuration(part.ms)}</b>{" "}
      <span className={classes.share}>{formatShare(part.share)}</span>
    </>
  );
  if (leadsTo === null) return <span className={classes.entry}>{text}</span>;
  return (
    <button type="button" className={classes.entry} onClick={() => onLead(leadsTo)}>
      {text}
    </button>
  );
}
