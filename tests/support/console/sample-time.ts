import type { RunView } from "../../../src/pipeline/files/file-view.ts";
import type { FileTime } from "../../../src/pipeline/time/time-view.ts";

/** Where the time of a sample run went: half of it into work, with a moment that nothing explains. */
export function sampleTime(run: RunView): FileTime {
  const startMs = Date.parse(run.createdAt);
  const endMs = run.finishedAt === null ? startMs + 2_000 : Date.parse(run.finishedAt);
  const wallMs = endMs - startMs;
  const at = (share: number) => startMs + Math.round(wallMs * share);
  const what = { step: "extract", reason: null };
  return {
    run: run.number,
    startMs,
    endMs,
    finished: run.finishedAt !== null,
    wallMs,
    parts: [{ ...what, kind: "work", ms: wallMs }],
    intervals: [
      { ...what, kind: "queue", startMs, endMs: at(0.2) },
      { ...what, kind: "work", startMs: at(0.2), endMs: at(0.6) },
      { kind: "unexplained", step: null, reason: null, startMs: at(0.6), endMs: at(0.65) },
      { ...what, kind: "work", startMs: at(0.65), endMs },
    ],
    criticalPath: [{ stepId: "step_1", name: "extract", shard: 0, spanIds: [`r${run.number}.extract.0.1`] }],
  };
}
