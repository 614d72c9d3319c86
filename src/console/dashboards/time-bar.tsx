import { Button } from "@mantine/core";
import { bucketText } from "../charts/time-axis.model.ts";
import { type LiveRange, liveRanges, type ShownTime, widened } from "./shown-time.model.ts";
import classes from "./time-bar.module.css";

const words: Readonly<Record<LiveRange, string>> = {
  "1h": "1 hour",
  "6h": "6 hours",
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
};

/** Which time is shown: the last so-many hours, moving on, or a span that was drawn over a chart. */
export function TimeBar(props: { time: ShownTime; range: LiveRange; onShow: (time: ShownTime) => void }) {
  const { time, onShow } = props;
  return (
    <div className={classes.bar}>
      {time.kind === "fixed" && (
        <p className={classes.fixed}>
          <span>{bucketText(time.from.toISOString(), time.to.toISOString(), "UTC")}</span>
          <Button variant="default" onClick={() => onShow({ kind: "fixed", ...widened(time) })}>
            Zoom out
          </Button>
        </p>
      )}
      <fieldset className={classes.ranges}>
        <legend className={classes.legend}>Until now</legend>
        {liveRanges.map((range) => (
          <button
            key={range}
            type="button"
            className={classes.range}
            aria-pressed={time.kind === "live" && time.range === range}
            onClick={() => onShow({ kind: "live", range })}
          >
            {words[range]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
