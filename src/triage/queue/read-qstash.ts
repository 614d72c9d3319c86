import type { z } from "zod";
import { retentionSchedule } from "../../jobs/retention-schedule.ts";
import { reconciliationSchedule } from "../../jobs/send-reconciliation.ts";
import { tickSchedule } from "../../jobs/tick-schedule.ts";
import type { PipelineContext } from "../../pipeline/context.ts";
import type { FlowControl, QstashQueue, QstashSchedule } from "../../providers/queue/queue-shapes.ts";
import { flowKeyAbout } from "./flow-key-about.ts";
import type { FlowControlView, inFlightViewSchema, QueueView, ScheduleView } from "./qstash-view.ts";

type QstashContext = Pick<PipelineContext, "queueReader">;

interface Whole<Item> {
  readonly items: Item[];
  readonly readAt: string;
}

/** What QStash has on the wire. @throws WaybillError provider_* when it does not answer */
export async function readInFlight(ctx: QstashContext): Promise<z.infer<typeof inFlightViewSchema>> {
  const { readAt, ...said } = await ctx.queueReader.inFlight(null);
  return { ...said, readAt: readAt.toISOString() };
}

/** QStash's keys of flow control: what waits first, then by name. @throws WaybillError provider_* */
export async function readFlowControls(ctx: QstashContext): Promise<Whole<FlowControlView>> {
  const { items, readAt } = await ctx.queueReader.flowControls(null);
  const views = items.map(flowControlView);
  return {
    items: views.toSorted((a, b) => b.waiting - a.waiting || a.key.localeCompare(b.key)),
    readAt: readAt.toISOString(),
  };
}

/** QStash's queues by name. @throws WaybillError provider_* */
export async function readQueues(ctx: QstashContext): Promise<Whole<QueueView>> {
  const { items, readAt } = await ctx.queueReader.queues(null);
  const views = items.map(queueView).toSorted((a, b) => a.name.localeCompare(b.name));
  return { items: views, readAt: readAt.toISOString() };
}

/** QStash's schedules, Waybill's own first. @throws WaybillError provider_* */
export async function readSchedules(ctx: QstashContext): Promise<Whole<ScheduleView>> {
  const { items, readAt } = await ctx.queueReader.schedules(null);
  const views = items
    .map(scheduleView)
    .toSorted((a, b) => Number(a.about === null) - Number(b.about === null) || a.id.localeCompare(b.id));
  return { items: views, readAt: readAt.toISOString() };
}

function flowControlView(said: FlowControl): FlowControlView {
  return {
    key: said.flowControlKey,
    about: flowKeyAbout(said.flowControlKey),
    waiting: said.waitListSize,
    parallelism: {
      count: said.parallelismCount,
      max: said.parallelismMax || null,
      pinned: said.isPinnedParallelism,
    },
    rate: {
      count: said.rateCount,
      max: said.rateMax || null,
      periodSec: said.ratePeriod,
      pinned: said.isPinnedRate,
    },
    paused: said.isPaused,
  };
}

function queueView({ name, parallelism, lag, paused, createdAt, updatedAt }: QstashQueue): QueueView {
  return {
    ...{ name, parallelism, lag, paused },
    createdAt: createdAt?.toISOString() ?? null,
    updatedAt: updatedAt?.toISOString() ?? null,
  };
}

const own = new Map<string, ScheduleView["about"]>([
  [tickSchedule.id, "tick"],
  [retentionSchedule.id, "retention"],
  [reconciliationSchedule.id, "reconciliation"],
]);

const outcomes = new Map<string | undefined, ScheduleView["lastOutcome"]>([
  ["IN_PROGRESS", "under-way"],
  ["SUCCESS", "succeeded"],
  ["FAIL", "failed"],
]);

function scheduleView(said: QstashSchedule): ScheduleView {
  return {
    id: said.scheduleId,
    about: own.get(said.scheduleId) ?? null,
    cron: said.cron,
    destination: said.destination,
    paused: said.isPaused,
    lastAt: said.lastScheduleTime?.toISOString() ?? null,
    lastOutcome: outcomes.get(Object.values(said.lastScheduleStates ?? {})[0]) ?? null,
    nextAt: said.nextScheduleTime?.toISOString() ?? null,
  };
}
