"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { DeadLetterView } from "../../triage/reconciliation/reconciliation-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { ListPager } from "../paging/list-pager.tsx";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { expiryOf, standingWords } from "./reconciliation.model.ts";
import classes from "./reconciliation.module.css";
import { deadLettersQuery } from "./reconciliation.query.ts";

/** QStash's dead letters, each with the clock until QStash forgets it. */
export function DeadLetterList(props: { cursor: string | null; onCursor: (cursor: string | null) => void }) {
  const { cursor, onCursor } = props;
  const letters = useQuery(deadLettersQuery(cursor));
  const now = useNow();
  if (letters.error !== null)
    return (
      <FailureState
        title="QStash's dead letters could not be read"
        error={letters.error}
        onRetry={() => void letters.refetch()}
      />
    );
  if (letters.data === undefined) return <Skeleton height={120} />;
  if (letters.data.items.length === 0 && cursor === null)
    return <EmptyState title="No dead letters" text="QStash has given up no message." />;
  return (
    <>
      <FigureTable
        title="Dead letters"
        note="Messages that QStash has given up. It forgets each after seven days; requeue its file before."
        head={[{ text: "File" }, { text: "Step" }, { text: "Given up" }, { text: "Forgotten" }]}
      >
        {letters.data.items.map((letter) => (
          <LetterRow key={letter.dlqId} letter={letter} now={now} />
        ))}
      </FigureTable>
      <ListPager
        words={["dead letter", "dead letters"]}
        cursor={cursor}
        nextCursor={letters.data.nextCursor}
        count={letters.data.items.length}
        onCursor={onCursor}
      />
    </>
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
      <td>
        <MomentText at={letter.at} />
      </td>
      <td className={expiry.urgent && letter.standing === "failed" ? classes.urgent : undefined}>
        <time dateTime={letter.expiresAt}>{expiry.text}</time>
      </td>
    </tr>
  );
}
