"use client";

import { useState } from "react";
import type { FlowControlView } from "../../triage/queue/qstash-view.ts";
import { formatCount } from "../format/count.ts";
import type { Column } from "../list/list-table.tsx";
import { NamedFigure } from "../list/named-figure.tsx";
import { RowNote } from "../list/row-link.tsx";
import { WholeTable } from "../list/whole-table.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { PinDialog } from "./pin-dialog.tsx";
import { limitsText, pinText, usedText } from "./queue.model.ts";
import { flowControlQuery } from "./queue.query.ts";
import { type AskedDeed, QueueDeedDialog } from "./queue-deed-dialog.tsx";
import { PausedMark, PinMark } from "./queue-mark.tsx";
import classes from "./queue-page.module.css";
import { SaidTools } from "./said-line.tsx";

type Deed = "pin" | "unpin" | "pause" | "resume";

const caption = "Keys of flow control, those with the most that waits first";

function columnsOf(onDeed: (flow: FlowControlView, deed: Deed) => void): readonly Column<FlowControlView>[] {
  return [
    {
      head: "State",
      width: "6.5rem",
      narrow: "lead",
      cell: ({ paused }) => <PausedMark paused={paused} goesOn="Flows" />,
    },
    {
      head: "Key",
      narrow: "lead",
      cell: ({ key, about }) => (
        <>
          <span className={classes.name}>{key}</span>
          <RowNote>{about ?? "Not one of Waybill's"}</RowNote>
        </>
      ),
    },
    {
      head: "Waiting",
      width: "5rem",
      number: true,
      cell: ({ waiting }) => <NamedFigure figure={formatCount(waiting)} name="waiting" />,
    },
    {
      head: "Limits",
      width: "10rem",
      narrow: "line",
      cell: (flow) => (
        <>
          <span>{limitsText(flow)}</span>
          <RowNote>{usedText(flow)}</RowNote>
          {pinText(flow) !== null && (
            <p>
              <PinMark text={pinText(flow) ?? ""} />
            </p>
          )}
        </>
      ),
    },
    {
      head: "What can be done",
      width: "10rem",
      deeds: true,
      narrow: "line",
      cell: (flow) => <FlowDeeds flow={flow} onDeed={onDeed} />,
    },
  ];
}

/** QStash's keys of flow control: what waits, what limits it, and what people have pinned or paused. */
export function FlowControlTab() {
  const flows = useLiveQuery(flowControlQuery);
  const [asked, setAsked] = useState<{ flow: FlowControlView; deed: Deed } | null>(null);
  const columns = columnsOf((flow, deed) => setAsked({ flow, deed }));
  const close = () => setAsked(null);
  return (
    <>
      <WholeTable
        caption={caption}
        columns={columns}
        keyOf={({ key }) => key}
        read={flows}
        failed="QStash's keys of flow control could not be read"
        above={({ readAt }) => <SaidTools readAt={readAt} path="/api/v1/queue/flow-control" />}
        empty={
          <EmptyState
            title="No key of flow control"
            text="QStash knows a key while it has messages, a limit that was pinned, or a pause."
          />
        }
      />
      {asked?.deed === "pin" && <PinDialog flow={asked.flow} onClose={close} />}
      {asked !== null && asked.deed !== "pin" && (
        <QueueDeedDialog asked={askedOf(asked.flow, asked.deed)} onClose={close} />
      )}
    </>
  );
}

function FlowDeeds(props: { flow: FlowControlView; onDeed: (flow: FlowControlView, deed: Deed) => void }) {
  const { flow, onDeed } = props;
  const deeds: readonly (readonly [Deed, string])[] = [
    ["pin", "Pin"],
    ...(pinText(flow) === null ? [] : [["unpin", "Unpin"] as const]),
    flow.paused ? ["resume", "Resume"] : ["pause", "Pause"],
  ];
  return (
    <div className={classes.deeds}>
      {deeds.map(([deed, words]) => (
        <DeedButton
          deed="POST /api/v1/queue/flow-control/{key}"
          key={deed}
          variant="default"
          size="compact-sm"
          aria-label={`${words}: ${flow.key}`}
          onClick={() => onDeed(flow, deed)}
        >
          {words}
        </DeedButton>
      ))}
    </div>
  );
}

function askedOf(flow: FlowControlView, deed: Exclude<Deed, "pin">): AskedDeed {
  const { key } = flow;
  const common = { path: `flow-control/${encodeURIComponent(key)}`, body: { deed } };
  switch (deed) {
    case "unpin":
      return {
        ...common,
        title: `Unpin ${key}`,
        deed: "Unpin",
        effect: [
          { name: "Now", value: limitsText(flow) },
          { name: "Then", value: "the next message of the key sets its limits again" },
        ],
        done: { title: "Unpinned", message: `The next message of ${key} sets its limits.` },
      };
    case "pause":
      return {
        ...common,
        title: `Pause ${key}`,
        deed: "Pause",
        grave: true,
        effect: [
          { name: "Its messages", value: "wait at QStash, and none is delivered" },
          { name: "What is on the wire", value: "ends as it does" },
          { name: "Until", value: "somebody resumes it; the steps appear as stuck meanwhile" },
        ],
        done: { title: "Paused", message: `QStash delivers nothing of ${key} until it is resumed.` },
      };
    case "resume":
      return {
        ...common,
        title: `Resume ${key}`,
        deed: "Resume",
        effect: [{ name: "What waits", value: `${formatCount(flow.waiting)} go on within its limits` }],
        done: { title: "Resumed", message: `The messages of ${key} are delivered again.` },
      };
  }
}
