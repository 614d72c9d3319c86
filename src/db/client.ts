import { neonConfig, Pool } from "@neondatabase/serverless";
import { drizzle, type NeonDatabase } from "drizzle-orm/neon-serverless";
import ws from "ws";
import { keepPlans } from "./plan-once.ts";

/** A connection, or a transaction on one: verbs take this and do not care which. */
export type Db = Omit<NeonDatabase, "$client">;

/** The open database, and how to let it go. */
export interface Database {
  readonly db: Db;
  readonly pool: Pool;
  close(): Promise<void>;
}

/**
 * Opens a pool of connections to Neon over WebSockets.
 * @param options.wsProxy `host:port/path` of a bridge in front of a Postgres that is not Neon; it speaks plain `ws`
 */
export function openDatabase(options: {
  url: string;
  wsProxy?: string | undefined;
  maxConnections?: number;
}): Database {
  neonConfig.webSocketConstructor = ws;
  if (options.wsProxy !== undefined) {
    const proxy = options.wsProxy;
    neonConfig.wsProxy = () => proxy;
    neonConfig.useSecureWebSocket = false;
    neonConfig.pipelineConnect = false;
    neonConfig.pipelineTLS = false;
    // To a bridge on the same machine, waiting to fill a packet costs more than it saves.
    neonConfig.coalesceWrites = false;
  }
  const pool = new Pool({ connectionString: options.url, max: options.maxConnections ?? 10 });
  // A connection that breaks while idle is dropped from the pool; the next query opens another.
  pool.on("error", () => undefined);
  pool.on("connect", keepPlans);
  return { db: drizzle({ client: pool }), pool, close: () => pool.end() };
}
