import { describe, expect, it } from "vitest";
import { sampleRequeue } from "../../../../tests/support/console/sample-plans.ts";
import { isFinal, receiptLines, receiptMarkdown } from "./receipt.model.ts";

const { proof, counts } = sampleRequeue();
const lineOf = (requeue: ReturnType<typeof sampleRequeue>, name: string) =>
  receiptLines(requeue).find((line) => line.name === name);

describe("the receipt", () => {
  it("holds when nothing was swallowed and the index agrees with the chunks", () => {
    const must = receiptLines(sampleRequeue()).filter(({ holds }) => holds !== null);
    expect(must.map(({ name, holds }) => [name, holds])).toEqual([
      ["Swallowed as duplicates", true],
      ["Chunks without a vector", true],
      ["Vectors without a chunk", true],
      ["Vectors held twice", true],
    ]);
  });

  it("does not hold for what must be none and is some", () => {
    expect(
      lineOf(sampleRequeue({ messages: { sent: 10, swallowed: 1 } }), "Swallowed as duplicates")?.holds,
    ).toBe(false);
    const orphans = sampleRequeue({ proof: proof && { ...proof, orphans: 7 } });
    expect(lineOf(orphans, "Vectors without a chunk")).toMatchObject({ value: "7", holds: false });
  });

  it("claims nothing before there is something to claim it of", () => {
    const begun = sampleRequeue({ state: "running", proof: null, messages: { sent: 0, swallowed: 0 } });
    expect(receiptLines(begun).every(({ holds }) => holds === null)).toBe(true);
    expect(isFinal(begun)).toBe(false);
    expect(isFinal(sampleRequeue())).toBe(true);
    expect(isFinal(sampleRequeue({ state: "cancelled", counts: { ...counts, sent: 1 } }))).toBe(false);
  });

  it("tells skipped files from those that were not sent when it was ended", () => {
    const cancelled = sampleRequeue({
      counts: { ...counts, succeeded: 4, skipped: 6 },
      skipped: [{ reason: "gone", files: 1 }],
    });
    expect(lineOf(cancelled, "Skipped")?.note).toBe("1 is no longer there; 5 not sent when it was ended");
  });

  it("says that it was dearer than planned", () => {
    expect(lineOf(sampleRequeue(), "Cost")?.note).toBe("planned $0.42 to $0.61");
    expect(lineOf(sampleRequeue({ costNanoUsd: "700000000" }), "Cost")?.note).toMatch(/it was dearer$/);
  });

  it("is Markdown that names the failures and leads back", () => {
    const text = receiptMarkdown(
      sampleRequeue({
        reason: "The key was replaced",
        counts: { ...counts, succeeded: 9, failed: 1 },
        failedAgain: [
          { groupId: "group_2", step: "embed", code: "provider_unauthorized", message: "Refused.", files: 1 },
        ],
      }),
      "https://waybill.example",
    );
    expect(text).toContain("Done: 10 of 10 files ended.");
    expect(text).toContain("| Swallowed as duplicates | 0 ✓ | must be 0 |");
    expect(text).toContain(
      "- 1 at embed (provider_unauthorized): Refused. https://waybill.example/failures/group_2",
    );
    expect(text).toContain("https://waybill.example/requeues/requeue_1");
  });
});
