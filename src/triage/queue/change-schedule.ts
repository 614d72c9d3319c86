import { WaybillError } from "../../kernel/errors.ts";
import type { Actor } from "../record-audit.ts";
import type { QueueContext } from "./context.ts";
import type { ScheduleDeed } from "./deed-schemas.ts";
import type { ScheduleView } from "./qstash-view.ts";
import { readSchedules } from "./read-qstash.ts";
import { tellAudited } from "./tell-audited.ts";

/**
 * Pauses a schedule, or lets it go on. While the tick is paused nothing carries on what a crash has left.
 * @returns the schedule as QStash has it then
 * @throws WaybillError queue_part_not_found for one that QStash does not know, provider_*, idempotency_key_reused
 */
export async function changeSchedule(
  ctx: QueueContext,
  input: { id: string; deed: ScheduleDeed; actor: Actor; idempotencyKey: string | null },
): Promise<ScheduleView> {
  const { id, actor, idempotencyKey } = input;
  const { deed, reason = null } = input.deed;
  ctx.queueReader.forget();
  const before = await readSchedule(ctx, id);
  await tellAudited(ctx, {
    action: deed === "pause" ? "schedule.pause" : "schedule.resume",
    ...{ actor, idempotencyKey, reason },
    request: { schedule: id },
    before: { paused: String(before.paused) },
    after: { paused: String(deed === "pause") },
    tell: () =>
      deed === "pause" ? ctx.queueControls.pauseSchedule(id) : ctx.queueControls.resumeSchedule(id),
  });
  return readSchedule(ctx, id);
}

async function readSchedule(ctx: QueueContext, id: string): Promise<ScheduleView> {
  const { items } = await readSchedules(ctx);
  const found = items.find((one) => one.id === id);
  if (found === undefined) throw new WaybillError("queue_part_not_found", { details: { schedule: id } });
  return found;
}
