import { describe, expect, it } from "vitest";
import {
  sampleAttempt,
  sampleFile,
  sampleRun,
  sampleStep,
} from "../../../tests/support/console/sample-views.ts";
import type { RunView } from "../../pipeline/files/file-view.ts";
import { headlineOf } from "./headline.model.ts";

const now = new Date("2026-03-01T12:00:02.000Z");
const headline = (change: Partial<RunView>) => headlineOf(sampleFile(), sampleRun(change), now);

describe("a searchable file", () => {
  it("says what it yielded, took and cost", () => {
    expect(headline({})).toBe("Searchable: 212 chunks from 34 pages in 4.2 s, for $0.00031.");
  });

  it("says what failed on the way", () => {
    const attempts = [
      sampleAttempt({ outcome: "retry" }),
      sampleAttempt({ outcome: "lost" }),
      sampleAttempt(),
    ];
    expect(headline({ wastedNanoUsd: "20000", steps: [sampleStep({ attempts })] })).toBe(
      "Searchable: 212 chunks from 34 pages in 4.2 s, for $0.00031. 2 attempts failed on the way and cost $0.00002 of it.",
    );
  });
});

describe("a failed file", () => {
  const failed = sampleStep({
    name: "embed",
    state: "failed",
    errorMessage: "The gateway refused the model.",
  });

  it("says where, after how many attempts and why, what is safe, and what was wasted", () => {
    const steps = [sampleStep(), { ...failed, attemptCount: 4 }];
    const change = { chunks: 340, indexedChunks: 212, costNanoUsd: "3100000", wastedNanoUsd: "900000" };
    expect(headline({ status: "failed", steps, ...change })).toBe(
      "Failed at embed after 4 attempts: the gateway refused the model. 212 of 340 chunks are safe. Cost so far $0.0031, of which $0.0009 on failed attempts.",
    );
  });

  it("says nothing of chunks before there are any, nor of costs that there were not", () => {
    const change = { chunks: null, indexedChunks: 0, costNanoUsd: "0" };
    expect(headline({ status: "failed", steps: [failed], ...change })).toBe(
      "Failed at embed on the first attempt: the gateway refused the model.",
    );
  });

  it("lowers the first letter, but not that of an abbreviation", () => {
    const refused = { ...failed, errorMessage: "A provider refused our credentials." };
    expect(headline({ status: "failed", steps: [refused] })).toContain(": a provider refused");
    const step = { ...failed, errorMessage: "QStash could not deliver the step." };
    expect(headline({ status: "failed", steps: [step] })).toContain(": QStash could");
  });
});

describe("a held file", () => {
  const held = sampleStep({ name: "embed", state: "held", heldReason: "budget_reached" });
  const safe = { status: "held", chunks: 2, indexedChunks: 0, costNanoUsd: "0" } as const;

  it("names the reason, and when it goes on", () => {
    const step = {
      ...held,
      errorMessage: "The daily budget is spent.",
      heldUntil: "2026-03-01T12:10:02.000Z",
    };
    expect(headline({ ...safe, steps: [step] })).toBe(
      "Held at embed: the daily budget is spent. It tries again by itself in 10 min 00 s. None of its 2 chunks is in the index yet.",
    );
  });

  const hold = {
    budgetId: "budget_1",
    budget: "daily budget of project reports",
    neededNanoUsd: "142000",
    limitNanoUsd: "5000000000",
    since: "2026-03-01T12:00:00.000Z",
  };

  it("names the budget that has no room, what it lacks, and what ends that", () => {
    const step = { ...held, hold, heldUntil: "2026-03-01T12:10:02.000Z" };
    expect(headline({ ...safe, chunks: 0, steps: [step] })).toBe(
      "Held at embed: the daily budget of project reports has less left than the $0.000142 that it needs. It goes on by itself when others give money back, at the turn of its window in 10 min 00 s, or when the budget is raised.",
    );
    const siblings = [step, sampleStep({ name: "embed", shard: 1, state: "held" })];
    expect(headline({ ...safe, chunks: 0, steps: siblings })).toContain(
      "Held at embed and 1 other step: the daily",
    );
  });

  it("says of a step that needs more than a whole budget that somebody must do something", () => {
    const step = { ...held, hold: { ...hold, limitNanoUsd: "100000" } };
    expect(headline({ ...safe, chunks: 0, steps: [step] })).toBe(
      "Held at embed: it needs $0.000142, and the daily budget of project reports is $0.0001 in all. Raise the budget, or let the step go on above it.",
    );
  });

  it("says that it ends by itself where no time is known", () => {
    expect(headline({ ...safe, steps: [held] })).toContain(
      "Held at embed: budget_reached. It goes on by itself once that ends.",
    );
  });
});

describe("a file on its way", () => {
  const running = { status: "running", finishedAt: null, costNanoUsd: "0" } as const;

  it("counts the shards of the step that runs", () => {
    const steps = [0, 1, 2].map((shard) =>
      sampleStep({ name: "extract", shard, state: shard === 0 ? "succeeded" : "running" }),
    );
    expect(headline({ ...running, steps })).toBe("Running extract, 1 of 3 done, 2 s so far.");
  });

  it("says when the next attempt comes, how many are left, and what it waits out", () => {
    const step = sampleStep({
      name: "embed",
      state: "queued",
      attemptCount: 2,
      maxAttempts: 6,
      errorMessage: "The gateway answered 503.",
      nextAttemptAt: "2026-03-01T12:00:10.000Z",
    });
    expect(headline({ ...running, steps: [step] })).toBe(
      "Waiting to try embed again in 8 s, 4 attempts left: the gateway answered 503.",
    );
  });

  it("says that a step is in the queue", () => {
    expect(headline({ ...running, steps: [sampleStep({ state: "queued" })] })).toBe(
      "Waiting for a worker to take inspect, 2 s so far.",
    );
  });
});

it("says which round it is after a requeue", () => {
  expect(headline({ round: 2 })).toMatch(/^Round 2\. Searchable: /);
});
