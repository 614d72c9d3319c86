import type { PipelineContext } from "../../pipeline/context.ts";
import type { TriageContext } from "../context.ts";

/** What carrying a plan out needs: that of a requeue, and the index, to prove it. */
export type RequeueContext = TriageContext & Pick<PipelineContext, "vector">;
