"use client";

import type { RunView } from "../../../pipeline/files/file-view.ts";
import { type StepName, stepNames } from "../../../pipeline/graph.ts";
import { formatCounted } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { useLiveQuery } from "../../page/live.tsx";
import { useNow } from "../../shell/now.tsx";
import { stateWords } from "../../status/state-words.ts";
import { StateIcon } from "../../status/status-mark.tsx";
import { fileTimeQuery } from "../time/time.query.ts";
import { type RouteStop, routeOf } from "./route.model.ts";
import classes from "./route-row.module.css";

/**
 * The route of the document: the steps of its graph from left to right, with the critical path marked. A stop
 * shows its attempts.
 */
export function RouteRow(props: {
  fileId: string;
  run: RunView;
  chosen: StepName | null;
  onChoose: (step: StepName | null) => void;
}) {
  const time = useLiveQuery(fileTimeQuery(props.fileId, props.run));
  const stops = routeOf(props.run, time.data?.criticalPath ?? [], useNow());
  return (
    <section className={classes.card} aria-label="Route of the document">
      <ol className={classes.route}>
        {stops.map((stop) => (
          <Stop
            key={stop.name}
            stop={stop}
            chosen={stop.name === props.chosen}
            onChoose={(name) => {
              const step = stepNames.find((each) => each === name) ?? null;
              props.onChoose(step === props.chosen ? null : step);
            }}
          />
        ))}
      </ol>
      <p className={classes.caption}>
        Graph version {props.run.graphVersion}
        {stops.some(({ criticalShard }) => criticalShard !== null) && (
          <span className={classes.key}>Critical path: what the end of the run waited for</span>
        )}
      </p>
    </section>
  );
}

function Stop(props: { stop: RouteStop; chosen: boolean; onChoose: (name: string) => void }) {
  const { stop, chosen, onChoose } = props;
  return (
    <li className={classes.stop} data-state={stop.state} data-critical={stop.criticalShard !== null}>
      <button
        type="button"
        className={classes.button}
        aria-pressed={chosen}
        title={`Show ${stop.name} below`}
        onClick={() => onChoose(stop.name)}
      >
        <span className={classes.name}>
          <StateIcon state={stop.state} size={15} />
          {stop.name}
        </span>
        <span className={classes.time}>
          {stop.durationMs === null ? stateWords[stop.state] : formatDuration(stop.durationMs)}
          {stop.durationMs !== null && <span className={classes.spoken}>, {stateWords[stop.state]}</span>}
          {stop.criticalShard !== null && <span className={classes.spoken}>, on the critical path</span>}
        </span>
        <span className={classes.detail}>{detailOf(stop)}</span>
        {stop.shards > 1 && stop.done < stop.shards && (
          <span className={classes.track} aria-hidden="true">
            <span style={{ width: `${(100 * stop.done) / stop.shards}%` }} />
          </span>
        )}
      </button>
    </li>
  );
}

function detailOf(stop: RouteStop): string {
  const parts: string[] = [];
  if (stop.shardWord !== null && stop.shards > 0) {
    const plural = stop.shardWord === "batch" ? "batches" : `${stop.shardWord}s`;
    const all = formatCounted(stop.shards, stop.shardWord, plural);
    const last =
      stop.criticalShard === null || stop.shards === 1 ? "" : `, no. ${stop.criticalShard + 1} last`;
    parts.push(stop.done === stop.shards ? `${all}${last}` : `${stop.done} of ${all}`);
  }
  if (stop.retries > 0) parts.push(formatCounted(stop.retries, "retry", "retries"));
  return parts.join(" · ");
}
