import type { SpanView } from "../../../telemetry/span-view.ts";

/** What a span can spend its time on; each kind has a colour and a word. */
export const spanKinds = [
  "run",
  "step",
  "wait",
  "document",
  "model",
  "vector",
  "blob",
  "message",
  "other",
] as const;

/** What a span spends its time on. */
export type SpanKind = (typeof spanKinds)[number];

/** The words of the legend. */
export const spanKindWords: Readonly<Record<SpanKind, string>> = {
  run: "Run",
  step: "Step",
  wait: "Wait",
  document: "Document",
  model: "Model",
  vector: "Vector index",
  blob: "Blob",
  message: "Message",
  other: "Other",
};

const byName: readonly (readonly [RegExp, SpanKind])[] = [
  [/^ingest$/, "run"],
  [/^process /, "step"],
  [/^wait /, "wait"],
  [/^read document/, "document"],
  [/^embeddings /, "model"],
  [/ vectors$/, "vector"],
  [/ blob$|^receive upload/, "blob"],
  [/^send /, "message"],
];

/** The kind of a span, told by its name; the names are those of telemetry/names.ts. */
export function spanKindOf(span: Pick<SpanView, "name">): SpanKind {
  return byName.find(([pattern]) => pattern.test(span.name))?.[1] ?? "other";
}
