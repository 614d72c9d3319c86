import { open, readFile, rm } from "node:fs/promises";
import { isRunning } from "./running-process.ts";

/** A lock that is held. */
export interface PidLock {
  release(): Promise<void>;
}

/**
 * Takes a lock file that names this process. A lock whose process is gone is taken over.
 * @returns undefined when a live process holds it
 */
export async function takePidLock(path: string): Promise<PidLock | undefined> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, "wx", 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = Number(await readFile(path, "utf8").catch(() => ""));
    if (holder !== process.pid && (await isRunning(holder, "node"))) return undefined;
    await rm(path, { force: true });
  }
  return undefined;
}
