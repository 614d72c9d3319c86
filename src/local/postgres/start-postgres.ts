import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import { findBinaries } from "./binaries.ts";
import { readPostmaster, stopOrphan } from "./postmaster-pid.ts";
import { prepareCluster } from "./prepare-cluster.ts";
import { reachableBinaries } from "./reachable-binaries.ts";
import { postgresUser, type RunAs } from "./run-as.ts";

/** The database of the product. */
export const productDatabase = "waybill";
/** The database of the stand-ins' own state. */
export const standInsDatabase = "waybill_local";

const pollMs = 15;
const startTimeoutMs = 120_000;
const baseSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "256MB",
  max_connections: "100",
  synchronous_commit: "on",
  max_wal_size: "2GB",
  timezone: "UTC",
};

/** A running Postgres. */
export interface RunningPostgres {
  readonly port: number;
  /** A connection string for one of its databases. */
  url(database: string): string;
  /** Creates a database unless it exists. */
  ensureDatabase(name: string): Promise<void>;
  /** Resolves when the server process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends the connections and stops; data is kept. */
  stop(): Promise<void>;
}

/** What to start. */
export interface PostgresOptions {
  /** Holds the cluster, its password and its log; made if missing. */
  readonly dataDir: string;
  readonly port: number;
  readonly log: Log;
  readonly clock?: Clock;
  /** Server settings that differ from ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a real Postgres on loopback over a folder that outlives it. A hard kill of an earlier start is
 * recovered: what it left running is stopped first.
 * @throws Error with the end of the server's log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log, port, clock = systemClock } = options;
  const dataDir = resolve(options.dataDir);
  const [found, user] = await Promise.all([findBinaries(), postgresUser()]);
  const binaries = await reachableBinaries(found, user);
  const { clusterDir, password } = await prepareCluster({ dataDir, binaries, user, log });
  if (await stopOrphan(clusterDir, clock)) log.warn("stopped the Postgres of an earlier start");

  const logFile = join(dataDir, "postgres.log");
  const server = spawnServer({ ...options, clusterDir, program: binaries.postgres, user, logFile });
  const exited = new Promise<void>((done) => server.once("exit", () => done()));
  await untilReady({ clusterDir, server, logFile, clock });

  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  const ensureDatabase = (name: string) => createUnlessThere(url("postgres"), name);
  await ensureDatabase(productDatabase);
  await ensureDatabase(standInsDatabase);
  return {
    port,
    url,
    ensureDatabase,
    exited,
    async stop() {
      server.kill("SIGINT");
      await exited;
    },
  };
}

function spawnServer(options: {
  clusterDir: string;
  program: string;
  port: number;
  user: RunAs;
  logFile: string;
  settings?: Readonly<Record<string, string>>;
}): ChildProcess {
  const settings = Object.entries({ ...baseSettings, ...options.settings });
  const output = openSync(options.logFile, "a", 0o600);
  // A process group of its own: Ctrl-C in the terminal must not reach it before the services have ended.
  const server = spawn(
    options.program,
    [
      "-D",
      options.clusterDir,
      "-p",
      String(options.port),
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { ...options.user, detached: true, stdio: ["ignore", output, output] },
  );
  closeSync(output);
  return server;
}

async function untilReady(input: {
  clusterDir: string;
  server: ChildProcess;
  logFile: string;
  clock: Clock;
}): Promise<void> {
  let failure: string | undefined;
  input.server.once("error", (error) => {
    failure = error.message;
  });
  input.server.once("exit", (code) => {
    failure ??= `it ended with code ${code}`;
  });
  for (let waitedMs = 0; waitedMs < startTimeoutMs && failure === undefined; waitedMs += pollMs) {
    const postmaster = await readPostmaster(input.clusterDir);
    if (postmaster?.ready && postmaster.pid === input.server.pid) return;
    await input.clock.wait(pollMs);
  }
  input.server.kill("SIGINT");
  const written = await readFile(input.logFile, "utf8").catch(() => "");
  throw new Error(
    `Postgres did not start: ${failure ?? "it took too long"}.\n${written.trimEnd().split("\n").slice(-12).join("\n")}`,
  );
}

async function createUnlessThere(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
