import { spanKinds, spanKindWords } from "./span-kind.ts";
import classes from "./trace-legend.module.css";
import type { WaterfallRow } from "./waterfall.model.ts";

/** The colours that occur in this trace, with their words. */
export function TraceLegend({ rows }: { rows: readonly WaterfallRow[] }) {
  const present = new Set(rows.map(({ kind }) => kind));
  const kinds = spanKinds.filter((kind) => present.has(kind));
  return (
    <ul className={classes.legend} aria-label="Kinds of spans">
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={classes.swatch} data-kind={kind} aria-hidden="true" />
          {spanKindWords[kind]}
        </li>
      ))}
    </ul>
  );
}
