import { expect, test } from "vitest";
import { spanNames } from "../../../../telemetry/names.ts";
import { isWait, lookOf } from "./span-look.ts";

test.each([
  [spanNames.ingest, "run"],
  [spanNames.receiveUpload, "blob"],
  [spanNames.process("extract"), "step"],
  [spanNames.lostAttempt("embed"), "step"],
  [spanNames.send, "message"],
  [spanNames.waitQueue, "queue"],
  [spanNames.waitBackoff, "backoff"],
  [spanNames.waitHeld, "held"],
  [spanNames.waitRequeue, "requeue"],
  [spanNames.embed("openai/text-embedding-3-small"), "model"],
  [spanNames.vectorUpsert, "vector"],
  [spanNames.vectorQuery, "vector"],
  [spanNames.blobGet, "blob"],
  [spanNames.readDocument, "document"],
  ["resolve page components", "other"],
])("%s is drawn as %s", (name, look) => {
  expect(lookOf({ name, waitReason: null })).toBe(look);
});

test("a wait in the queue that a rate limit made long is drawn as the rate limit", () => {
  expect(lookOf({ name: spanNames.waitQueue, waitReason: "flow-control" })).toBe("flow-control");
});

test("waiting is told from work", () => {
  expect(
    ["queue", "held", "requeue"].map((name) => isWait(lookOf({ name: `wait in ${name}`, waitReason: null }))),
  ).toEqual([true, true, true]);
  expect(isWait("step")).toBe(false);
});
