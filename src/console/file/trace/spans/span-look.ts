import type { SlimSpan } from "../../../../telemetry/slim-span.ts";
import { waitWords } from "../../../status/wait-words.ts";

/** What time is spent on: work by its kind, then the waits. Each has a colour and a word. */
export const looks = [
  "run",
  "step",
  "document",
  "model",
  "vector",
  "blob",
  "message",
  "other",
  "queue",
  "backoff",
  "flow-control",
  "held",
  "siblings",
  "requeue",
] as const;

/** How a span is drawn. */
export type Look = (typeof looks)[number];

/** The words of the legend. */
export const lookWords: Readonly<Record<Look, string>> = {
  run: "Run",
  step: "Step",
  document: "Document",
  model: "Model",
  vector: "Vector index",
  blob: "Blob",
  message: "Message",
  other: "Other work",
  queue: waitWords.queue,
  backoff: waitWords.backoff,
  "flow-control": waitWords["flow-control"],
  held: waitWords.held,
  siblings: waitWords.siblings,
  requeue: waitWords.requeue,
};

const waits = ["queue", "backoff", "flow-control", "held", "siblings", "requeue"] as const satisfies Look[];
const waitSet: ReadonlySet<string> = new Set(waits);

/** Whether nothing is done meanwhile. */
export function isWait(look: Look): look is (typeof waits)[number] {
  return waitSet.has(look);
}

const byName: readonly (readonly [RegExp, Look])[] = [
  [/^ingest$/, "run"],
  [/^process /, "step"],
  [/^wait in queue/, "queue"],
  [/^wait for next attempt/, "backoff"],
  [/^wait for requeue/, "requeue"],
  [/^wait .*(siblings|shards)/, "siblings"],
  [/^wait .*(flow|rate)/, "flow-control"],
  [/^wait /, "held"],
  [/^read document/, "document"],
  [/^embeddings /, "model"],
  [/ vectors$/, "vector"],
  [/ blob$|^receive upload/, "blob"],
  [/^send /, "message"],
];

const known = new Map<string, Look>();

/** The look of a span, told by its name, of a wait also by its reason; the names are those of telemetry/names.ts. */
export function lookOf(span: Pick<SlimSpan, "name" | "waitReason">): Look {
  let look = known.get(span.name);
  if (look === undefined) {
    look = byName.find(([pattern]) => pattern.test(span.name))?.[1] ?? "other";
    // A trace has few names; a bound all the same, as names come from outside.
    if (known.size < 1_000) known.set(span.name, look);
  }
  return look === "queue" && span.waitReason === "flow-control" ? "flow-control" : look;
}
