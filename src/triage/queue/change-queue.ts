import type { AuditAction } from "../../db/audit-actions.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { Actor } from "../record-audit.ts";
import type { QueueContext } from "./context.ts";
import type { QueueDeed } from "./deed-schemas.ts";
import type { QueueView } from "./qstash-view.ts";
import { readQueues } from "./read-qstash.ts";
import { tellAudited } from "./tell-audited.ts";

const actions = {
  pause: "queue.pause",
  resume: "queue.resume",
  "set-parallelism": "queue.set-parallelism",
} as const satisfies Record<QueueDeed["deed"], AuditAction>;

/**
 * Pauses a queue, lets it go on, or sets how many of its messages are delivered at once.
 * @returns the queue as QStash has it then
 * @throws WaybillError queue_part_not_found for a queue that QStash does not know, provider_*, idempotency_key_reused
 */
export async function changeQueue(
  ctx: QueueContext,
  input: { name: string; deed: QueueDeed; actor: Actor; idempotencyKey: string | null },
): Promise<QueueView> {
  const { name, deed, actor, idempotencyKey } = input;
  ctx.queueReader.forget();
  const { parallelism, paused } = await readQueue(ctx, name);
  const after = {
    parallelism: deed.deed === "set-parallelism" ? deed.parallelism : parallelism,
    paused: deed.deed === "set-parallelism" ? paused : deed.deed === "pause",
  };
  const { reason = null, ...asked } = deed;
  await tellAudited(ctx, {
    action: actions[deed.deed],
    ...{ actor, idempotencyKey, reason },
    request: { name, ...asked },
    before: { parallelism, paused: String(paused) },
    after: { ...after, paused: String(after.paused) },
    tell: () => tell(ctx, name, deed, after),
  });
  return readQueue(ctx, name);
}

async function readQueue(ctx: QueueContext, name: string): Promise<QueueView> {
  const { items } = await readQueues(ctx);
  const found = items.find((one) => one.name === name);
  if (found === undefined) throw new WaybillError("queue_part_not_found", { details: { queue: name } });
  return found;
}

function tell(
  { queueControls }: QueueContext,
  name: string,
  deed: QueueDeed,
  after: { readonly parallelism: number; readonly paused: boolean },
): Promise<void> {
  switch (deed.deed) {
    case "pause":
      return queueControls.pauseQueue(name);
    case "resume":
      return queueControls.resumeQueue(name);
    case "set-parallelism":
      return queueControls.setParallelism(name, after);
  }
}
