import { z } from "zod";
import type { RequeueView } from "./requeue-view.ts";

/** The figures of a receipt, in its order. */
const receiptFigures = [
  "messagesSent",
  "messagesSwallowed",
  "succeeded",
  "failedAgain",
  "skipped",
  "vectorsBefore",
  "vectorsAfter",
  "chunksWithoutVector",
  "vectorsWithoutChunk",
  "vectorsTwice",
  "costNanoUsd",
  "plannedLowNanoUsd",
  "plannedHighNanoUsd",
] as const;

type ReceiptFigure = (typeof receiptFigures)[number];

/** A figure of a requeue's receipt. */
export const receiptRowSchema = z.object({
  figure: z.enum(receiptFigures),
  value: z.string().nullable().describe("digits; null where the index did not say"),
  holds: z
    .boolean()
    .nullable()
    .describe(
      "of what must be none, whether it is; null of other figures and before there is anything to claim",
    ),
});

export type ReceiptRow = z.infer<typeof receiptRowSchema>;

/** What a requeue has done, what proves it once the index was asked, and what it cost. Pure. */
export function receiptRows({ counts, messages, proof, cost, costNanoUsd }: RequeueView): ReceiptRow[] {
  return [
    plain("messagesSent", messages.sent),
    mustBeNone("messagesSwallowed", messages.swallowed, messages.sent > 0),
    plain("succeeded", counts.succeeded),
    plain("failedAgain", counts.failed),
    plain("skipped", counts.skipped),
    ...(proof === null
      ? []
      : [
          plain("vectorsBefore", proof.vectorsBefore),
          plain("vectorsAfter", proof.vectorsAfter),
          mustBeNone("chunksWithoutVector", proof.missing),
          mustBeNone("vectorsWithoutChunk", proof.orphans),
          mustBeNone("vectorsTwice", proof.duplicates),
        ]),
    plain("costNanoUsd", costNanoUsd),
    plain("plannedLowNanoUsd", cost.lowNanoUsd),
    plain("plannedHighNanoUsd", cost.highNanoUsd),
  ];
}

/** Whether what must be none is; null before there is anything to claim it of. Pure. */
export function holdsNone(value: number, known = true): boolean | null {
  return known ? value === 0 : null;
}

function plain(figure: ReceiptFigure, value: number | string | null): ReceiptRow {
  return { figure, value: value === null ? null : String(value), holds: null };
}

function mustBeNone(figure: ReceiptFigure, value: number, known?: boolean): ReceiptRow {
  return { figure, value: String(value), holds: holdsNone(value, known) };
}
