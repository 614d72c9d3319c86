"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import type { AuditEntryView } from "../../../triage/audit/audit-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import sheet from "../sheet.module.css";
import { deedOf, requeueOf, stateBefore } from "./history.model.ts";
import { historyQuery } from "./history.query.ts";
import classes from "./history-tab.module.css";

/** What people did with the file: who, when, why, and how it stood before. */
export function HistoryTab({ file }: { file: FileView }) {
  const history = useInfiniteQuery(historyQuery(file));
  if (history.data === undefined) {
    if (history.error === null) return <Skeleton height={120} />;
    const retry = () => void history.refetch();
    return <FailureState title="The history could not be read" error={history.error} onRetry={retry} />;
  }
  const entries = history.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    return (
      <EmptyState title="Nobody has changed anything" text="A requeue of this file is written down here." />
    );
  }
  return (
    <>
      <section className={sheet.scroll} aria-label="History, newest first">
        <table className={`${sheet.sheet} ${classes.history}`}>
          <thead>
            <tr>
              <th>What</th>
              <th>Before</th>
              <th>Why</th>
              <th>Who</th>
              <th className={sheet.number}>When</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </section>
      {history.hasNextPage && (
        <Button
          variant="default"
          className={sheet.more ?? ""}
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show older entries
        </Button>
      )}
      {history.isFetchNextPageError && <p role="alert">{sentenceOf(history.error)}</p>}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntryView }) {
  const requeueId = requeueOf(entry);
  return (
    <tr>
      <td className={classes.what}>
        {deedOf(entry)}
        {requeueId !== null && (
          <>
            {" "}
            <Link href={`/requeues/${encodeURIComponent(requeueId)}`}>With others</Link>
          </>
        )}
      </td>
      <td className={`${classes.before} ${sheet.quiet}`}>{stateBefore(entry)}</td>
      <td className={classes.why}>{entry.reason ?? "–"}</td>
      <td className={classes.who} title={entry.userAgent ?? undefined}>
        {entry.keyName} {entry.via === "key" && <span className={sheet.quiet}>by its key</span>}
      </td>
      <td className={`${sheet.number} ${sheet.quiet} ${classes.when}`}>
        <MomentText at={entry.at} />
      </td>
    </tr>
  );
}
