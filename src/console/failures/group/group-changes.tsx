import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import classes from "./group-page.module.css";

/** What people changed in the hours around the first failure. */
export function GroupChanges({ group }: { group: FailureView }) {
  return (
    <section className={classes.section} aria-labelledby="changed">
      <h2 id="changed" className={classes.heading}>
        What was changed around the first failure
      </h2>
      {group.changes.length === 0 && (
        <p className={classes.quiet}>
          Nobody changed a price, a plan or a budget in the two hours before and after it.
        </p>
      )}
      <ul className={classes.list}>
        {group.changes.map(({ at, text }) => (
          <li key={`${at} ${text}`} className={classes.trait}>
            <span>{text}</span>
            <span className={classes.quiet}>
              <MomentText at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
