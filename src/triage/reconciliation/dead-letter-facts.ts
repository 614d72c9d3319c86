import { eq, inArray } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { spentDeadLetters } from "../../db/schema/dead-letters.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { steps } from "../../db/schema/steps.ts";
import { type StepMessage, stepMessageSchema } from "../../jobs/message.ts";
import type { KeptLetter } from "../../providers/dead-letters.ts";

/** A dead letter with what we know of its step; null where no step knows it. */
export interface LetterFacts {
  readonly letter: KeptLetter;
  readonly message: StepMessage | null;
  readonly step: StepFacts | null;
  /** True when it is on its way out: the tick removes it. */
  readonly spent: boolean;
}

type StepFacts = Awaited<ReturnType<typeof readSteps>>[number];

/** What we know of the steps that dead letters are of, in their order. */
export async function factsOfLetters(db: Db, letters: readonly KeptLetter[]): Promise<LetterFacts[]> {
  if (letters.length === 0) return [];
  const owners = await stepsOfMessages(
    db,
    letters.map(({ body }) => body),
  );
  const gone = await db
    .select({ dlqId: spentDeadLetters.dlqId })
    .from(spentDeadLetters)
    .where(
      inArray(
        spentDeadLetters.dlqId,
        letters.map(({ dlqId }) => dlqId),
      ),
    );
  const spent = new Set(gone.map(({ dlqId }) => dlqId));
  return letters.map((letter, at) => ({
    letter,
    ...(owners[at] ?? { message: null, step: null }),
    spent: spent.has(letter.dlqId),
  }));
}

/** What messages ask for, told from their bodies, and what we know of those steps; in their order. */
export async function stepsOfMessages(
  db: Db,
  bodies: readonly string[],
): Promise<{ readonly message: StepMessage | null; readonly step: StepFacts | null }[]> {
  const messages = bodies.map((body) => stepMessageSchema.safeParse(parseJson(body)).data ?? null);
  const stepIds = messages.flatMap((message) => message?.stepId ?? []);
  if (stepIds.length === 0) return messages.map((message) => ({ message, step: null }));
  const known = new Map((await readSteps(db, [...new Set(stepIds)])).map((step) => [step.stepId, step]));
  return messages.map((message) => ({ message, step: known.get(message?.stepId ?? "") ?? null }));
}

/** Whether a step still stands failed by the very message that is among the dead letters. */
export function isStanding({ message, step }: LetterFacts): boolean {
  return (
    step !== null &&
    step.state === "failed" &&
    step.dispatch === message?.dispatch &&
    step.latestRunId === step.runId
  );
}

async function readSteps(db: Db, stepIds: readonly string[]) {
  return db
    .select({
      stepId: steps.id,
      name: steps.name,
      shard: steps.shard,
      state: steps.state,
      dispatch: steps.dispatch,
      runId: steps.runId,
      fileId: files.id,
      fileName: files.name,
      latestRunId: files.latestRunId,
    })
    .from(steps)
    .innerJoin(runs, eq(runs.id, steps.runId))
    .innerJoin(files, eq(files.id, runs.fileId))
    .where(inArray(steps.id, [...stepIds]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
