import { expect, it } from "vitest";
import { spanNames } from "../../../telemetry/names.ts";
import { spanKindOf } from "./span-kind.ts";

it.each([
  [spanNames.ingest, "run"],
  [spanNames.receiveUpload, "blob"],
  [spanNames.process("extract"), "step"],
  [spanNames.lostAttempt("embed"), "step"],
  [spanNames.send, "message"],
  [spanNames.waitQueue, "wait"],
  [spanNames.waitBackoff, "wait"],
  [spanNames.waitHeld, "wait"],
  [spanNames.embed("openai/text-embedding-3-small"), "model"],
  [spanNames.vectorUpsert, "vector"],
  [spanNames.vectorQuery, "vector"],
  [spanNames.blobGet, "blob"],
  [spanNames.readDocument, "document"],
  ["POST /api/v1/files", "other"],
])("knows %s as %s", (name, kind) => {
  expect(spanKindOf({ name })).toBe(kind);
});
