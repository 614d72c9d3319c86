import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { formatCount } from "../../format/count.ts";
import { shareText } from "./group.model.ts";
import classes from "./group-page.module.css";

/** By how many traits at most the failed files are told from the others. */
const most = 6;

/** What is more common among the group's files than among those that succeeded. */
export function GroupCommon({ group }: { group: FailureView }) {
  return (
    <section className={classes.section} aria-labelledby="in-common">
      <h2 id="in-common" className={classes.heading}>
        What they have in common
      </h2>
      {group.common.length === 0 && (
        <p className={classes.quiet}>Nothing by which they can be told from files that succeeded.</p>
      )}
      <ul className={classes.list}>
        {group.common.slice(0, most).map((trait) => (
          <li key={`${trait.attribute} ${trait.value}`} className={classes.trait}>
            <span>
              <span className={classes.quiet}>{trait.attribute}</span> <b>{trait.label}</b>
            </span>
            <span>{shareText(trait.failed, trait.failedOf)} of the failed</span>
            <span />
            <span className={classes.quiet}>
              {trait.succeededOf === 0
                ? "no file has succeeded yet"
                : `${shareText(trait.succeeded, trait.succeededOf)} of those that succeeded`}
            </span>
          </li>
        ))}
      </ul>
      {group.capped && group.common[0] && (
        <p className={classes.quiet}>
          Of the newest {formatCount(group.common[0].failedOf)} failed and{" "}
          {formatCount(group.common[0].succeededOf)} succeeded files.
        </p>
      )}
    </section>
  );
}
