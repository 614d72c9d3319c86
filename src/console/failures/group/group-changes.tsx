import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import page from "../../page/page-section.module.css";
import { PageSection } from "../../page/page-section.tsx";
import { besideText } from "./group.model.ts";
import classes from "./group-lines.module.css";

/** What was changed in the hours around the first failure, by how long before or after it. */
export function GroupChanges({ group }: { group: FailureView }) {
  return (
    <PageSection title="What was changed around the first failure">
      {group.changes.length === 0 && (
        <p className={page.quiet}>
          No deployment, graph version, price, plan, budget or provider is known to have changed in the two
          hours before and after it.
        </p>
      )}
      <ul className={classes.list}>
        {group.changes.map(({ at, text }) => (
          <li key={`${at} ${text}`} className={classes.pair}>
            <span>{text}</span>
            <span className={page.quiet}>
              {besideText(at, group.firstSeenAt)} · <MomentText at={at} />
            </span>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
