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
    return counted(open, capped, "open group");
  }
  if (path === "/stuck") {
    const { steps = 0, capped = false } = overview?.stuck ?? {};
    return counted(steps, capped, "stuck step");
  }
  return null;
}

function counted(count: number, capped: boolean, one: string): PlaceCount | null {
  return count === 0 ? null : { text: formatCapped(count, capped), of: count === 1 ? one : `${one}s` };
}
