import { isOver } from "../../../db/requeue-states.ts";
import { holdsNone } from "../../../triage/requeues/receipt-rows.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { formatCount } from "../../format/count.ts";
import { formatUtc } from "../../format/moment.ts";
import { formatMoney } from "../../format/money.ts";
import { costText } from "../../plan/plan.model.ts";
import { exclusionsText } from "../exclusion-words.ts";
import { endedOf } from "../progress.model.ts";
import { requeueWords } from "../requeue-words.ts";

/** A line of a receipt. `proof`: whether it holds, of what must hold; null: it is no such thing. */
export interface ReceiptLine {
  readonly name: string;
  readonly value: string;
  readonly note: string | null;
  readonly holds: boolean | null;
}

/** Whether the receipt will not change any more. */
export function isFinal({ state, counts, proof }: RequeueView): boolean {
  return isOver(state) && counts.sent + counts.held === 0 && proof !== null;
}

/** What was sent, what became of it, what proves it, and what it cost. */
export function receiptLines(requeue: RequeueView): ReceiptLine[] {
  const { counts, messages, proof } = requeue;
  const plain = (name: string, value: number, note: string | null = null): ReceiptLine => ({
    name,
    value: formatCount(value),
    note,
    holds: null,
  });
  return [
    plain("Messages sent", messages.sent, "each with an id from QStash"),
    none("Swallowed as duplicates", messages.swallowed, messages.sent > 0),
    plain("Succeeded", counts.succeeded),
    plain("Failed again", counts.failed),
    plain("Skipped", counts.skipped, skippedNote(requeue)),
    ...(proof === null
      ? []
      : [
          {
            name: "Vectors",
            value: `${proof.vectorsBefore === null ? "?" : formatCount(proof.vectorsBefore)} → ${formatCount(proof.vectorsAfter)}`,
            note:
              proof.vectorsBefore === null
                ? "of its files, after; the index did not say how many before"
                : "of its files, before and after",
            holds: null,
          },
          none("Chunks without a vector", proof.missing),
          none("Vectors without a chunk", proof.orphans),
          none("Vectors held twice", proof.duplicates),
        ]),
    {
      name: "Cost",
      value: formatMoney(requeue.costNanoUsd),
      note: `planned ${costText(requeue.cost)}${costNote(requeue)}`,
      holds: null,
    },
  ];
}

/** The receipt as Markdown, to be put into an incident. */
export function receiptMarkdown(requeue: RequeueView, origin: string): string {
  const { counts, failedAgain, finishedAt } = requeue;
  const lines = receiptLines(requeue).map(({ name, value, note, holds }) => {
    const verdict = holds === null ? "" : holds ? " ✓" : " ✗";
    return `| ${name} | ${value}${verdict} | ${cell(note ?? "")} |`;
  });
  return [
    `## Requeue: ${requeue.name}`,
    "",
    `${requeueWords[requeue.state]}${isFinal(requeue) ? "" : ", not final"}: ${formatCount(endedOf(counts))} of ${formatCount(counts.total)} files ended.`,
    `Asked for by ${requeue.by} at ${formatUtc(requeue.createdAt)}${finishedAt === null ? "" : `, ended at ${formatUtc(finishedAt)}`}.`,
    ...(requeue.reason === null ? [] : [`Why: ${requeue.reason}`]),
    ...(requeue.stoppedBecause === null ? [] : [requeue.stoppedBecause]),
    "",
    "| | | |",
    "| --- | ---: | --- |",
    ...lines,
    ...(failedAgain.length === 0
      ? []
      : [
          "",
          "Failed again:",
          ...failedAgain.map(
            ({ files, step, code, message, groupId }) =>
              `- ${formatCount(files)} at ${step} (${code}): ${message}${groupId === null ? "" : ` ${origin}/failures/${groupId}`}`,
          ),
        ]),
    "",
    `${origin}/requeues/${requeue.id}`,
    "",
  ].join("\n");
}

function none(name: string, value: number, known = true): ReceiptLine {
  return {
    name,
    value: formatCount(value),
    note: known ? "must be 0" : null,
    holds: holdsNone(value, known),
  };
}

/** Why files were skipped. Those without a reason had not been sent when the requeue was ended. */
function skippedNote({ counts, skipped }: RequeueView): string | null {
  const unsent = counts.skipped - skipped.reduce((sum, { files }) => sum + files, 0);
  const parts = [
    ...(skipped.length === 0 ? [] : [exclusionsText(skipped)]),
    ...(unsent === 0 ? [] : [`${formatCount(unsent)} not sent when it was ended`]),
  ];
  return parts.length === 0 ? null : parts.join("; ");
}

function costNote({ costNanoUsd, cost }: RequeueView): string {
  return BigInt(costNanoUsd) > BigInt(cost.highNanoUsd) ? "; it was dearer" : "";
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
