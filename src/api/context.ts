import type { CallerContext } from "../access/context.ts";
import type { Env } from "../kernel/env.ts";
import type { Log } from "../kernel/log.ts";
import type { PipelineContext } from "../pipeline/context.ts";
import type { MeterSource } from "../providers/metering/meter-source.ts";
import type { SharedAnswers } from "./shared-answers.ts";

/**
 * The HTTP side of Waybill: the admin API, the upload and the sign-in. It turns requests into calls of verbs
 * and their outcomes into answers; what is true is decided below. It must not import the console or the pages.
 */
export interface ApiContext extends PipelineContext, Omit<CallerContext, "env"> {
  readonly env: CallerContext["env"] &
    Pick<
      Env,
      | "BLOB_READ_WRITE_TOKEN"
      | "WAYBILL_MAX_UPLOAD_BYTES"
      | "WAYBILL_UPLOADS_PER_MINUTE"
      | "WAYBILL_SAMPLES_DIR"
    >;
  readonly log: Log;
  /** What several callers are given; whatever is done through the API or an upload forgets it. */
  readonly answers: SharedAnswers;
  readonly meterSources: readonly MeterSource[];
}
