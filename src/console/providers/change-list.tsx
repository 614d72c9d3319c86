"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import { PagedList } from "../list/paged-list.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { BreakerMark } from "./breaker-mark.tsx";
import { causeWords } from "./provider-words.ts";
import classes from "./providers.module.css";
import { changesQuery } from "./providers.query.ts";

/** How a breaker has moved, the newest change first: when, to what, why and by whom. */
export function ChangeList(props: {
  provider: ProviderView;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { provider, cursor, onCursor } = props;
  const changes = useLiveQuery(changesQuery(provider.provider, cursor));
  return (
    <PagedList
      read={changes}
      loading={<Skeleton height={120} />}
      failed="The breaker's history could not be read"
      empty={
        <EmptyState
          title="It has never opened"
          text={`The breaker of ${provider.name} has been closed since Waybill began.`}
        />
      }
      words={["change", "changes"]}
      cursor={cursor}
      onCursor={onCursor}
    >
      {(items) => (
        <FigureTable
          title="History of the breaker"
          beside={
            <ExportMenu
              label="Export the changes"
              path={`/api/v1/providers/${provider.provider}/changes`}
              query={{}}
            />
          }
          head={[{ text: "When" }, { text: "Then" }, { text: "Why" }, { text: "By", wide: true }]}
        >
          {items.map(({ id, at, to, cause, reason, by, fileId }) => (
            <tr key={id}>
              <td className={classes.when}>
                <MomentText at={at} />
              </td>
              <td>
                <BreakerMark state={to} />
              </td>
              <td>
                {causeWords[cause]}
                {reason !== null && <span className={classes.reason}>: {reason}</span>}
                {fileId !== null && (
                  <Link className={classes.step} href={`/files/${encodeURIComponent(fileId)}?tab=trace`}>
                    its file
                  </Link>
                )}
              </td>
              <td className={classes.wide}>{by ?? "Waybill"}</td>
            </tr>
          ))}
        </FigureTable>
      )}
    </PagedList>
  );
}
