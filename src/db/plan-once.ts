import type { PoolClient } from "@neondatabase/serverless";
import { sql } from "drizzle-orm";
import { sha256Hex } from "../kernel/hash.ts";

const marker = "/* plan once */";

/**
 * Put before a long statement that runs all the time: each connection then plans it once and not each time, which
 * takes longer than running it. Its text must be the same each time but for its parameters, and it must name the
 * columns that it returns: a plan that is kept cannot return others after a migration. Neon's pooler keeps such
 * statements apart by connection too (protocol-level prepared statements, Neon's documentation of its pooler).
 */
export const planOnce = sql.raw(marker);

/** Lets a connection keep the plans of statements that ask for it, under names made of their texts. */
export function keepPlans(client: PoolClient): void {
  const { query } = client;
  Object.assign(client, {
    query: (said: unknown, ...rest: unknown[]): unknown =>
      Reflect.apply(query, client, [named(said), ...rest]),
  });
}

function named(said: unknown): unknown {
  if (typeof said !== "object" || said === null || !("text" in said)) return said;
  const { text } = said;
  if (typeof text !== "string" || !text.trimStart().startsWith(marker)) return said;
  return { ...said, name: sha256Hex(text).slice(0, 32) };
}
