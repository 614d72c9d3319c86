import classes from "./graph-legend.module.css";

/** What the lines of the drawing stand for, and against another version what the borders do. */
export function GraphLegend({ compared }: { compared: boolean }) {
  return (
    <ul className={classes.legend} aria-label="What the lines stand for">
      <li>
        <svg width="26" height="8" aria-hidden="true">
          <path d="M0 4H26" className={classes.single} />
        </svg>
        waits for all shards
      </li>
      <li>
        <svg width="26" height="8" aria-hidden="true">
          <path d="M0 2H26M0 6H26" className={classes.single} />
        </svg>
        each shard waits for its own
      </li>
      {compared && (
        <>
          <li data-kind="added">+ added</li>
          <li data-kind="removed">− removed</li>
          <li data-kind="changed">~ changed</li>
        </>
      )}
      {!compared && <li>✕ the share of attempts that came to nothing</li>}
    </ul>
  );
}
