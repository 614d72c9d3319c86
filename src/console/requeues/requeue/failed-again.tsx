import Link from "next/link";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { formatCount } from "../../format/count.ts";
import page from "../../page/page-section.module.css";
import { PageSection } from "../../page/page-section.tsx";
import classes from "./failed-again.module.css";

/** Which failures the files met that failed again, the commonest first. */
export function FailedAgain({ requeue }: { requeue: RequeueView }) {
  const { failedAgain } = requeue;
  return (
    <PageSection title="Failed again">
      {failedAgain.length === 0 && <p className={page.quiet}>No file has failed again.</p>}
      <ul className={classes.list}>
        {failedAgain.map(({ groupId, step, code, message, files }) => (
          <li key={`${groupId} ${step} ${code} ${message}`} className={classes.cause}>
            <span className={classes.files}>{formatCount(files)}</span>
            <span>
              {groupId === null ? (
                message
              ) : (
                <Link href={`/failures/${encodeURIComponent(groupId)}`}>{message}</Link>
              )}
              <span className={classes.where}>
                {step} · {code}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
