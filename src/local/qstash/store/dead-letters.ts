import type { Pool } from "pg";
import type { Condition } from "../wire/filter.ts";
import type { Page } from "../wire/page.ts";
import { type DeadLetterRow, listDeadLetters } from "./read-messages.ts";

/** What was taken out of the dead letters, with a cursor when there are more. */
export interface TakenOut {
  readonly letters: readonly DeadLetterRow[];
  readonly cursor: string | undefined;
}

/** Deletes a page of the dead letters that match. */
export async function deleteDeadLetters(
  pool: Pool,
  conditions: readonly Condition[],
  page: Page,
): Promise<TakenOut> {
  const { items, cursor } = await listDeadLetters(pool, conditions, page);
  const { rows } = await pool.query<{ seq: string }>(
    "DELETE FROM qstash.dead_letters WHERE seq = ANY($1) RETURNING seq",
    [items.map((letter) => letter.seq)],
  );
  const deleted = new Set(rows.map((row) => Number(row.seq)));
  return { letters: items.filter((letter) => deleted.has(letter.seq)), cursor };
}
