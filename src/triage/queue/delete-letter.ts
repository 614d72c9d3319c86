import { WaybillError } from "../../kernel/errors.ts";
import { toLetter } from "../../providers/dead-letters.ts";
import { factsOfLetters, isStanding } from "../reconciliation/dead-letter-facts.ts";
import type { Actor } from "../record-audit.ts";
import type { QueueContext } from "./context.ts";
import { tellAudited } from "./tell-audited.ts";

/**
 * Removes a dead letter by which no file stands failed. One that is gone already is no fault.
 * @throws WaybillError dead_letter_owned when a file stands failed by it: requeue that, provider_*,
 *   idempotency_key_reused
 */
export async function deleteLetter(
  ctx: QueueContext,
  input: { dlqId: string; reason: string | null; actor: Actor; idempotencyKey: string | null },
): Promise<{ dlqId: string; removed: boolean }> {
  const { dlqId, reason, actor, idempotencyKey } = input;
  const said = await ctx.queueReader.findDeadLetter(dlqId);
  if (said === null) return { dlqId, removed: false };
  const [facts] = await factsOfLetters(ctx.db, [toLetter(said)]);
  if (facts !== undefined && isStanding(facts))
    throw new WaybillError("dead_letter_owned", { details: { dlqId, fileId: facts.step?.fileId ?? null } });
  await tellAudited(ctx, {
    action: "dead-letter.delete",
    ...{ actor, idempotencyKey, reason },
    request: { dlqId },
    before: { messageId: said.messageId, url: said.url, status: said.responseStatus ?? null },
    after: {},
    tell: () => ctx.queueControls.removeDeadLetter(dlqId),
  });
  return { dlqId, removed: true };
}
