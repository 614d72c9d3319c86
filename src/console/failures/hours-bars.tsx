"use client";

import dynamic from "next/dynamic";
import { formatCounted } from "../format/count.ts";
import classes from "./hours-bars.module.css";

// Drawing is the heaviest part of a page: its words are there before it.
const DrawnHours = dynamic(() => import("./drawn-hours.tsx").then((drawn) => drawn.DrawnHours), {
  ssr: false,
});

/** How often something failed in each of the last hours, the newest at the right. */
export function HoursBars({ hours, label }: { hours: readonly number[]; label: string }) {
  const sum = hours.reduce((total, hour) => total + hour, 0);
  const said = `${label}: ${formatCounted(sum, "failure")} in ${hours.length} hours`;
  return (
    <span className={classes.bars} role="img" aria-label={said}>
      <DrawnHours hours={hours} />
    </span>
  );
}
