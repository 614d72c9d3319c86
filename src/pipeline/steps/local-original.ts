import { blobRead } from "../../costs/blob-spent.ts";
import type { PipelineContext } from "../context.ts";
import type { StepTask } from "../step-work.ts";

/** The path of a local copy of the run's original. Where it must be fetched, the step pays for that. */
export function localOriginal(ctx: PipelineContext, task: StepTask): Promise<string> {
  return ctx.originals.local(task.span, task.run, async (read) => {
    const spent = blobRead(task.run.bytes);
    const call = await task.meter.begin(spent);
    await call.make(read);
    call.settle(spent);
  });
}
