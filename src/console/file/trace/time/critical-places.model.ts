import { isWait } from "../spans/span-look.ts";
import type { SpanTable } from "../spans/span-table.model.ts";

/**
 * Marks the spans on the critical path with 1: the attempts that the end of a run waited for, and what each of them
 * had waited for itself.
 * @param attempts the ids of the spans of the attempts on the path
 */
export function criticalPlaces(table: SpanTable, attempts: Iterable<string>): Uint8Array {
  const critical = new Uint8Array(table.spans.length);
  // Until when the waits of a shard were waited out for the path.
  const begunMs = new Map<string, number>();
  for (const id of attempts) {
    const place = table.placeOf.get(id);
    if (place === undefined) continue;
    critical[place] = 1;
    const shard = shardOf(table, place);
    begunMs.set(shard, Math.max(begunMs.get(shard) ?? 0, table.startMs[place] ?? 0));
  }
  if (begunMs.size === 0) return critical;
  for (const [place, look] of table.looks.entries()) {
    if (!isWait(look)) continue;
    // The clock of a span may be some µs ahead of that of the next.
    if ((table.endMs[place] ?? 0) <= (begunMs.get(shardOf(table, place)) ?? -1) + 1) critical[place] = 1;
  }
  return critical;
}

function shardOf({ spans }: SpanTable, place: number): string {
  const span = spans[place];
  return `${span?.traceId} ${span?.step} ${span?.shard}`;
}
