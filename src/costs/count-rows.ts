import { meters } from "../telemetry/names.ts";
import type { AttemptMeter } from "./attempt-meter.ts";

/** Counts what a document leaves in the database: its pages, chunks and vectors, not the engine's own rows. */
export function countRows(meter: Pick<AttemptMeter, "count">, rows: number): void {
  if (rows === 0) return;
  meter.count({ meter: meters.databaseRows, provider: "neon", model: "*", quantity: rows });
}
