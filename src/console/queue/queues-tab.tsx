"use client";

import { useState } from "react";
import type { QueueView } from "../../triage/queue/qstash-view.ts";
import { formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import type { Column } from "../list/list-table.tsx";
import { NamedFigure } from "../list/named-figure.tsx";
import { WholeTable } from "../list/whole-table.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { LimitNumber, type TypedNumber } from "./limit-number.tsx";
import { queuesQuery } from "./queue.query.ts";
import { QueueDeedDialog } from "./queue-deed-dialog.tsx";
import { PausedMark } from "./queue-mark.tsx";
import classes from "./queue-page.module.css";
import { SaidTools } from "./said-line.tsx";

type Deed = "pause" | "resume" | "set-parallelism";

const caption = "Queues by name";

function columnsOf(onDeed: (queue: QueueView, deed: Deed) => void): readonly Column<QueueView>[] {
  return [
    {
      head: "State",
      width: "8rem",
      narrow: "lead",
      cell: ({ paused }) => <PausedMark paused={paused} goesOn="Flows" />,
    },
    { head: "Queue", narrow: "lead", cell: ({ name }) => <span className={classes.name}>{name}</span> },
    {
      head: "Lag",
      width: "6rem",
      number: true,
      cell: ({ lag }) => <NamedFigure figure={formatCount(lag)} name="wait" />,
    },
    {
      head: "At once",
      width: "6rem",
      number: true,
      cell: ({ parallelism }) => <NamedFigure figure={formatCount(parallelism)} name="at once" />,
    },
    {
      head: "Changed",
      width: "7rem",
      number: true,
      quiet: true,
      narrow: "roomy",
      cell: ({ updatedAt }) => (updatedAt === null ? "–" : <MomentText at={updatedAt} />),
    },
    {
      head: "What can be done",
      width: "15rem",
      deeds: true,
      narrow: "line",
      cell: (queue) => (
        <div className={classes.deeds}>
          <TurnButton words="At once" queue={queue} onClick={() => onDeed(queue, "set-parallelism")} />
          {queue.paused ? (
            <TurnButton words="Resume" queue={queue} onClick={() => onDeed(queue, "resume")} />
          ) : (
            <TurnButton words="Pause" queue={queue} onClick={() => onDeed(queue, "pause")} />
          )}
        </div>
      ),
    },
  ];
}

function TurnButton(props: { words: string; queue: QueueView; onClick: () => void }) {
  return (
    <DeedButton
      deed="POST /api/v1/queue/queues/{name}"
      variant="default"
      size="compact-sm"
      aria-label={`${props.words}: ${props.queue.name}`}
      onClick={props.onClick}
    >
      {props.words}
    </DeedButton>
  );
}

/** QStash's queues, in which messages are delivered in their order. */
export function QueuesTab() {
  const queues = useLiveQuery(queuesQuery);
  const [asked, setAsked] = useState<{ queue: QueueView; deed: Deed } | null>(null);
  const columns = columnsOf((queue, deed) => setAsked({ queue, deed }));
  return (
    <>
      <WholeTable
        caption={caption}
        columns={columns}
        keyOf={({ name }) => name}
        read={queues}
        failed="QStash's queues could not be read"
        above={({ readAt }) => <SaidTools readAt={readAt} path="/api/v1/queue/queues" />}
        empty={
          <EmptyState
            title="No queue"
            text="Waybill sends its messages without queues: their order is the graph's, and flow control limits them. A queue that somebody else makes in this QStash account appears here."
          />
        }
      />
      {asked !== null && <QueueDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function QueueDialog({ queue, deed, onClose }: { queue: QueueView; deed: Deed; onClose: () => void }) {
  const [parallelism, setParallelism] = useState<TypedNumber>(queue.parallelism);
  const { name } = queue;
  const path = `queues/${encodeURIComponent(name)}`;
  if (deed === "set-parallelism")
    return (
      <QueueDeedDialog
        asked={{
          title: `Deliveries at once of ${name}`,
          deed: "Set",
          effect: [{ name: "Now", value: `${formatCount(queue.parallelism)} at once` }],
          done: { title: "Set", message: `${name} has its new limit.` },
          path,
          body: typeof parallelism === "number" ? { deed, parallelism } : null,
        }}
        onClose={onClose}
      >
        <LimitNumber label="At once" value={parallelism} onChange={setParallelism} first />
      </QueueDeedDialog>
    );
  const pauses = deed === "pause";
  return (
    <QueueDeedDialog
      asked={{
        title: `${pauses ? "Pause" : "Resume"} ${name}`,
        deed: pauses ? "Pause" : "Resume",
        grave: pauses,
        effect: pauses
          ? [{ name: "Its messages", value: "are taken, and none is delivered until it is resumed" }]
          : [{ name: "What waits", value: `${formatCount(queue.lag)} go on in their order` }],
        done: pauses
          ? { title: "Paused", message: `QStash delivers nothing of ${name} until it is resumed.` }
          : { title: "Resumed", message: `The messages of ${name} are delivered again.` },
        path,
        body: { deed },
      }}
      onClose={onClose}
    />
  );
}
