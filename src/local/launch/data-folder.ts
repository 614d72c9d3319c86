import { chmod, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import { stopOrphan } from "../postgres/postmaster-pid.ts";
import { localEnvPath } from "./local-env.ts";
import { takePidLock } from "./pid-lock.ts";
import { StartError } from "./start-error.ts";

/** The folder with everything that the local stack keeps, held by this process alone. */
export interface DataFolder {
  readonly path: string;
  readonly postgres: string;
  readonly blob: string;
  readonly samples: string;
  /** What the console writes. */
  readonly consoleLog: string;
  /** What the stand-ins write. */
  readonly standInsLog: string;
  release(): Promise<void>;
}

/**
 * Opens the folder, made if missing.
 * @param options.fresh removes what an earlier start has left, and nothing else that may lie there
 * @throws StartError when another process has it
 */
export async function openDataFolder(
  dataDir: string,
  options: { fresh: boolean; clock: Clock },
): Promise<DataFolder> {
  const path = resolve(dataDir);
  await mkdir(path, { recursive: true });
  // Postgres may run as another user: it must pass through, and see nothing on its way.
  await chmod(path, 0o711);
  const lock = await takePidLock(join(path, "start.lock"));
  if (!lock) {
    throw new StartError(`Waybill is already running over ${path}. Stop it first, or choose another --data.`);
  }
  const folder = {
    path,
    postgres: join(path, "postgres"),
    blob: join(path, "blob"),
    samples: join(path, "samples"),
    consoleLog: join(path, "console.log"),
    standInsLog: join(path, "stand-ins.log"),
    release: () => lock.release(),
  };
  if (options.fresh) {
    await stopOrphan(join(folder.postgres, "cluster"), options.clock);
    const { postgres, blob, samples, consoleLog, standInsLog } = folder;
    for (const old of [postgres, blob, samples, consoleLog, standInsLog, localEnvPath(path)]) {
      await rm(old, { recursive: true, force: true });
    }
  }
  return folder;
}
