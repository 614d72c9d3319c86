import { z } from "zod";

/** The body of a message: ids, never content. */
export const stepMessageSchema = z.object({
  v: z.literal(1),
  runId: z.string(),
  stepId: z.string(),
  dispatch: z.number().int(),
});

/** A message that asks for one step instance. */
export type StepMessage = z.infer<typeof stepMessageSchema>;

/** The deduplication id of a message: sending the same dispatch twice is one message. */
export function deduplicationId(stepId: string, dispatch: number): string {
  return `${stepId}.${dispatch}`;
}
