import Link from "next/link";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { PageHead } from "../../page/page-head.tsx";
import { causeOf } from "../list/failures.model.ts";
import classes from "./group-head.module.css";

/** The page of a group that was merged into another one: where its failures are now. */
export function MergedGroup(props: { group: FailureView; into: NonNullable<FailureView["mergedInto"]> }) {
  const { group, into } = props;
  return (
    <PageHead crumbs={[{ label: "Failures", href: "/failures" }]} title={group.message}>
      <p className={classes.cause}>{causeOf(group)}</p>
      <p className={classes.sentence}>
        It was merged <MomentText at={into.at} />. Its failures, files and notes are with{" "}
        <Link href={`/failures/${encodeURIComponent(into.id)}`}>{into.message}</Link>
      </p>
    </PageHead>
  );
}
