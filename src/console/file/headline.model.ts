import { assertNever } from "../../kernel/assert-never.ts";
import type { FileView, RunView, StepView } from "../../pipeline/files/file-view.ts";
import { formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { elapsedMs } from "../format/moment.ts";
import { formatMoney } from "../format/money.ts";

/** The one sentence that says where a run of a file is, what it took, and why it stands where it stands. */
export function headlineOf(file: FileView, run: RunView, now: Date): string {
  const took = formatDuration(elapsedMs(run.createdAt, run.finishedAt, now));
  switch (run.status) {
    case "succeeded":
      return `Searchable: ${yieldOf(file)} in ${took}, for ${formatMoney(run.costNanoUsd)}.`;
    case "failed":
      return failed(file, run);
    case "held":
      return held(run);
    case "running":
      return `${progressOf(run)}, ${took} so far.`;
    case "queued":
      return `Queued for ${took}; no worker has taken it yet.`;
    case "cancelled":
      return `Cancelled after ${took}.`;
    default:
      return assertNever(run.status);
  }
}

function yieldOf(file: FileView): string {
  const chunks = file.chunks === null ? "indexed" : formatCounted(file.chunks, "chunk");
  return file.pages === null ? chunks : `${chunks} from ${formatCounted(file.pages, "page")}`;
}

function failed(file: FileView, run: RunView): string {
  const step = run.steps.find(({ state }) => state === "failed");
  const name = step?.name ?? file.failedStep;
  const reason = step?.errorMessage ?? file.errorMessage ?? "The log has the reason under the trace id.";
  const tries = step ? ` ${triesOf(step)}` : "";
  return `Failed${name === null ? "" : ` at ${name}`}${tries}: ${lowerFirst(reason)}`;
}

function triesOf(step: StepView): string {
  return step.attemptCount <= 1 ? "at the first attempt" : `after ${step.attemptCount} attempts`;
}

function held(run: RunView): string {
  const step = run.steps.find(({ state }) => state === "held");
  if (step === undefined) return "Held.";
  const reason = step.heldReason ?? "no reason is on record";
  return `Held at ${step.name}: ${withoutStop(lowerFirst(reason))}. It goes on by itself once that ends.`;
}

function progressOf(run: RunView): string {
  const step =
    run.steps.find(({ state }) => state === "running") ?? run.steps.find(({ state }) => state === "queued");
  if (step === undefined) return "Running";
  const siblings = run.steps.filter(({ name }) => name === step.name);
  if (siblings.length === 1) return `Running ${step.name}`;
  const done = siblings.filter(({ state }) => state === "succeeded").length;
  return `Running ${step.name}, ${done} of ${siblings.length} done`;
}

/** "The document is…" → "the document is…"; words in capitals stay. */
function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
