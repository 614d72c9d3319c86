import { z } from "zod";
import { type AttemptView, attemptViewSchema, type FileView, type RunView } from "./file-view.ts";

/** An attempt with the step that it was made for, as a row of a table. */
export const attemptRowSchema = z.object({
  run: z.number().int().describe("the number of its run"),
  step: z.string(),
  shard: z.number().int().nullable().describe("from 0; null for a step that has one alone"),
  tryNumber: z
    .number()
    .int()
    .describe("which of its step's tries in this round; an attempt that was held gave its try back"),
  maxAttempts: z.number().int(),
  ...attemptViewSchema.shape,
});

export type AttemptRow = z.infer<typeof attemptRowSchema>;

/** The attempts of a run, newest first. Pure. */
export function attemptRows(run: RunView): AttemptRow[] {
  const shardsOf = new Map<string, number>();
  for (const { name } of run.steps) shardsOf.set(name, (shardsOf.get(name) ?? 0) + 1);
  return run.steps
    .flatMap((instance) =>
      instance.attempts.map((attempt) => ({
        run: run.number,
        step: instance.name,
        shard: (shardsOf.get(instance.name) ?? 1) > 1 ? instance.shard : null,
        tryNumber: tryNumberOf(attempt, instance.attempts),
        maxAttempts: instance.maxAttempts,
        ...attempt,
      })),
    )
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt) || b.number - a.number);
}

/** The attempts of all runs of a file, newest run first. Pure. */
export function attemptsOfFile({ runHistory }: FileView): AttemptRow[] {
  return runHistory.flatMap((run) => attemptRows(run));
}

function tryNumberOf(attempt: AttemptView, all: readonly AttemptView[]): number {
  const before = all.filter(
    ({ round, number, outcome }) => round === attempt.round && number < attempt.number && outcome !== "held",
  );
  return before.length + 1;
}
