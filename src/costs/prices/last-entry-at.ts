import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { Meter } from "../../telemetry/names.ts";
import { inSlices } from "../ledger/slices.ts";

/** The time of a meter's newest entry; null when it has none. */
export async function lastEntryAt(db: Db, meter: Meter): Promise<Date | null> {
  const newest = inSlices({ filter: { meters: [meter] }, order: "newest first", limit: 1 });
  const { rows } = await db.execute(sql`select at from ${newest} newest`);
  return z.array(z.object({ at: z.coerce.date() })).parse(rows)[0]?.at ?? null;
}
