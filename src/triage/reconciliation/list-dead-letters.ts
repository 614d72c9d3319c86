import { z } from "zod";
import { formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { ReconciliationContext } from "./context.ts";
import { factsOfLetters, isStanding, type LetterFacts } from "./dead-letter-facts.ts";
import type { DeadLetterView } from "./reconciliation-view.ts";

/** For how long QStash keeps a dead letter, in ms: what every plan is sure to have. */
export const keptMs = 7 * 86_400_000;

/**
 * QStash's dead letters as it lists them, each with its step and the time at which QStash forgets it.
 * @throws WaybillError provider_* when QStash does not answer, malformed_request for a cursor of another list
 */
export async function listDeadLetters(
  ctx: Pick<ReconciliationContext, "db" | "deadLetters">,
  input: PageRequest,
): Promise<{ items: DeadLetterView[]; nextCursor: string | null }> {
  const [cursor] = parseCursor(z.tuple([z.string()]), input.cursor) ?? [null];
  const page = await ctx.deadLetters.list({ cursor, limit: input.limit });
  const known = await factsOfLetters(ctx.db, page.letters);
  return { items: known.map(toView), nextCursor: page.cursor && formatCursor([page.cursor]) };
}

function toView(facts: LetterFacts): DeadLetterView {
  const { letter, step } = facts;
  return {
    dlqId: letter.dlqId,
    messageId: letter.messageId,
    standing: standingOf(facts),
    fileId: step?.fileId ?? null,
    file: step?.fileName ?? null,
    runId: step?.runId ?? null,
    step: step?.name ?? null,
    status: letter.responseStatus,
    at: letter.at.toISOString(),
    expiresAt: new Date(letter.at.getTime() + keptMs).toISOString(),
  };
}

/** What is known of a dead letter's step. */
export function standingOf(facts: LetterFacts): DeadLetterView["standing"] {
  if (facts.spent) return "leaving";
  if (facts.step === null) return "unknown";
  return isStanding(facts) ? "failed" : "done";
}
