import { describe, expect, it } from "vitest";
import type { Claim } from "../jobs/claim-step.ts";
import { WaybillError } from "../kernel/errors.ts";
import { attemptEnd } from "./attempt-end.ts";
import { currentGraph } from "./graph.ts";
import type { Worked } from "./work-within.ts";

const now = new Date("2026-01-01T00:00:00Z");
const claim = (attempt: number, maxAttempts = 4): Claim => ({
  run: {
    runId: "run_1",
    runNumber: 1,
    graphVersion: 1,
    settings: { chunkMaxTokens: 512, chunkOverlapTokens: 0, embeddingModel: "m", embeddingDimensions: 2 },
    round: 1,
    status: "running",
    traceId: "0".repeat(31).concat("1"),
    rootSpanId: "0".repeat(15).concat("1"),
    previousTraceId: null,
    previousRootSpanId: null,
    createdAt: now,
    fileId: "file_1",
    fileName: "a.pdf",
    contentHash: "h",
    bytes: 1,
    mediaType: "application/pdf",
    blobUrl: "u",
    projectId: "proj_1",
    projectSlug: "default",
  },
  stepId: "step_1",
  step: "embed",
  shard: 0,
  input: {},
  attemptId: "att_1",
  attempt,
  round: 1,
  maxAttempts,
  fence: attempt,
  dispatch: 1,
  workMs: 1_000,
  timeLimitMs: 1000,
  spanId: "0".repeat(15).concat("2"),
  delivery: { messageId: "msg_1", retried: attempt - 1, sender: undefined },
  waitedSince: null,
  waitedFor: "queue",
  held: null,
  probe: null,
  draining: null,
  startedAt: now,
});
const threw = (error: WaybillError): Worked => ({ kind: "threw", error });
const end = (at: Claim, worked: Worked, leftMs = 200_000) =>
  attemptEnd(at, currentGraph, worked, { now, leftMs });

describe("attemptEnd", () => {
  it("holds a step again that has tried an open breaker in vain, also at its last attempt", () => {
    const probing = { ...claim(4), probe: { provider: "gateway", nextCoolDownMs: 60_000 } } as const;
    for (const code of ["provider_unavailable", "step_timeout"] as const)
      expect(end(probing, threw(new WaybillError(code)))).toEqual({
        kind: "held",
        reason: "breaker_open",
        message: "The breaker of AI Gateway is open, so nothing is sent to it.",
        until: new Date(now.getTime() + 60_000),
      });
    // What the provider says of the document is an answer: the step ends by it as any other does.
    expect(end(probing, threw(new WaybillError("provider_refused"))).kind).toBe("failed");
  });

  it("tries a passing fault again after the backoff of that attempt", () => {
    const ends = [1, 2, 3].map((attempt) =>
      end(claim(attempt), threw(new WaybillError("provider_unavailable"))),
    );
    expect(
      ends.map((one) => (one.kind === "retry" ? one.nextAttemptAt.getTime() - now.getTime() : one.kind)),
    ).toEqual([2000, 8000, 32_000]);
  });

  it("waits as long as the provider asked", () => {
    const asked = end(claim(1), threw(new WaybillError("provider_rate_limited", { retryAfterSec: 90 })));
    expect(asked).toMatchObject({ kind: "retry", nextAttemptAt: new Date(now.getTime() + 90_000) });
  });

  it("fails with the fault's own code at the last attempt", () => {
    expect(end(claim(4), threw(new WaybillError("provider_unavailable")))).toMatchObject({
      kind: "failed",
      failure: { code: "provider_unavailable" },
    });
  });

  it("fails at once on a fault that trying again cannot mend", () => {
    expect(end(claim(1), threw(new WaybillError("provider_unauthorized"))).kind).toBe("failed");
    expect(end(claim(1), { kind: "reject", error: new WaybillError("document_encrypted") })).toMatchObject({
      kind: "failed",
      failure: { code: "document_encrypted" },
    });
  });

  it("holds a step, even at its last attempt, when the account is out of credit", () => {
    expect(end(claim(4), threw(new WaybillError("provider_out_of_credit")))).toMatchObject({
      kind: "held",
      reason: "provider_out_of_credit",
    });
  });

  it("goes on in place only while the delivery has room for another step", () => {
    const done: Worked = { kind: "done", result: {} };
    expect(end(claim(1), done, 200_000)).toMatchObject({ keepFirstUntil: new Date(now.getTime() + 15_000) });
    expect(end(claim(1), done, 100_000)).toMatchObject({ keepFirstUntil: null });
  });
});
