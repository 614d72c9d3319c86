import type { Overview } from "../../triage/overview/overview-view.ts";
import { formatCapped } from "../format/count.ts";

/** What stands beside a place: how many there are, and of what. */
export interface PlaceCount {
  readonly text: string;
  readonly of: string;
}

/** The count beside a place; null where there is none, or it is not known. Pure. */
export function placeCount(overview: Overview | undefined, path: string): PlaceCount | null {
  if (path === "/failures") {
    const { open = 0, capped = false } = overview?.failures ?? {};
    return open === 0 ? null : { text: formatCapped(open, capped), of: "open groups" };
  }
  if (path === "/stuck") {
    const { steps = 0, capped = false } = overview?.stuck ?? {};
    return steps === 0 ? null : { text: formatCapped(steps, capped), of: "stuck steps" };
  }
  return null;
}
