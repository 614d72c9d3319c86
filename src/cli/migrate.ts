import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { readEnv } from "../kernel/env.ts";

/** `npm run migrate`: brings the database's schema up to date. Safe to run again. */
const env = readEnv();
const database = openDatabase({ url: env.DATABASE_URL, wsProxy: env.DATABASE_WS_PROXY, maxConnections: 1 });
try {
  await migrateDatabase(database.pool, "drizzle");
} finally {
  await database.close();
}
