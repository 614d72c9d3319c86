"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import type { DeadLetterView } from "../../triage/reconciliation/reconciliation-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { PagedList } from "../list/paged-list.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { expiryOf, standingWords } from "./reconciliation.model.ts";
import classes from "./reconciliation.module.css";
import { deadLettersQuery } from "./reconciliation.query.ts";

/** QStash's dead letters, each with the clock until QStash forgets it. */
export function DeadLetterList(props: { cursor: string | null; onCursor: (cursor: string | null) => void }) {
  const { cursor, onCursor } = props;
  const letters = useLiveQuery(deadLettersQuery(cursor));
  const now = useNow();
  return (
    <PagedList
      read={letters}
      loading={<Skeleton height={120} />}
      failed="QStash's dead letters could not be read"
      empty={<EmptyState title="No dead letters" text="QStash has given up no message." />}
      words={["dead letter", "dead letters"]}
      cursor={cursor}
      onCursor={onCursor}
    >
      {(items) => (
        <FigureTable
          title="Dead letters"
          note="Messages that QStash has given up. It forgets each after seven days; requeue its file before."
          head={[{ text: "File" }, { text: "Step" }, { text: "Given up", wide: true }, { text: "Forgotten" }]}
        >
          {items.map((letter) => (
            <LetterRow key={letter.dlqId} letter={letter} now={now} />
          ))}
        </FigureTable>
      )}
    </PagedList>
  );
}

function LetterRow({ letter, now }: { letter: DeadLetterView; now: Date }) {
  const expiry = expiryOf(letter.expiresAt, now);
  return (
    <tr>
      <td className={classes.id}>
        {letter.fileId === null ? (
          letter.messageId
        ) : (
          <Link href={`/files/${letter.fileId}`}>{letter.file ?? letter.fileId}</Link>
        )}
      </td>
      <td>
        {letter.step} {standingWords[letter.standing]}
      </td>
      <td className={classes.wide}>
        <MomentText at={letter.at} />
      </td>
      <td className={classes.left} data-urgent={expiry.urgent && letter.standing === "failed"}>
        <time dateTime={letter.expiresAt}>{expiry.text}</time>
      </td>
    </tr>
  );
}
