import { filesText } from "../files-text.ts";
import type { PlanRequest } from "./plan-view.ts";

/** What a plan is called that nobody named. Pure. */
export function planName({ selection, from, graph }: PlanRequest, files: number): string {
  const what = filesText(files);
  const of = selection.kind === "group" ? `${what} of one failure` : what;
  if (from === "start" || graph === "current") return `${of}, from the start`;
  return from === "failed" ? `${of}, from where they failed` : `${of}, from ${from}`;
}
