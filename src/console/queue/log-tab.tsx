"use client";

import { Autocomplete, Button } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { type LogEvent, logStates } from "../../triage/queue/qstash-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { FilterSelect } from "../list/filter-select.tsx";
import type { Column } from "../list/list-table.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowLink, RowNote, RowText } from "../list/row-link.tsx";
import { SearchField } from "../list/search-field.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { eventText, logWord, placeText, spanWords, stepText } from "./queue.model.ts";
import { logQuery, logQueryOf } from "./queue.query.ts";
import { EventMark } from "./queue-mark.tsx";
import { type LogFilters, logSpans } from "./queue-state.ts";
import { SaidLine } from "./said-line.tsx";

/** The routes that QStash calls. */
const ownRoutes = ["ingest-file", "failed", "tick", "requeue", "reconcile", "retention"].map(
  (name) => `/api/jobs/${name}`,
);

/** A pause in the typing after which the list follows, in ms. */
const pauseMs = 400;

const columns: readonly Column<LogEvent>[] = [
  { head: "State", width: "9.5rem", narrow: "lead", cell: ({ state }) => <EventMark state={state} /> },
  {
    head: "Message",
    narrow: "lead",
    cell: (event) => (
      <>
        {event.fileId === null ? (
          <RowText text={event.schedule ?? event.messageId} />
        ) : (
          <RowLink
            href={`/files/${encodeURIComponent(event.fileId)}?tab=messages&message=${encodeURIComponent(event.messageId)}`}
            text={event.fileName ?? event.fileId}
          />
        )}
        <Note event={event} />
      </>
    ),
  },
  {
    head: "Step",
    width: "7rem",
    quiet: true,
    cell: ({ step, shard }) => (step === null ? "" : stepText({ step, shard: shard ?? 0 })),
  },
  { head: "Route", width: "12rem", quiet: true, narrow: "roomy", cell: ({ url }) => placeText(url) },
  {
    head: "Message id",
    width: "11rem",
    quiet: true,
    narrow: "roomy",
    cell: ({ messageId }) => <span title={messageId}>{messageId}</span>,
  },
  { head: "When", width: "6.5rem", number: true, quiet: true, cell: ({ at }) => <MomentText at={at} /> },
];

/** QStash's log of all messages, narrowed by state, address, message and time. */
export function LogTab(props: { filters: LogFilters; onChange: (change: Partial<LogFilters>) => void }) {
  const { filters, onChange } = props;
  const log = useLiveQuery(logQuery(filters));
  const narrow = (change: Partial<LogFilters>) => onChange({ ...change, cursor: null });
  const narrowed =
    filters.state !== null || filters.url !== "" || filters.message !== "" || filters.span !== null;
  return (
    <>
      <Toolbar label="QStash's log">
        <SearchField label="Message id" value={filters.message} onType={(message) => narrow({ message })} />
        <FilterSelect
          label="State"
          all="All states"
          choices={logStates.map((value) => ({ value, label: logWord(value) }))}
          value={filters.state}
          onChange={(state) => narrow({ state })}
        />
        <UrlField value={filters.url} onType={(url) => narrow({ url })} />
        <FilterSelect
          label="Time"
          all="As far as it is kept"
          choices={logSpans.map((value) => ({ value, label: spanWords[value] }))}
          value={filters.span}
          onChange={(span) => narrow({ span })}
        />
        <ListTools path="/api/v1/queue/log" query={logQueryOf(filters)} />
      </Toolbar>
      {log.data !== undefined && <SaidLine readAt={log.data.readAt} />}
      <PagedTable
        caption="QStash's log, newest first"
        columns={columns}
        keyOf={({ messageId, at, state }) => `${messageId} ${at} ${state}`}
        read={log}
        failed="QStash's log could not be read"
        empty={
          narrowed || filters.cursor !== null ? (
            <EmptyState title="No line matches" text="QStash has logged nothing of this kind in this time.">
              <Button
                variant="default"
                onClick={() => narrow({ state: null, url: "", message: "", span: null })}
              >
                Show the whole log
              </Button>
            </EmptyState>
          ) : (
            <EmptyState title="The log is empty" text="QStash has logged nothing that it still keeps." />
          )
        }
        words={["line", "lines"]}
        cursor={filters.cursor}
        onCursor={(cursor) => onChange({ cursor })}
      />
    </>
  );
}

function Note({ event }: { event: LogEvent }) {
  const text = eventText(event, useNow());
  return text === "" ? null : <RowNote>{text}</RowNote>;
}

function UrlField({ value, onType }: { value: string; onType: (typed: string) => void }) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onType, pauseMs);
  useEffect(() => setTyped(value), [value]);
  return (
    <Autocomplete
      aria-label="Address"
      placeholder="All addresses"
      data={ownRoutes}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        settle(text.trim());
      }}
      clearable
    />
  );
}
