import { describe, expect, it } from "vitest";
import type { FlowControlView, LogEvent, QueueLetter } from "../../triage/queue/qstash-view.ts";
import type { QueueCounts, QueueStep } from "../../triage/queue/queue-steps-view.ts";
import {
  attemptsText,
  countText,
  eventText,
  headlineOf,
  letterText,
  limitsText,
  logWord,
  pinText,
  placeText,
  standOf,
  untilText,
  usedText,
} from "./queue.model.ts";

const now = new Date("2026-03-01T12:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();

const step = (change: Partial<QueueStep> = {}): QueueStep => ({
  ...{ stepId: "step_1", step: "embed", shard: 0, fileId: "file_1", fileName: "a.md", project: "default" },
  ...{ stage: "sent", messageId: "msg_1", since: inSeconds(-5), nextAttemptAt: null, leaseExpiresAt: null },
  ...{
    expectedBy: inSeconds(60),
    attempts: 1,
    attemptsLeft: 5,
    errorCode: null,
    flowKey: "provider.gateway",
  },
  ...change,
});

describe("a step of the queue", () => {
  it("says what it is at, and what is late", () => {
    expect(standOf(step(), now)).toBe("To be delivered");
    expect(standOf(step({ expectedBy: inSeconds(-90) }), now)).toBe("Overdue for 1 min 30 s");
    expect(standOf(step({ stage: "running", leaseExpiresAt: inSeconds(31) }), now)).toBe(
      "Its worker has it for another 31 s",
    );
    expect(standOf(step({ stage: "running", leaseExpiresAt: inSeconds(-1) }), now)).toContain("not heard of");
    expect(standOf(step({ stage: "unsent" }), now)).toContain("has not taken its message");
    expect(standOf(step({ stage: "delayed", errorCode: "rate_limited" }), now)).toBe(
      "In backoff after rate_limited",
    );
  });

  it("says when it is delivered, and how many attempts it has", () => {
    expect(untilText(inSeconds(125), now)).toBe("in 2 min 05 s");
    expect(untilText(inSeconds(-1), now)).toBe("due");
    expect(untilText(null, now)).toBe("–");
    expect(attemptsText(step())).toBe("1 made, 5 left");
  });
});

const flow = (change: Partial<FlowControlView> = {}): FlowControlView => ({
  ...{ key: "project.default", about: "project default", waiting: 0, paused: false },
  parallelism: { count: 2, max: 10, pinned: false },
  rate: { count: 0, max: null, periodSec: 0, pinned: false },
  ...change,
});

it("says a key's limits, what of them is taken, and what is pinned", () => {
  expect(limitsText(flow())).toBe("10 at once");
  expect(usedText(flow())).toBe("2 on the wire");
  expect(pinText(flow())).toBeNull();
  const pinned = flow({ rate: { count: 4, max: 30, periodSec: 60, pinned: true } });
  expect(limitsText(pinned)).toBe("10 at once, 30 every 1 min 00 s");
  expect(usedText(pinned)).toBe("2 on the wire, 4 in this period");
  expect(pinText(pinned)).toBe("Pinned: rate");
  expect(limitsText(flow({ parallelism: { count: 0, max: null, pinned: false } }))).toBe("no limit");
});

it("names the states of the log, and leaves one that it does not know as it is", () => {
  expect(logWord("ERROR")).toBe("Refused");
  expect(logWord("SOMETHING_NEW")).toBe("SOMETHING_NEW");
});

it("says what QStash logged beside the state", () => {
  const event: LogEvent = {
    ...{ at: inSeconds(-1), state: "RETRY", messageId: "msg_1", url: "https://x/api/jobs/ingest-file" },
    ...{ error: "timeout", responseStatus: 500, nextDeliveryAt: inSeconds(8), flowKey: "k", queue: null },
    ...{ schedule: null, fileId: null, fileName: null, step: null, shard: null },
  };
  expect(eventText(event, now)).toBe("answered 500 · timeout · next in 8 s · key k");
  expect(placeText(event.url)).toBe("/api/jobs/ingest-file");
  expect(placeText("https://example.com/a")).toBe("https://example.com/a");
});

it("says of a dead letter whether its step needs it", () => {
  const letter: QueueLetter = {
    ...{ dlqId: "1-1", messageId: "msg_1", url: "u", at: inSeconds(-1), expiresAt: inSeconds(9) },
    ...{ responseStatus: 500, standing: "failed", fileId: "f", fileName: "a.md", step: "extract", shard: 2 },
  };
  expect(letterText(letter)).toBe("extract 2 stands failed by it");
  expect(letterText({ ...letter, standing: "done" })).toBe("extract 2 has gone on without it");
  expect(letterText({ ...letter, standing: "unknown" })).toBe("Of no step");
});

it("says first what is late, then what was not taken, then that work flows", () => {
  const counts: QueueCounts = {
    ...{ running: 1, sent: 2, unsent: 0, delayed: 0, held: 0, overdue: 0, cappedAt: 10_000 },
  };
  expect(headlineOf(counts)).toEqual({ text: "Work flows: nothing is overdue.", state: "good" });
  expect(headlineOf({ ...counts, overdue: 3, unsent: 1 }).text).toContain("3 deliveries overdue");
  expect(headlineOf({ ...counts, unsent: 1 }).text).toBe("1 message to be taken by QStash.");
  expect(headlineOf({ ...counts, running: 0, sent: 0 }).text).toBe("Nothing is under way.");
  expect(countText(10_000, counts)).toBe("10,000+");
});
