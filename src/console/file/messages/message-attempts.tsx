import Link from "next/link";
import type { MessageView } from "../../../pipeline/files/message-view.ts";
import classes from "./messages-tab.module.css";

/** The attempts that a message's deliveries started, each with its span in the trace. */
export function MessageAttempts(props: { fileId: string; run: number; attempts: MessageView["attempts"] }) {
  if (props.attempts.length === 0) {
    return <p className={classes.quiet}>No attempt has come of it.</p>;
  }
  return (
    <p className={classes.attempts}>
      <span className={classes.quiet}>Started: </span>
      {props.attempts.map((attempt) => (
        <Link
          key={attempt.spanId}
          className={classes.attempt}
          data-outcome={attempt.outcome}
          href={`/files/${encodeURIComponent(props.fileId)}?tab=trace&run=${props.run}&span=${attempt.spanId}`}
        >
          {attempt.step}
          {attempt.shard > 0 && ` ${attempt.shard + 1}`}, attempt {attempt.number}
          {attempt.outcome !== "succeeded" && ` (${attempt.outcome})`}
        </Link>
      ))}
    </p>
  );
}
