import type { Pool } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-serverless";
import { migrate } from "drizzle-orm/neon-serverless/migrator";

/** Brings the schema up to date with the generated SQL in `migrationsFolder`. Safe to run again. */
export async function migrateDatabase(pool: Pool, migrationsFolder: string): Promise<void> {
  await migrate(drizzle({ client: pool }), { migrationsFolder });
}
