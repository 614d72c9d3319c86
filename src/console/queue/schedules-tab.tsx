"use client";

import { useState } from "react";
import type { ScheduleView } from "../../triage/queue/qstash-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import type { Column } from "../list/list-table.tsx";
import { RowNote } from "../list/row-link.tsx";
import { WholeTable } from "../list/whole-table.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { cronWords } from "./cron-words.ts";
import { outcomeWords, placeText, scheduleWords, untilText } from "./queue.model.ts";
import { schedulesQuery } from "./queue.query.ts";
import { QueueDeedDialog } from "./queue-deed-dialog.tsx";
import { PausedMark } from "./queue-mark.tsx";
import classes from "./queue-page.module.css";
import { SaidTools } from "./said-line.tsx";

const caption = "Schedules, Waybill's own first";

function columnsOf(onTurn: (schedule: ScheduleView) => void): readonly Column<ScheduleView>[] {
  return [
    {
      head: "State",
      width: "8rem",
      narrow: "lead",
      cell: ({ paused }) => <PausedMark paused={paused} goesOn="Runs" />,
    },
    {
      head: "Schedule",
      narrow: "lead",
      cell: ({ about, id, destination }) => (
        <>
          <span className={classes.name}>{nameOf({ about, id })}</span>
          <RowNote>{about === null ? placeText(destination) : scheduleWords[about].does}</RowNote>
        </>
      ),
    },
    {
      head: "When",
      width: "11rem",
      narrow: "line",
      cell: ({ cron }) => <span title={cron}>{cronWords(cron)}</span>,
    },
    {
      head: "Last run",
      narrow: "roomy",
      width: "9.5rem",
      quiet: true,
      cell: ({ lastAt, lastOutcome }) =>
        lastAt === null ? (
          "not yet"
        ) : (
          <>
            <MomentText at={lastAt} />
            {lastOutcome !== null && `, ${outcomeWords[lastOutcome]}`}
          </>
        ),
    },
    {
      head: "Next run",
      width: "8rem",
      quiet: true,
      cell: ({ nextAt, paused }) => (paused ? "when resumed" : <Next at={nextAt} />),
    },
    {
      head: "What can be done",
      width: "7rem",
      deeds: true,
      narrow: "line",
      cell: (schedule) => {
        const words = schedule.paused ? "Resume" : "Pause";
        return (
          <div className={classes.deeds}>
            <DeedButton
              deed="POST /api/v1/queue/schedules/{id}"
              variant="default"
              size="compact-sm"
              aria-label={`${words}: ${nameOf(schedule)}`}
              onClick={() => onTurn(schedule)}
            >
              {words}
            </DeedButton>
          </div>
        );
      },
    },
  ];
}

function nameOf({ about, id }: Pick<ScheduleView, "about" | "id">): string {
  return about === null ? id : scheduleWords[about].name;
}

function Next({ at }: { at: string | null }) {
  const text = untilText(at, useNow());
  return at === null ? text : <time dateTime={at}>{text}</time>;
}

/** What QStash calls by the clock. */
export function SchedulesTab() {
  const schedules = useLiveQuery(schedulesQuery);
  const [asked, setAsked] = useState<ScheduleView | null>(null);
  const columns = columnsOf(setAsked);
  return (
    <>
      <WholeTable
        caption={caption}
        columns={columns}
        keyOf={({ id }) => id}
        read={schedules}
        failed="QStash's schedules could not be read"
        above={({ readAt }) => <SaidTools readAt={readAt} path="/api/v1/queue/schedules" />}
        empty={
          <EmptyState
            title="No schedule"
            text="QStash calls nothing by the clock. Without the tick, nothing carries on what a crash has left behind: set Waybill up again."
          />
        }
      />
      {asked !== null && <ScheduleDialog schedule={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function ScheduleDialog({ schedule, onClose }: { schedule: ScheduleView; onClose: () => void }) {
  const name = nameOf(schedule);
  const pauses = !schedule.paused;
  const meanwhile =
    schedule.about === null ? "nothing is called by it" : `nothing ${scheduleWords[schedule.about].does}`;
  return (
    <QueueDeedDialog
      asked={{
        title: `${pauses ? "Pause" : "Resume"} ${name}`,
        deed: pauses ? "Pause" : "Resume",
        grave: pauses,
        effect: pauses
          ? [
              { name: "Meanwhile", value: meanwhile },
              { name: "Runs that are missed", value: "are skipped, not made up for" },
            ]
          : [{ name: "Goes on", value: cronWords(schedule.cron) }],
        done: pauses
          ? { title: "Paused", message: `${name} does not run until it is resumed.` }
          : { title: "Resumed", message: `${name} runs ${cronWords(schedule.cron)}.` },
        path: `schedules/${encodeURIComponent(schedule.id)}`,
        body: { deed: pauses ? "pause" : "resume" },
      }}
      onClose={onClose}
    />
  );
}
