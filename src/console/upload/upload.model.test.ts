import { expect, it } from "vitest";
import { summaryOf, type UploadItem, type UploadPhase, uploadsAfter } from "./upload.model.ts";

const accepted: UploadPhase = {
  kind: "accepted",
  file: { fileId: "file_1", runId: "run_1", traceId: "t", duplicate: false },
};
const refused: UploadPhase = { kind: "refused", code: "file_empty", sentence: "The file has no bytes." };

function item(key: string, phase: UploadPhase): UploadItem {
  return { key, name: `${key}.pdf`, bytes: 10, project: "default", phase };
}

it("moves one upload and leaves the others as they were", () => {
  const before = [item("a", { kind: "waiting" }), item("b", { kind: "waiting" })];
  const after = uploadsAfter(before, { kind: "moved", key: "b", phase: { kind: "sending", share: 0.5 } });
  expect(after[0]).toBe(before[0]);
  expect(after[1]?.phase).toEqual({ kind: "sending", share: 0.5 });
});

it("puts new uploads first", () => {
  const after = uploadsAfter([item("a", accepted)], {
    kind: "added",
    items: [item("b", { kind: "waiting" })],
  });
  expect(after.map(({ key }) => key)).toEqual(["b", "a"]);
});

it("clears what has ended and never what is under way", () => {
  const items = [item("a", accepted), item("b", { kind: "checking" }), item("c", refused)];
  expect(uploadsAfter(items, { kind: "cleared" }).map(({ key }) => key)).toEqual(["b"]);
});

it.each([
  [[accepted], "1 file uploaded"],
  [[{ kind: "sending", share: 0.2 } as const], "Uploading 1 of 1 file"],
  [[{ kind: "checking" } as const, accepted, refused], "Uploading 1 of 3 files"],
  [[accepted, accepted, refused], "2 of 3 files uploaded, 1 refused"],
  [[refused, refused], "2 files refused"],
])("sums up %j as %s", (phases, text) => {
  expect(summaryOf(phases.map((phase, at) => item(String(at), phase)))).toBe(text);
});
