import { expect, it } from "vitest";
import { sampleAttempt } from "../../../../../tests/support/console/sample-views.ts";
import type { AttemptRow } from "../attempts.model.ts";
import { type ComparedField, compareAttempts } from "./compare.model.ts";

const older = row({});

function row(change: Partial<AttemptRow>): AttemptRow {
  return {
    ...sampleAttempt(),
    run: 1,
    step: "embed",
    shard: 0,
    tryNumber: 1,
    maxAttempts: 4,
    durationMs: 1_000,
    ...change,
  };
}

function difference(field: ComparedField, change: Partial<AttemptRow>) {
  const line = compareAttempts(older, row(change)).find((each) => each.field === field);
  return { difference: line?.difference, marked: line?.marked };
}

it("marks nothing between attempts that differ by their moment and their message alone", () => {
  const newer = row({ tryNumber: 2, startedAt: "2026-03-01T12:00:12.000Z", messageId: "msg_2" });
  const lines = compareAttempts(older, newer);
  expect(lines.filter(({ marked }) => marked)).toEqual([]);
  expect(lines.find(({ field }) => field === "started")?.difference).toBe("12 s later");
});

it.each<[ComparedField, Partial<AttemptRow>, string]>([
  ["step", { step: "index" }, "another step"],
  ["step", { shard: 2 }, "another shard"],
  ["outcome", { outcome: "failed" }, "another outcome"],
  ["error", { errorCode: "provider_refused", errorMessage: "No." }, "a new error"],
  ["took", { durationMs: 3_400 }, "2.4 s longer"],
  ["took", { durationMs: 200 }, "800 ms shorter"],
  ["work", { workMs: 900 }, "820 ms longer"],
  ["cost", { costNanoUsd: "4000" }, "$0.000006 less"],
  ["deployment", { deployment: "dpl_2" }, "another deployment"],
])("marks another %s", (field, change, words) => {
  expect(difference(field, change)).toEqual({ difference: words, marked: true });
});

it("tells an error that is gone from one that is another, and from another wording of the same", () => {
  const failed = row({ errorCode: "provider_refused", errorMessage: "The model is unknown." });
  const against = (change: Partial<AttemptRow>) =>
    compareAttempts(failed, row(change)).find(({ field }) => field === "error")?.difference;
  expect(against({})).toBe("no error any more");
  expect(against({ errorCode: "step_timeout", errorMessage: "Too long." })).toBe("another error");
  expect(against({ errorCode: "provider_refused", errorMessage: "The key is void." })).toBe(
    "another message",
  );
  expect(against({ errorCode: "provider_refused", errorMessage: "The model is unknown." })).toBeNull();
});

it("says small differences of time without marking them", () => {
  expect(difference("took", { durationMs: 1_040 })).toEqual({ difference: "40 ms longer", marked: false });
  expect(difference("took", { durationMs: 1_300 })).toEqual({ difference: "300 ms longer", marked: false });
});

it("tells a second delivery of a message from another message", () => {
  expect(difference("message", { retried: 1 }).difference).toBe("the same, delivered again");
  expect(difference("message", { messageId: "msg_2" }).difference).toBe("another message");
});

it("tells another run from another round", () => {
  expect(difference("try", { run: 2 }).difference).toBe("another run");
  expect(difference("try", { round: 2 }).difference).toBe("another round");
});
