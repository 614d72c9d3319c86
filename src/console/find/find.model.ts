import type { FoundPlace } from "../../pipeline/find/found-view.ts";

/** The longest that is looked for; whoever pastes more has pasted something else. In characters. */
const longest = 255;

/** What is looked for of what was typed or pasted: without the quotes and the full stop it was copied with. */
export function wantedOf(typed: string): string {
  return typed
    .trim()
    .replace(/^["'`([{]+|["'`)\]},;.]+$/g, "")
    .trim()
    .slice(0, longest);
}

/** The page and the place on it that a found id leads to. */
export function hrefOf(place: FoundPlace, wanted: string): string {
  const query = new URLSearchParams(tabOf(place, wanted));
  if (place.run !== null) query.set("run", String(place.run));
  const text = query.toString();
  return `/files/${encodeURIComponent(place.fileId)}${text === "" ? "" : `?${text}`}`;
}

function tabOf(place: FoundPlace, wanted: string): Record<string, string> {
  switch (place.what) {
    case "span":
    case "attempt":
      return { tab: "trace", ...(place.spanId !== null && { span: place.spanId }) };
    case "trace":
      return { tab: "trace" };
    case "message":
      return { tab: "messages", message: wanted };
    case "chunk":
      return { tab: "chunks" };
    case "step":
      return { tab: "attempts", ...(place.step !== null && { step: place.step }) };
    default:
      return {};
  }
}

const whats: Readonly<Record<FoundPlace["what"], string>> = {
  file: "File",
  run: "Run",
  step: "Step",
  attempt: "Attempt",
  message: "Message",
  trace: "Trace",
  span: "Span",
  chunk: "Chunk",
  content: "Content",
  upload: "Upload",
  name: "File",
};

/** What was found, in a line: "Span of embed in run 2, contracts". */
export function lineOf(place: FoundPlace): string {
  const ofStep = place.step !== null && place.what !== "chunk" ? ` of ${place.step}` : "";
  const inRun = place.run === null ? "" : ` in run ${place.run}`;
  return `${whats[place.what]}${ofStep}${inRun}, project ${place.project}`;
}
