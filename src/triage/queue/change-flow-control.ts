import type { AuditAction } from "../../db/audit-actions.ts";
import type { AuditFacts } from "../../db/schema/audit.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { Actor } from "../record-audit.ts";
import type { QueueContext } from "./context.ts";
import type { FlowControlDeed } from "./deed-schemas.ts";
import type { FlowControlView } from "./qstash-view.ts";
import { readFlowControls } from "./read-qstash.ts";
import { tellAudited } from "./tell-audited.ts";

const actions = {
  pin: "queue.pin",
  unpin: "queue.unpin",
  pause: "queue.pause-key",
  resume: "queue.resume-key",
} as const satisfies Record<FlowControlDeed["deed"], AuditAction>;

/**
 * Pins a key of flow control to limits, lets them go, or holds back all its messages.
 * @returns the key as QStash has it then
 * @throws WaybillError queue_part_not_found for a key that QStash does not know, provider_*, idempotency_key_reused
 */
export async function changeFlowControl(
  ctx: QueueContext,
  input: { key: string; deed: FlowControlDeed; actor: Actor; idempotencyKey: string | null },
): Promise<FlowControlView> {
  const { key, deed, actor, idempotencyKey } = input;
  ctx.queueReader.forget();
  const before = await readKey(ctx, key);
  const { reason = null } = deed;
  await tellAudited(ctx, {
    action: actions[deed.deed],
    ...{ actor, idempotencyKey, reason },
    request: { key, deed: deed.deed, ...(deed.deed === "pin" && limitsOf(deed)) },
    before: factsOf(before),
    after: afterOf(before, deed),
    tell: () => tell(ctx, key, deed),
  });
  return readKey(ctx, key);
}

async function readKey(ctx: QueueContext, key: string): Promise<FlowControlView> {
  const { items } = await readFlowControls(ctx);
  const found = items.find((one) => one.key === key);
  if (found === undefined) throw new WaybillError("queue_part_not_found", { details: { key } });
  return found;
}

function tell({ queueControls }: QueueContext, key: string, deed: FlowControlDeed): Promise<void> {
  switch (deed.deed) {
    case "pin":
      return queueControls.pin(key, limitsOf(deed));
    case "unpin":
      return queueControls.unpin(key, { parallelism: true, rate: true });
    case "pause":
      return queueControls.pauseKey(key);
    case "resume":
      return queueControls.resumeKey(key);
  }
}

type Pin = Extract<FlowControlDeed, { readonly deed: "pin" }>;

function limitsOf({ parallelism, rate, periodSec }: Pin) {
  return { parallelism: parallelism ?? null, rate: rate ?? null, periodSec: periodSec ?? null };
}

function factsOf({ parallelism, rate, paused }: FlowControlView): AuditFacts {
  return {
    parallelism: parallelism.max,
    rate: rate.max,
    periodSec: rate.max === null ? null : rate.periodSec,
    pinned: [parallelism.pinned && "parallelism", rate.pinned && "rate"].filter(Boolean).join(", "),
    paused: String(paused),
  };
}

function afterOf(before: FlowControlView, deed: FlowControlDeed): AuditFacts {
  const facts = factsOf(before);
  switch (deed.deed) {
    case "pin": {
      const { parallelism, rate, periodSec } = deed;
      const pinned = [parallelism && "parallelism", rate && "rate"].filter(Boolean).join(", ");
      return {
        ...facts,
        ...(parallelism !== undefined && { parallelism }),
        ...(rate !== undefined && periodSec !== undefined && { rate, periodSec }),
        pinned,
      };
    }
    case "unpin":
      return { ...facts, pinned: "" };
    case "pause":
      return { ...facts, paused: "true" };
    case "resume":
      return { ...facts, paused: "false" };
  }
}
