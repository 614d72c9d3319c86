import type { ReconciliationContext } from "./context.ts";
import { factsOfLetters, isStanding, type LetterFacts } from "./dead-letter-facts.ts";
import type { Finding, StagePage } from "./finding.ts";

/** QStash gives at most a hundred at once. */
const pageSize = 100;

/** Looks through QStash's dead letters for those of steps that have gone on, and those of no step. */
export async function checkDeadLetters(
  ctx: ReconciliationContext,
  position: string | null,
): Promise<StagePage> {
  const { letters, cursor } = await ctx.deadLetters.list({ cursor: position, limit: pageSize });
  const known = await factsOfLetters(ctx.db, letters);
  return { read: letters.length, findings: known.flatMap(judge), position: cursor };
}

function judge(facts: LetterFacts): Finding[] {
  const { letter, message, step, spent } = facts;
  if (spent || isStanding(facts)) return [];
  const common = { messageId: letter.messageId, at: letter.at.toISOString(), status: letter.responseStatus };
  if (step === null) {
    const said = { stepId: message?.stepId ?? null, runId: message?.runId ?? null };
    const of = { ...common, ...said };
    return [{ class: "dead-letter-unknown", subject: letter.dlqId, fileId: null, facts: of }];
  }
  const { stepId, runId, name, shard, state, fileName, dispatch: newestDispatch } = step;
  const of = { ...common, stepId, runId, step: name, shard, state, file: fileName, newestDispatch };
  const dispatch = message?.dispatch ?? null;
  return [
    {
      class: "dead-letter-but-done",
      subject: letter.dlqId,
      fileId: step.fileId,
      facts: { ...of, dispatch },
    },
  ];
}
