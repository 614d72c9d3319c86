import type { Pool, PoolClient } from "pg";
import type { Clock } from "../../../kernel/clock.ts";
import type { Log } from "../../../kernel/log.ts";
import { dueChannel } from "./take-in-messages.ts";

const lockTimeoutMs = 5000;
/** How long to wait before a broken connection is made anew, in ms. */
const reconnectMs = 250;

/** The right to deliver from a database. */
export interface Ownership {
  /** False while the connection is broken: another process may have taken the right meanwhile. */
  held(): boolean;
  release(): Promise<void>;
}

/** What the owner is told. */
export interface OwnershipConfig {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  /** Messages were stored by whatever process; the first of them falls due then (ms since the epoch). */
  onStored(dueMs: number): void;
  /** The connection was broken and is there again: what was stored meanwhile was not told. */
  onHeldAgain(): void;
}

/**
 * Takes the right to deliver from this database, which one process has at a time: so whatever is marked as
 * under way at the start was left behind. The connection that has it also listens for messages that are
 * stored. A process that was killed frees the right with its connection; one that breaks is made anew.
 * @throws Error when another process keeps the right
 */
export async function takeOwnership(config: OwnershipConfig): Promise<Ownership> {
  const { clock, log } = config;
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve());
  });
  let connection: OwnerConnection | undefined = await open(config);

  const again = async (): Promise<OwnerConnection | undefined> => {
    while (!stopping.signal.aborted) {
      await clock.wait(reconnectMs, stopping.signal);
      try {
        return await open(config);
      } catch (error) {
        log.warn({ err: error }, "the right to deliver is not back yet");
      }
    }
    return undefined;
  };
  const keep = async (first: OwnerConnection) => {
    for (let current: OwnerConnection | undefined = first; current; ) {
      await Promise.race([current.ended, stopped]);
      connection = undefined;
      current.client.release(true);
      if (stopping.signal.aborted) return;
      log.warn("the connection that holds the right to deliver broke");
      current = await again();
      connection = current;
      if (current) config.onHeldAgain();
    }
  };
  const kept = keep(connection);

  return {
    held: () => connection !== undefined,
    async release() {
      stopping.abort();
      await kept;
    },
  };
}

interface OwnerConnection {
  readonly client: PoolClient;
  readonly ended: Promise<void>;
}

async function open({ pool, onStored }: OwnershipConfig): Promise<OwnerConnection> {
  const client = await pool.connect();
  const ended = new Promise<void>((resolve) => {
    client.once("end", resolve);
  });
  // The pool must not take the end of this connection for a crash.
  client.on("error", () => undefined);
  try {
    await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
    await client.query("SELECT pg_advisory_lock(hashtext('waybill_local.qstash.owner'))");
    await client.query(`LISTEN ${dueChannel}`);
  } catch (error) {
    client.release(true);
    throw new Error("Another local QStash delivers from this database.", { cause: error });
  }
  client.on("notification", ({ payload }) => onStored(Number(payload)));
  return { client, ended };
}
