"use client";

import type { ServiceView } from "../../triage/providers/services-view.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { MomentText } from "../format/moment-text.tsx";
import { type Column, ListTable, ListTableSkeleton } from "../list/list-table.tsx";
import { NamedFigure } from "../list/named-figure.tsx";
import { RowLink, RowNote } from "../list/row-link.tsx";
import { ServiceMark } from "./breaker-mark.tsx";

const caption = "Services that have no breaker";

const columns: readonly Column<ServiceView>[] = [
  {
    head: "State",
    width: "9.5rem",
    narrow: "lead",
    cell: ({ state }) => <ServiceMark state={state} />,
  },
  {
    head: "Service",
    narrow: "lead",
    cell: ({ service, name, says }) => (
      <>
        {service === "qstash" ? <RowLink href="/queue" text={name} /> : <span>{name}</span>}
        <RowNote>{says}</RowNote>
      </>
    ),
  },
  {
    head: "Last tick",
    width: "6.5rem",
    number: true,
    quiet: true,
    narrow: "hidden",
    cell: ({ lastTickAt }) => (lastTickAt === null ? "–" : <MomentText at={lastTickAt} />),
  },
  {
    head: "Answered in",
    width: "7rem",
    number: true,
    cell: ({ answeredMs }) => (answeredMs === null ? "–" : formatDuration(answeredMs)),
  },
  {
    head: "Not taken",
    width: "6.5rem",
    number: true,
    cell: ({ service, unpublished }) =>
      service === "qstash" ? <NamedFigure figure={formatCount(unpublished)} name="not taken" /> : "–",
  },
  {
    head: "Overdue",
    width: "6.5rem",
    number: true,
    cell: ({ service, overdue }) =>
      service === "qstash" ? <NamedFigure figure={formatCount(overdue)} name="overdue" /> : "–",
  },
];

/** What Waybill needs beside the providers that steps call. */
export function ServiceList({ services }: { services: readonly ServiceView[] }) {
  return (
    <ListTable
      caption={caption}
      columns={columns}
      items={services}
      keyOf={({ service }) => service}
      dimmed={false}
    />
  );
}

/** The same while it is read. */
export function ServiceListSkeleton() {
  return <ListTableSkeleton caption={caption} columns={columns} />;
}
