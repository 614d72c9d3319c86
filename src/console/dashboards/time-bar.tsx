import { Button } from "@mantine/core";
import { bucketText } from "../charts/time-axis.model.ts";
import { ChoiceRow } from "../list/choice-row.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import { rangeWords } from "./range-words.ts";
import { type LiveRange, liveRanges, type ShownTime, widened } from "./shown-time.model.ts";
import classes from "./time-bar.module.css";

/** Which time is shown: the last so-many hours, moving on, or a span that was drawn over a chart. */
export function TimeBar(props: { time: ShownTime; range: LiveRange; onShow: (time: ShownTime) => void }) {
  const { time, onShow } = props;
  const { timeZone } = useTimeChoice();
  return (
    <div className={classes.bar}>
      {time.kind === "fixed" && (
        <p className={classes.fixed}>
          <span>{bucketText(time.from.toISOString(), time.to.toISOString(), timeZone)}</span>
          <Button variant="default" onClick={() => onShow({ kind: "fixed", ...widened(time) })}>
            Zoom out
          </Button>
        </p>
      )}
      <ChoiceRow
        legend="Until now"
        choices={liveRanges.map((value) => ({ value, label: rangeWords[value] }))}
        value={time.kind === "live" ? time.range : null}
        onChange={(range) => onShow({ kind: "live", range })}
      />
    </div>
  );
}
