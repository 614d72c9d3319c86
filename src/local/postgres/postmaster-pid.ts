import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import { isAlive, isRunning } from "../launch/running-process.ts";

const pollMs = 20;

/** What Postgres writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads the file that a running (or killed) Postgres left in its folder. */
export async function readPostmaster(clusterDir: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(clusterDir, "postmaster.pid"), "utf8").catch(() => undefined);
  // Lines by position: pid, folder, start time, port, socket folder, address, shared memory, status.
  const lines = text?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * Stops a Postgres that outlived the process which had started it on the same folder. A pid file whose
 * process is gone, or is by now another program, is left for Postgres itself to replace.
 * @returns whether one was stopped
 * @throws Error when it does not stop within 30 s
 */
export async function stopOrphan(clusterDir: string, clock: Clock): Promise<boolean> {
  const orphan = await readPostmaster(clusterDir);
  if (!orphan || !(await isRunning(orphan.pid, clusterDir))) return false;
  process.kill(orphan.pid, "SIGINT");
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += pollMs) {
    if (!isAlive(orphan.pid)) return true;
    await clock.wait(pollMs);
  }
  throw new Error(`The Postgres of an earlier start (process ${orphan.pid}) does not stop.`);
}
