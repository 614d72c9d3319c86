import type { PipelineContext } from "../../pipeline/context.ts";
import type { TriageContext } from "../context.ts";

/** What changing how QStash delivers needs of the outside world. */
export type QueueContext = TriageContext & Pick<PipelineContext, "queueReader" | "queueControls">;
