import { expect, it } from "vitest";
import { attr, spanNames } from "../../../telemetry/names.ts";
import { shardedSteps, spanNote } from "./span-note.ts";

const extract = (shard: number) => ({
  name: spanNames.process("extract"),
  attributes: { [attr.step]: "extract", [attr.shard]: shard },
});
const chunk = { name: spanNames.process("chunk"), attributes: { [attr.step]: "chunk", [attr.shard]: 0 } };
const wait = { name: spanNames.waitQueue, attributes: { [attr.step]: "extract", [attr.shard]: 1 } };

it("numbers the shards of a step from one, and only where there are several", () => {
  const sharded = shardedSteps([extract(0), extract(1), chunk]);
  expect([extract(0), extract(1), chunk].map((span) => spanNote(span, sharded))).toEqual(["1", "2", ""]);
});

it("names the step that a wait was for", () => {
  expect(spanNote(wait, shardedSteps([wait]))).toBe("extract 2");
});

it("has nothing to say about a span of no step", () => {
  expect(spanNote({ name: spanNames.blobGet, attributes: {} }, new Set())).toBe("");
});
