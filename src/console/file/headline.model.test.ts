import { expect, it } from "vitest";
import { sampleFile, sampleRun, sampleStep } from "../../../tests/support/console/sample-views.ts";
import { headlineOf } from "./headline.model.ts";

const now = new Date("2026-03-01T12:00:02.000Z");

it("says what a searchable file yielded, took and cost", () => {
  expect(headlineOf(sampleFile(), sampleRun(), now)).toBe(
    "Searchable: 212 chunks from 34 pages in 4.2 s, for $0.00031.",
  );
});

it("says where, after how many attempts and why a file failed", () => {
  const failed = sampleStep({
    name: "extract",
    state: "failed",
    errorMessage: "The document is protected by a password. Remove the protection and upload it again.",
  });
  const run = sampleRun({ status: "failed", steps: [sampleStep(), failed] });
  expect(headlineOf(sampleFile(), run, now)).toBe(
    "Failed at extract at the first attempt: the document is protected by a password. Remove the protection and upload it again.",
  );
  const often = sampleRun({ status: "failed", steps: [{ ...failed, attemptCount: 4 }] });
  expect(headlineOf(sampleFile(), often, now)).toContain("Failed at extract after 4 attempts: ");
});

it("names the reason of a hold and that it ends by itself", () => {
  const held = sampleStep({ name: "embed", state: "held", heldReason: "The daily budget is spent." });
  expect(headlineOf(sampleFile(), sampleRun({ status: "held", steps: [held] }), now)).toBe(
    "Held at embed: the daily budget is spent. It goes on by itself once that ends.",
  );
});

it("counts the shards of the step that runs", () => {
  const steps = [0, 1, 2].map((shard) =>
    sampleStep({ name: "extract", shard, state: shard === 0 ? "succeeded" : "running" }),
  );
  const run = sampleRun({ status: "running", finishedAt: null, steps });
  expect(headlineOf(sampleFile(), run, now)).toBe("Running extract, 1 of 3 done, 2 s so far.");
});

it("does not lower the first letter of an abbreviation", () => {
  const failed = sampleStep({ state: "failed", errorMessage: "QStash could not deliver the step." });
  expect(headlineOf(sampleFile(), sampleRun({ status: "failed", steps: [failed] }), now)).toContain(
    ": QStash could",
  );
});
