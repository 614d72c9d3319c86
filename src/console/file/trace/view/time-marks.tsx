import { formatDuration } from "../../../format/duration.ts";
import type { BandStretch } from "../time/bar-pieces.model.ts";
import { type Scale, toPx } from "../time/scale.ts";
import classes from "./time-marks.module.css";

/** What holds for all rows at a time: idle time that is left out, and time that nothing explains. */
export function TimeMarks(props: { scale: Scale; runTimes: ReadonlyMap<string, readonly BandStretch[]> }) {
  const { scale } = props;
  const gaps = [...props.runTimes.values()].flatMap((stretches) =>
    stretches.filter(({ band }) => band === "unexplained"),
  );
  return (
    <div className={classes.marks} aria-hidden="true">
      <span className={classes.line}>
        {scale.axis.cuts.map((cut) => (
          <Mark key={cut.at} className={classes.cut} scale={scale} stretch={cut}>
            <span className={classes.words}>{formatDuration(cut.endMs - cut.startMs)} idle</span>
          </Mark>
        ))}
        {gaps.map((gap) => (
          <Mark key={gap.startMs} className={classes.gap} scale={scale} stretch={gap} />
        ))}
      </span>
    </div>
  );
}

function Mark(props: {
  className: string | undefined;
  scale: Scale;
  stretch: { startMs: number; endMs: number };
  children?: React.ReactNode;
}) {
  const left = toPx(props.scale, props.stretch.startMs);
  const right = toPx(props.scale, props.stretch.endMs);
  if (right < 0 || left > props.scale.widthPx) return null;
  return (
    <span className={props.className} style={{ left, width: Math.max(2, right - left) }}>
      {props.children}
    </span>
  );
}
