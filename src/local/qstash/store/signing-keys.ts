import type { Pool } from "pg";
import { z } from "zod";
import { newSecret } from "../../../kernel/ids.ts";

const pairSchema = z.object({ current: z.string(), next: z.string() });
/** The key that deliveries are signed with, and the one that follows it. */
type SigningKeyPair = z.output<typeof pairSchema>;

/** The signing keys: kept in the database, and at hand for every delivery. */
export interface SigningKeys {
  /** Keeps the given pair at the first start; later the kept one counts, which may have been rotated. */
  load(first: SigningKeyPair): Promise<void>;
  /** @throws TypeError before `load` */
  pair(): SigningKeyPair;
  /** The next key becomes the current one, and a new one is made. */
  rotate(): Promise<SigningKeyPair>;
}

/** The keys that a database of the stand-ins has kept, which may have been rotated; none before the first start. */
export async function readSigningKeys(pool: Pool): Promise<SigningKeyPair | undefined> {
  const { rows } = await pool.query<{ made: boolean }>(
    "SELECT to_regclass('qstash.signing_keys') IS NOT NULL AS made",
  );
  if (!rows[0]?.made) return undefined;
  const kept = await pool.query("SELECT current, next FROM qstash.signing_keys");
  return z.array(pairSchema).parse(kept.rows)[0];
}

/** Keys over the table `signing_keys`. */
export function createSigningKeys(pool: Pool): SigningKeys {
  let kept: SigningKeyPair | undefined;
  const pair = () => {
    if (kept === undefined) throw new TypeError("The signing keys are not loaded yet.");
    return kept;
  };
  const take = (rows: unknown[]) => {
    kept = pairSchema.parse(rows[0]);
    return kept;
  };
  return {
    pair,
    async load(first) {
      await pool.query(
        "INSERT INTO qstash.signing_keys (current, next) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [first.current, first.next],
      );
      take((await pool.query("SELECT current, next FROM qstash.signing_keys")).rows);
    },
    async rotate() {
      const { rows } = await pool.query(
        "UPDATE qstash.signing_keys SET current = next, next = $1 RETURNING current, next",
        [newSecret("sig")],
      );
      return take(rows);
    },
  };
}
