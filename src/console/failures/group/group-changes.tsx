import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { besideText } from "./group.model.ts";
import classes from "./group-page.module.css";

/** What was changed in the hours around the first failure, by how long before or after it. */
export function GroupChanges({ group }: { group: FailureView }) {
  return (
    <section className={classes.section} aria-labelledby="changed">
      <h2 id="changed" className={classes.heading}>
        What was changed around the first failure
      </h2>
      {group.changes.length === 0 && (
        <p className={classes.quiet}>
          No deployment, graph version, price, plan or budget is known to have changed in the two hours before
          and after it.
        </p>
      )}
      <ul className={classes.list}>
        {group.changes.map(({ at, text }) => (
          <li key={`${at} ${text}`} className={classes.trait}>
            <span>{text}</span>
            <span className={classes.quiet}>
              {besideText(at, group.firstSeenAt)} · <MomentText at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
