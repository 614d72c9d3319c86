"use client";

import { formatCount } from "../../../format/count.ts";
import { formatDuration } from "../../../format/duration.ts";
import { nameOf } from "../rows/row-place.ts";
import type { FanOut, TraceRow } from "../rows/trace-row.ts";
import type { TraceModel } from "../view/use-trace-model.ts";
import classes from "./span-detail.module.css";
import { Fact } from "./span-facts.tsx";

const mostShown = 20;

/** What a fan-out is made of: how many, the slowest, and those that failed. A click leads there. */
export function RowMembers(props: { model: TraceModel; fanOut: FanOut; onFollow: (name: string) => void }) {
  const { fanOut, model, onFollow } = props;
  const { failed, slowest } = fanOut;
  const link = (row: TraceRow, words: string) => (
    <button type="button" className={classes.link} onClick={() => onFollow(nameOf(model.table, row))}>
      {words}
    </button>
  );
  return (
    <>
      <dl className={classes.facts}>
        <Fact name="In it">{formatCount(fanOut.count)}</Fact>
        {fanOut.underWay > 0 && <Fact name="Under way">{formatCount(fanOut.underWay)}</Fact>}
        {fanOut.retried > 0 && <Fact name="Tried again">{formatCount(fanOut.retried)}</Fact>}
        {slowest.workMs > 0 && (
          <Fact name="Slowest">
            {link(slowest, `${slowest.note || slowest.name}, ${formatDuration(slowest.workMs)}`)}
          </Fact>
        )}
        <Fact name="Failed">{formatCount(failed.length)}</Fact>
      </dl>
      {failed.length > 0 && (
        <ul className={classes.links}>
          {failed.slice(0, mostShown).map((row) => (
            <li key={row.key}>{link(row, `${row.name} ${row.note}`)}</li>
          ))}
        </ul>
      )}
      {failed.length > mostShown && <p className={classes.quiet}>and {failed.length - mostShown} more</p>}
    </>
  );
}
