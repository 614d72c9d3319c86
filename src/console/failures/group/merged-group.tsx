import Link from "next/link";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { causeOf } from "../list/failures.model.ts";
import classes from "./group-head.module.css";

/** The page of a group that was merged into another one: where its failures are now. */
export function MergedGroup(props: { group: FailureView; into: NonNullable<FailureView["mergedInto"]> }) {
  const { group, into } = props;
  return (
    <header className={classes.head}>
      <nav className={classes.crumbs} aria-label="Where this is">
        <Link href="/failures">Failures</Link>
      </nav>
      <h1 className={classes.name}>{group.message}</h1>
      <p className={classes.cause}>{causeOf(group)}</p>
      <p className={classes.sentence}>
        It was merged <MomentText at={into.at} />. Its failures, files and notes are with{" "}
        <Link href={`/failures/${encodeURIComponent(into.id)}`}>{into.message}</Link>
      </p>
    </header>
  );
}
