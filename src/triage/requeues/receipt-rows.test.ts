import { expect, test } from "vitest";
import { sampleRequeue } from "../../../tests/support/console/sample-plans.ts";
import { receiptRows } from "./receipt-rows.ts";

const { proof } = sampleRequeue();

test("a receipt says of what must be none whether it is, and of other figures nothing", () => {
  const rows = receiptRows(sampleRequeue({ proof: proof && { ...proof, vectorsBefore: null, orphans: 7 } }));
  expect(rows.filter(({ holds }) => holds !== null)).toEqual([
    { figure: "messagesSwallowed", value: "0", holds: true },
    { figure: "chunksWithoutVector", value: "0", holds: true },
    { figure: "vectorsWithoutChunk", value: "7", holds: false },
    { figure: "vectorsTwice", value: "0", holds: true },
  ]);
  expect(rows.find(({ figure }) => figure === "vectorsBefore")?.value).toBeNull();
});

test("a receipt has no figures of the index before it was asked", () => {
  const begun = receiptRows(sampleRequeue({ proof: null, messages: { sent: 0, swallowed: 0 } }));
  expect(begun.map(({ figure }) => figure)).toEqual([
    "messagesSent",
    "messagesSwallowed",
    "succeeded",
    "failedAgain",
    "skipped",
    "costNanoUsd",
    "plannedLowNanoUsd",
    "plannedHighNanoUsd",
  ]);
  expect(begun.every(({ holds }) => holds === null)).toBe(true);
});
