import { attr } from "../../../telemetry/names.ts";
import type { SpanView } from "../../../telemetry/span-view.ts";

type Named = Pick<SpanView, "name" | "attributes">;

/** The steps of a trace that have more than one shard. */
export function shardedSteps(spans: readonly Named[]): ReadonlySet<string> {
  const steps = new Set<string>();
  for (const { attributes } of spans) {
    const step = attributes[attr.step];
    const shard = attributes[attr.shard];
    if (typeof step === "string" && typeof shard === "number" && shard > 0) steps.add(step);
  }
  return steps;
}

/** Which shard a step's span is of, and which step a wait is for; empty where the name says it all. */
export function spanNote(span: Named, sharded: ReadonlySet<string>): string {
  const step = span.attributes[attr.step];
  const shard = span.attributes[attr.shard];
  if (typeof step !== "string") return "";
  const parts = span.name.includes(step) ? [] : [step];
  if (sharded.has(step) && typeof shard === "number") parts.push(String(shard + 1));
  return parts.join(" ");
}
