"use client";

import type { Alert, AlertRule } from "../../../triage/alerts/alert-rule-view.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { MomentText } from "../../format/moment-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import type { Column } from "../../list/list-table.tsx";
import { PagedTable } from "../../list/paged-list.tsx";
import { RowLink } from "../../list/row-link.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { PageSection } from "../../page/page-section.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { toldQuery } from "./alerts.query.ts";

const stateWords: Readonly<Record<Alert["state"], string>> = {
  waiting: "is sent within a minute",
  sent: "sent",
  refused: "address refused",
};

const columns: readonly Column<Alert>[] = [
  { head: "Alert", cell: ({ path, text }) => <RowLink href={path} text={text} /> },
  { head: "State", width: "10rem", quiet: true, cell: ({ state }) => stateWords[state] },
  {
    head: "Over",
    width: "7rem",
    quiet: true,
    number: true,
    narrow: "hidden",
    cell: ({ endedAt }) => (endedAt === null ? "–" : <MomentText at={endedAt} />),
  },
  { head: "At", width: "7rem", quiet: true, number: true, cell: ({ at }) => <MomentText at={at} /> },
];

/** What a rule has told, and what its alerts are signed with. */
export function ToldList(props: {
  rule: AlertRule;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { rule, cursor } = props;
  const told = useLiveQuery(toldQuery(rule.id, cursor));
  return (
    <PageSection
      title={`Alerts of ${rule.name}`}
      beside={
        <>
          <CopiedId label="signing secret" id={rule.signingSecret} />
          <ExportMenu
            label="Export the alerts"
            path={`/api/v1/alert-rules/${encodeURIComponent(rule.id)}/alerts`}
            query={{}}
          />
        </>
      }
    >
      <PagedTable
        caption={`What ${rule.name} has told, the newest first`}
        columns={columns}
        keyOf={({ id }) => id}
        read={told}
        failed="What it has told could not be read"
        empty={
          <EmptyState
            title="It has told nothing yet"
            text="Send a test to see whether its address answers."
          />
        }
        words={["alert", "alerts"]}
        cursor={cursor}
        onCursor={props.onCursor}
      />
    </PageSection>
  );
}
