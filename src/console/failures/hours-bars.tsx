import { formatCounted } from "../format/count.ts";
import classes from "./hours-bars.module.css";

/** In px, as the style sheet has it. */
const width = 112;
const height = 24;
/** The least that shows that there was something, in px. */
const leastHeight = 2;

/**
 * How often something failed in each of the last hours, the newest at the right. One path: a list has fifty of them, and
 * fifty charts would hold up what is pressed meanwhile.
 */
export function HoursBars({ hours, label }: { hours: readonly number[]; label: string }) {
  const sum = hours.reduce((total, hour) => total + hour, 0);
  const said = `${label}: ${formatCounted(sum, "failure")} in ${hours.length} hours`;
  return (
    <span className={classes.bars} role="img" aria-label={said}>
      <svg width={width} height={height} aria-hidden="true">
        <path d={barsPath(hours)} fill="var(--wb-bad)" />
      </svg>
    </span>
  );
}

function barsPath(hours: readonly number[]): string {
  const most = Math.max(1, ...hours);
  const step = width / hours.length;
  return hours
    .map((failures, hour) => {
      if (failures === 0) return "";
      const tall = Math.max(leastHeight, (failures / most) * (height - 1));
      return `M${hour * step} ${height}v${-tall}h${step - 1}v${tall}z`;
    })
    .join("");
}
