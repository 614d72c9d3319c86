"use client";

import type { ProviderView } from "../../triage/providers/provider-view.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { MomentText } from "../format/moment-text.tsx";
import { type Column, ListTable, ListTableSkeleton } from "../list/list-table.tsx";
import { NamedFigure } from "../list/named-figure.tsx";
import { RowLink, RowNote } from "../list/row-link.tsx";
import { BreakerMark } from "./breaker-mark.tsx";
import { standOf } from "./providers.model.ts";

const caption = "Providers that steps call, over the last five minutes";

function columnsOf(shown: string | undefined): readonly Column<ProviderView>[] {
  const ms = (value: number | null) => (value === null ? "–" : formatDuration(value));
  return [
    {
      head: "Breaker",
      width: "9.5rem",
      narrow: "lead",
      cell: ({ state, byHand }) => <BreakerMark state={state} byHand={byHand} />,
    },
    {
      head: "Provider",
      narrow: "lead",
      cell: (provider) => (
        <>
          <RowLink
            href={`/providers?provider=${provider.provider}`}
            text={provider.name}
            current={provider.provider === shown}
          />
          <RowNote>{standOf(provider)}</RowNote>
        </>
      ),
    },
    {
      head: "Since",
      width: "6.5rem",
      number: true,
      quiet: true,
      narrow: "roomy",
      cell: ({ since }) => <MomentText at={since} />,
    },
    {
      head: "Calls",
      width: "5.5rem",
      number: true,
      cell: ({ lately }) => <NamedFigure figure={formatCount(lately.calls)} name="calls" />,
    },
    {
      head: "Errors",
      width: "5rem",
      number: true,
      cell: ({ lately }) => (
        <NamedFigure figure={lately.errorPercent === null ? "–" : `${lately.errorPercent} %`} name="errors" />
      ),
    },
    { head: "p50", width: "5.5rem", number: true, narrow: "roomy", cell: ({ lately }) => ms(lately.p50Ms) },
    {
      head: "p95",
      width: "5.5rem",
      number: true,
      cell: ({ lately }) => <NamedFigure figure={ms(lately.p95Ms)} name="p95" />,
    },
    {
      head: "Held",
      width: "5rem",
      number: true,
      cell: ({ heldSteps }) => <NamedFigure figure={formatCount(heldSteps)} name="held" />,
    },
  ];
}

/** The providers, each a row that opens it below. */
export function ProviderList({ providers, shown }: { providers: readonly ProviderView[]; shown?: string }) {
  return (
    <ListTable
      caption={caption}
      columns={columnsOf(shown)}
      items={providers}
      keyOf={({ provider }) => provider}
      dimmed={false}
    />
  );
}

/** The same while it is read. */
export function ProviderListSkeleton() {
  return <ListTableSkeleton caption={caption} columns={columnsOf(undefined)} />;
}
