"use client";

import { type RefObject, useEffect, useState } from "react";
import { formatDuration } from "../../../format/duration.ts";
import { formatExact } from "../../../format/moment.ts";
import { useTimeChoice } from "../../../time/time-zone.tsx";
import { type Scale, toMs } from "../time/scale.ts";
import { sinceCut } from "../time/time-axis.ts";
import classes from "./pointer-time.module.css";

/** A letter of the label, and the room at its sides. */
const letterPx = 6.4;
const besidePx = 12;

/** A thin line at the pointer over all rows, with the time there: since the beginning, and by the clock. */
export function PointerTime(props: {
  scale: Scale;
  originMs: number;
  /** What the pointer is followed over. */
  frameRef: RefObject<HTMLDivElement | null>;
}) {
  const { scale, frameRef } = props;
  const { timeZone } = useTimeChoice();
  const [px, setPx] = useState<number | null>(null);
  useEffect(() => {
    const frame = frameRef.current;
    if (frame === null) return;
    const leave = new AbortController();
    const { signal } = leave;
    const follow = (event: PointerEvent) => {
      const line = frame.querySelector("[data-time-line]")?.getBoundingClientRect();
      const at = event.clientX - (line?.left ?? 0);
      const within = line !== undefined && at >= 0 && at <= line.width && event.clientY >= line.top;
      setPx(event.pointerType !== "touch" && within ? at : null);
    };
    frame.addEventListener("pointermove", follow, { signal });
    frame.addEventListener("pointerleave", () => setPx(null), { signal });
    return () => leave.abort();
  }, [frameRef]);
  if (px === null) return null;
  const ms = toMs(scale, px);
  const exact = formatExact(new Date(props.originMs + ms).toISOString(), timeZone);
  const words = `${formatDuration(sinceCut(scale.axis, ms))} · ${exact.slice(11)}`;
  const halfPx = (words.length * letterPx + besidePx) / 2;
  const middlePx = Math.min(Math.max(px, halfPx), Math.max(halfPx, scale.widthPx - halfPx));
  return (
    <div className={classes.area} aria-hidden="true">
      <span className={classes.track}>
        <span className={classes.line} style={{ left: px }} />
        <span className={classes.words} style={{ left: middlePx }}>
          {words}
        </span>
      </span>
    </div>
  );
}
