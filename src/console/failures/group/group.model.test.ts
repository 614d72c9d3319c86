import { describe, expect, it } from "vitest";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { besideText, shareText, stateSentence } from "./group.model.ts";

const group: FailureView = {
  ...{ id: "group_1", state: "open", step: "embed", code: "provider_unauthorized", message: "Refused." },
  ...{ provider: "gateway", status: 401, failures: 5, files: 3, standing: 2, attempts: 9 },
  ...{ wastedNanoUsd: "12000", firstSeenAt: "2026-03-01T10:00:00Z", lastSeenAt: "2026-03-01T11:00:00Z" },
  ...{ hours: [], graphVersions: [1], deployments: ["dpl_1"], assignee: null, ignored: null },
  ...{ resolvedIn: null, regressedIn: null, days: [], fingerprints: [], changes: [] },
  ...{ splitOffBy: [], mergedInto: null },
};

const readAt = { now: new Date("2026-03-01T12:00:00Z"), timeZone: "Europe/Berlin" };

describe("shareText", () => {
  it("gives counts and the share", () => {
    expect(shareText(212, 340)).toBe("212 of 340 (62 %)");
    expect(shareText(0, 0)).toBe("0 of 0 (0 %)");
  });
});

describe("besideText", () => {
  it("tells a time by the first failure", () => {
    const first = "2026-03-01T10:00:00.000Z";
    expect(besideText("2026-03-01T09:56:40.000Z", first)).toBe("3 min 20 s before");
    expect(besideText("2026-03-01T12:00:00.000Z", first)).toBe("2 h 00 min after");
    expect(besideText("2026-03-01T10:00:00.400Z", first)).toBe("at the same time");
  });
});

describe("stateSentence", () => {
  it("says how many files stand failed", () => {
    expect(stateSentence(group, readAt)).toBe("2 files of 3 stand failed by it now.");
    expect(stateSentence({ ...group, standing: 1 }, readAt)).toBe("1 file of 3 stands failed by it now.");
    expect(stateSentence({ ...group, standing: 0 }, readAt)).toMatch(/^No file stands failed/);
  });

  it("says when an ignored group opens again", () => {
    const ignored = { until: "2026-03-02T07:00:00.000Z", untilFailures: null };
    expect(stateSentence({ ...group, state: "ignored", ignored }, readAt)).toMatch(
      /^It is ignored until tomorrow 08:00 \(2 Mar 2026, 07:00 UTC\)\. 2 files of 3 stand failed/,
    );
    const forEver = { until: null, untilFailures: null };
    expect(stateSentence({ ...group, state: "ignored", ignored: forEver }, readAt)).toMatch(
      /^It is ignored for ever\. /,
    );
  });

  it("names the deployment that mends it, and the one under which it came back", () => {
    expect(stateSentence({ ...group, state: "resolved", resolvedIn: "dpl_2" }, readAt)).toMatch(
      /mended by deployment dpl_2\./,
    );
    expect(stateSentence({ ...group, state: "regressed", regressedIn: "dpl_3" }, readAt)).toMatch(
      /^It has come back under deployment dpl_3\./,
    );
  });
});
