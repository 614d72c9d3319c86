import { runAttributes, uploadSpanIdOf } from "../../jobs/run-spans.ts";
import { deriveSpanId } from "../../kernel/ids.ts";
import { attr, spanNames } from "../../telemetry/names.ts";
import { currentGraph } from "../graph.ts";
import { rootSpanIdOf } from "./begin-run.ts";
import type { AcceptContext, NewFile } from "./new-file.ts";
import type { AcceptedUpload } from "./upload-view.ts";

/** Records how a file came in: the upload, from its beginning until now, and in it the writing into Blob. */
export function recordUpload(ctx: AcceptContext, file: NewFile, accepted: AcceptedUpload): void {
  const { fileId, runId, traceId } = accepted;
  const { tracer } = ctx.telemetry;
  const spanId = uploadSpanIdOf(runId);
  const attributes = {
    ...runAttributes({
      fileId,
      runId,
      runNumber: 1,
      projectSlug: file.project.slug,
      graphVersion: currentGraph.version,
    }),
    [attr.deployment]: ctx.deployment,
    [attr.bytes]: file.bytes,
  };
  if (file.stored !== undefined) {
    const ids = { traceId, spanId: deriveSpanId("put", runId), parentSpanId: spanId };
    const put = { ...attributes, [attr.provider]: "blob", [attr.blobOperation]: "put" };
    tracer
      .start(spanNames.blobPut, ids, { kind: "client", startedAt: file.stored.from, attributes: put })
      .end(file.stored.until);
  }
  const ids = { traceId, spanId, parentSpanId: rootSpanIdOf(runId) };
  tracer
    .start(spanNames.receiveUpload, ids, { kind: "server", startedAt: file.receivedAt, attributes })
    .end(ctx.clock.now());
}
