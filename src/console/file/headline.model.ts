import { assertNever } from "../../kernel/assert-never.ts";
import type { FileView, RunView, StepView } from "../../pipeline/files/file-view.ts";
import { formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { elapsedMs } from "../format/moment.ts";
import { formatMoney } from "../format/money.ts";

/** What a person on call needs first: where a run of a file is, what it took, and why it stands where it stands. */
export function headlineOf(file: FileView, run: RunView, now: Date): string {
  const said = stateOf(file, run, now);
  return run.round > 1 ? `Round ${run.round}. ${said}` : said;
}

function stateOf(file: FileView, run: RunView, now: Date): string {
  const took = formatDuration(elapsedMs(run.createdAt, run.finishedAt, now));
  switch (run.status) {
    case "succeeded":
      return sentences(
        `Searchable: ${yieldOf(file)} in ${took}, for ${formatMoney(run.costNanoUsd)}.`,
        waste(run),
      );
    case "failed":
      return sentences(failure(file, run), safety(run), costSoFar(run));
    case "held":
      return sentences(hold(run, now), safety(run), costSoFar(run));
    case "running":
      return sentences(retry(run, now) ?? `${progressOf(run)}, ${took} so far.`, costSoFar(run));
    case "queued":
      return `Queued for ${took}; no worker has taken it yet.`;
    case "cancelled":
      return sentences(`Cancelled after ${took}.`, costSoFar(run));
    default:
      return assertNever(run.status);
  }
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" ");
}

function yieldOf(file: FileView): string {
  const chunks = file.chunks === null ? "indexed" : formatCounted(file.chunks, "chunk");
  return file.pages === null ? chunks : `${chunks} from ${formatCounted(file.pages, "page")}`;
}

function waste(run: RunView): string | null {
  const failed = failedAttempts(run);
  if (failed === 0) return null;
  const were = failed === 1 ? "1 attempt failed" : `${failed} attempts failed`;
  return `${were} on the way and cost ${formatMoney(run.wastedNanoUsd)} of it.`;
}

function failure(file: FileView, run: RunView): string {
  const step = run.steps.find(({ state }) => state === "failed");
  const name = step?.name ?? file.failedStep;
  const reason = step?.errorMessage ?? file.errorMessage ?? "The log has the reason under the trace id.";
  const tries = step ? ` ${triesOf(step)}` : "";
  return `Failed${name === null ? "" : ` at ${name}`}${tries}: ${lowerFirst(reason)}`;
}

function triesOf(step: StepView): string {
  return step.attemptCount <= 1 ? "on the first attempt" : `after ${step.attemptCount} attempts`;
}

/** What of the document is safe, once its text has been cut. */
function safety(run: RunView): string | null {
  if (run.chunks === null || run.chunks === 0) return null;
  const all = formatCounted(run.chunks, "chunk");
  if (run.indexedChunks === 0) return `None of its ${all} is in the index yet.`;
  return run.indexedChunks === run.chunks
    ? `All ${all} are safe.`
    : `${run.indexedChunks} of ${all} are safe.`;
}

function costSoFar(run: RunView): string | null {
  if (BigInt(run.costNanoUsd) === 0n) return null;
  const wasted = BigInt(run.wastedNanoUsd) === 0n ? "" : `, of which ${formatMoney(run.wastedNanoUsd)}`;
  const cost = `Cost so far ${formatMoney(run.costNanoUsd)}`;
  return wasted === "" ? `${cost}.` : `${cost}${wasted} on failed attempts.`;
}

function hold(run: RunView, now: Date): string {
  const held = run.steps.filter(({ state }) => state === "held");
  const [step] = held;
  if (step === undefined) return "Held.";
  if (step.hold !== null) return budgetHold(step, step.hold, held.length - 1, now);
  // The stored sentence is the better one; the reason itself is its code.
  const reason = withoutStop(lowerFirst(step.errorMessage ?? step.heldReason ?? "no reason is on record"));
  if (step.heldReason === "breaker_open")
    return `Held at ${step.name}: ${reason}. It goes on by itself when the breaker closes.`;
  const again =
    step.heldUntil === null
      ? "It goes on by itself once that ends"
      : `It tries again by itself ${whenOf(step.heldUntil, now)}`;
  return `Held at ${step.name}: ${reason}. ${again}.`;
}

/** What money a step waits for, and what ends that. */
function budgetHold(step: StepView, hold: NonNullable<StepView["hold"]>, others: number, now: Date): string {
  const more = others === 0 ? "" : ` and ${formatCounted(others, "other step")}`;
  const needed = formatMoney(hold.neededNanoUsd);
  if (BigInt(hold.neededNanoUsd) > BigInt(hold.limitNanoUsd)) {
    const limit = formatMoney(hold.limitNanoUsd);
    return `Held at ${step.name}${more}: it needs ${needed}, and the ${hold.budget} is ${limit} in all. Raise the budget, or let the step go on above it.`;
  }
  const turns = step.heldUntil === null ? "" : `, at the turn of its window ${whenOf(step.heldUntil, now)}`;
  return `Held at ${step.name}${more}: the ${hold.budget} has less left than the ${needed} that it needs. It goes on by itself when others give money back${turns}, or when the budget is raised.`;
}

/** Said while nothing runs and a step waits out a backoff. */
function retry(run: RunView, now: Date): string | null {
  if (run.steps.some(({ state }) => state === "running")) return null;
  const step = run.steps.find(({ state, nextAttemptAt }) => state === "queued" && nextAttemptAt !== null);
  if (!step?.nextAttemptAt) return null;
  const reason = step.errorMessage === null ? "" : `: ${withoutStop(lowerFirst(step.errorMessage))}`;
  const left = step.maxAttempts - step.attemptCount;
  const after = `Waiting to try ${step.name} again ${whenOf(step.nextAttemptAt, now)}`;
  return `${after}, ${formatCounted(left, "attempt")} left${reason}.`;
}

function progressOf(run: RunView): string {
  const step =
    run.steps.find(({ state }) => state === "running") ?? run.steps.find(({ state }) => state === "queued");
  if (step === undefined) return "Running";
  const siblings = run.steps.filter(({ name }) => name === step.name);
  const word = step.state === "running" ? "Running" : "Waiting for a worker to take";
  if (siblings.length === 1) return `${word} ${step.name}`;
  const done = siblings.filter(({ state }) => state === "succeeded").length;
  return `${word} ${step.name}, ${done} of ${siblings.length} done`;
}

function failedAttempts(run: RunView): number {
  return run.steps
    .flatMap(({ attempts }) => attempts)
    .filter(({ outcome }) => outcome === "retry" || outcome === "failed" || outcome === "lost").length;
}

function whenOf(iso: string, now: Date): string {
  const leftMs = Date.parse(iso) - now.getTime();
  return leftMs <= 1_000 ? "now" : `in ${formatDuration(Math.ceil(leftMs / 1_000) * 1_000)}`;
}

/** "The document is…" → "the document is…"; words in capitals stay. */
function lowerFirst(sentence: string): string {
  return /^(?:[A-Z][a-z]|A )/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
