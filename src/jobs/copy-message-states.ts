import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { files } from "../db/schema/files.ts";
import { messageLogPosition } from "../db/schema/messages.ts";
import { runs } from "../db/schema/runs.ts";
import { steps } from "../db/schema/steps.ts";
import { toWaybillError } from "../kernel/errors.ts";
import type { LoggedState, MessageLog } from "../providers/message-log.ts";
import type { JobLog } from "../telemetry/span-log.ts";
import { fileDeadLetter } from "./file-dead-letter.ts";
import { type StepMessage, stepMessageSchema } from "./message.ts";
import { lockRun } from "./run-facts.ts";

/** What copying needs of the outside world. */
export interface CopyContext extends DbContext {
  readonly log: JobLog;
  readonly messageLog: MessageLog;
}

/** Most pages of QStash's log in one pass; the next tick goes on with the rest. */
const pagesAtOnce = 20;
/** Most dead letters that are looked up in one pass. */
const lookUpsAtOnce = 20;
/** What was logged shortly before is read again, since the log may show it late. In ms. */
const overlapMs = 120_000;

type Position = Omit<typeof messageLogPosition.$inferSelect, "id">;

/**
 * Copies what QStash's log says of our messages, from where the last pass ended, before QStash forgets it.
 * Reading the same again adds nothing. A QStash that does not answer is no fault: the next tick goes on.
 * @returns how many states were new
 */
export async function copyMessageStates(ctx: CopyContext): Promise<number> {
  let copied = 0;
  let position = await readPosition(ctx);
  try {
    for (let page = 0; page < pagesAtOnce; page += 1) {
      const since = new Date(Math.max(0, position.copiedUntil.getTime() - overlapMs));
      const read = await ctx.messageLog.read({ since, cursor: position.cursor });
      const ours = read.states.flatMap(ofOurs);
      copied += await keep(ctx, ours);
      await nameDeadLetters(ctx, ours);
      position = advance(position, read);
      await writePosition(ctx, position);
      if (position.cursor === null) return copied;
    }
  } catch (thrown) {
    const error = toWaybillError(thrown);
    if (!error.code.startsWith("provider_")) throw thrown;
    ctx.log.warn({ err: error }, "QStash's log could not be read; the next tick goes on");
    // A cursor that QStash no longer takes would be refused for ever.
    if (error.code === "provider_refused" && position.cursor !== null)
      await writePosition(ctx, { ...position, windowUntil: null, cursor: null });
  }
  return copied;
}

type OurState = LoggedState & { readonly message: StepMessage };

/** A message of ours says in its body which step it is for. */
function ofOurs(state: LoggedState): OurState[] {
  const message = stepMessageSchema.safeParse(parseJson(state.body));
  return message.success ? [{ ...state, message: message.data }] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The log is read from its newest entry back; all of it is copied when its end is reached. */
function advance(position: Position, read: { states: readonly LoggedState[]; cursor: string | null }) {
  const windowUntil = position.windowUntil ?? read.states[0]?.at ?? null;
  if (read.cursor !== null) return { ...position, windowUntil, cursor: read.cursor };
  return { copiedUntil: windowUntil ?? position.copiedUntil, windowUntil: null, cursor: null };
}

async function keep(ctx: CopyContext, states: readonly OurState[]): Promise<number> {
  if (states.length === 0) return 0;
  const rows = states.map((state) => ({
    message_id: state.messageId,
    at: state.at,
    state: state.state,
    step_id: state.message.stepId,
    dispatch: state.message.dispatch,
    error: state.error,
    response_status: state.responseStatus,
    next_delivery_at: state.nextDeliveryAt,
  }));
  const kept = await ctx.db.execute(sql`
    insert into message_states (message_id, at, state, step_id, dispatch, error, response_status, next_delivery_at)
    select logged.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as logged(message_id text,
      at timestamptz, state text, step_id text, dispatch int, error text, response_status int,
      next_delivery_at timestamptz)
    where exists (select from steps where steps.id = logged.step_id)
    on conflict do nothing`);
  return kept.rowCount ?? 0;
}

/** A step whose failure callback never came learns from the log that its message is in the dead letter queue. */
async function nameDeadLetters(ctx: CopyContext, states: readonly OurState[]): Promise<void> {
  const given = new Map(
    states.filter((state) => state.state === "FAILED").map((state) => [state.message.stepId, state]),
  );
  if (given.size === 0) return;
  const unnamed = await ctx.db
    .select({ id: steps.id, dispatch: steps.dispatch })
    .from(steps)
    .where(
      and(
        inArray(steps.id, [...given.keys()]),
        eq(steps.state, "failed"),
        isNull(steps.dlqId),
        // A file that has gone on in a new run has no more use for it.
        sql`exists (select from ${runs} join ${files} on ${files.id} = ${runs.fileId}
          where ${runs.id} = ${steps.runId} and ${files.latestRunId} = ${runs.id})`,
      ),
    )
    .limit(lookUpsAtOnce);
  for (const step of unnamed) {
    const state = given.get(step.id);
    if (state?.message.dispatch !== step.dispatch) continue;
    const dlqId = await ctx.messageLog.findDeadLetter(state.messageId);
    if (dlqId === null) continue;
    // Meanwhile the step may have been requeued.
    await ctx.db.transaction(async (tx) => {
      await lockRun(tx, state.message.runId);
      await fileDeadLetter(tx, { dlqId, stepId: step.id, dispatch: step.dispatch }, ctx.clock.now());
    });
  }
}

const positionId = "qstash";

async function readPosition({ db }: CopyContext): Promise<Position> {
  const [row] = await db.select().from(messageLogPosition).where(eq(messageLogPosition.id, positionId));
  return row ?? { copiedUntil: new Date(0), windowUntil: null, cursor: null };
}

async function writePosition({ db }: CopyContext, position: Position): Promise<void> {
  await db
    .insert(messageLogPosition)
    .values({ id: positionId, ...position })
    .onConflictDoUpdate({ target: messageLogPosition.id, set: { ...position } });
}
