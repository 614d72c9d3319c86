import type { FindingClass, ReconciliationStage } from "../../db/reconciliation-states.ts";
import type {
  DeadLetterView,
  FindingView,
  ReconciliationView,
} from "../../triage/reconciliation/reconciliation-view.ts";
import { formatCount, formatCounted } from "../format/count.ts";

/** What a class of findings is called, what its repair does, and the word for it. */
export const classWords: Readonly<
  Record<FindingClass, { readonly name: string; readonly repair: string; readonly deed: string }>
> = {
  "dead-letter-but-done": {
    name: "Dead letter, but the step has gone on",
    repair: "the dead letter is removed from QStash",
    deed: "Remove",
  },
  "dead-letter-unknown": {
    name: "Dead letter of no step",
    repair: "the dead letter is removed from QStash",
    deed: "Remove",
  },
  "queued-but-unknown": {
    name: "Queued, but QStash does not know the message",
    repair: "another message is sent for the step",
    deed: "Send again",
  },
  "done-without-vectors": {
    name: "Done, but vectors are missing",
    repair: "the file is requeued from its step index",
    deed: "Index again",
  },
  "vectors-without-owner": {
    name: "Vector with no owner",
    repair: "the vector is deleted from the index",
    deed: "Delete",
  },
};

const stageWords: Readonly<Record<Exclude<ReconciliationStage, "done">, string>> = {
  "dead-letters": "QStash's dead letters",
  queued: "the queued steps",
  files: "the files that are done",
  vectors: "the vectors of the index",
};

/** The first line: what it came to, or what it is at. */
export function headlineOf(run: ReconciliationView): {
  readonly text: string;
  readonly state: "bad" | "good" | "running";
} {
  const open = run.classes.reduce((sum, one) => sum + one.open, 0);
  if (run.stage !== "done")
    return {
      text: `Looking through ${stageWords[run.stage]}: ${formatCounted(open, "finding")} so far.`,
      state: "running",
    };
  if (open > 0) return { text: `${formatCounted(open, "disagreement")} to put right.`, state: "bad" };
  const found = run.classes.reduce((sum, one) => sum + one.found, 0);
  return found === 0
    ? { text: "QStash, Postgres and the vector index agree.", state: "good" }
    : {
        text:
          found === 1
            ? "The one disagreement is put right."
            : `All ${formatCount(found)} disagreements put right.`,
        state: "good",
      };
}

/** What was looked through. */
export function readLine({ read }: ReconciliationView): string {
  const parts = [
    formatCounted(read.deadLetters, "dead letter"),
    formatCounted(read.queuedSteps, "queued step"),
    formatCounted(read.doneFiles, "file that is done", "files that are done"),
    formatCounted(read.vectors, "vector"),
  ];
  return `Looked through ${parts.join(", ")}.`;
}

/** How many were found; what is beyond those that are kept is said. */
export function foundText(one: ReconciliationView["classes"][number]): string {
  return one.found > one.kept
    ? `${formatCount(one.found)}, the first ${formatCount(one.kept)} listed`
    : formatCount(one.found);
}

/** What a finding says beside its file. */
export function factsLine({ class: name, facts }: FindingView): string {
  switch (name) {
    case "dead-letter-but-done":
      return `${facts.step} is ${facts.state}`;
    case "dead-letter-unknown":
      return `answered ${facts.status ?? "nothing"}`;
    case "queued-but-unknown":
      return `${facts.step} waits for ${facts.messageId ?? "a message that was never written down"}`;
    case "done-without-vectors":
      return `${facts.missing} of ${facts.chunks} vectors are missing`;
    case "vectors-without-owner":
      return `in ${facts.project}`;
  }
}

/** What is known of a dead letter's step. */
export const standingWords: Readonly<Record<DeadLetterView["standing"], string>> = {
  failed: "stands failed",
  done: "has gone on",
  leaving: "is being removed",
  unknown: "of no step",
};

/** Below this a dead letter that is still needed is urgent, in ms. */
const urgentMs = 24 * 3_600_000;

/** How long QStash still keeps something: "5 d 3 h", in minutes in the last hour. */
export function expiryOf(expiresAt: string, now: Date): { readonly text: string; readonly urgent: boolean } {
  const leftMs = Date.parse(expiresAt) - now.getTime();
  if (leftMs <= 0) return { text: "forgotten by now", urgent: true };
  const minutes = Math.ceil(leftMs / 60_000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const text = days > 0 ? `${days} d ${hours % 24} h` : hours > 0 ? `${hours} h` : `${minutes} min`;
  return { text: `in ${text}`, urgent: leftMs < urgentMs };
}
