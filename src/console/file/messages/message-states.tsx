import type { MessageStateView } from "../../../pipeline/files/message-view.ts";
import { formatDuration } from "../../format/duration.ts";
import { ExactMoment } from "../../format/moment-text.tsx";
import { stateRows } from "./messages.model.ts";
import classes from "./messages-tab.module.css";

/** What QStash logged of a message, one line each. */
export function MessageStates({ states }: { states: readonly MessageStateView[] }) {
  if (states.length === 0) {
    return <p className={classes.quiet}>QStash&apos;s log of this message has not been copied yet.</p>;
  }
  return (
    <ol className={classes.states} aria-label="States">
      {stateRows(states).map((row) => (
        <li key={row.key} className={classes.state}>
          <ExactMoment at={row.at} className={classes.time} />
          <span className={classes.gap}>
            {row.sinceMs === null ? "" : `+ ${formatDuration(row.sinceMs)}`}
          </span>
          <span className={classes.what}>
            <span className={classes.word} data-tone={row.tone}>
              {row.word}
            </span>
            {row.responseStatus !== null && <span> with status {row.responseStatus}</span>}
            {row.nextDeliveryAt !== null && (
              <span className={classes.quiet}>
                , next delivery at <ExactMoment at={row.nextDeliveryAt} />
              </span>
            )}
            {row.error !== null && <span className={classes.error}>{row.error}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
