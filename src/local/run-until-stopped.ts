import type { Clock } from "../kernel/clock.ts";
import { type DataFolder, openDataFolder } from "./launch/data-folder.ts";
import { StartError } from "./launch/start-error.ts";
import { complain, say } from "./table.ts";

/** What has been started: how to stop each part, and what must not end by itself. */
export interface Started {
  /**
   * Registers a part that is starting, and how to stop it once it has. Parts stop in the reverse order; one
   * that never started needs no stop.
   */
  part<Part>(starting: Promise<Part>, stop: (part: Part) => Promise<void>): Promise<Part>;
  /** Aborted when the start is to be given up. */
  readonly signal: AbortSignal;
  /** Registers a part whose end ends everything; resolves with the reason. */
  watch(ended: Promise<string>): void;
}

/**
 * Opens the data folder, starts what `start` starts, and waits for Ctrl-C, SIGTERM or the end of a part;
 * then stops all of it in order.
 * @returns the exit code
 */
export async function runUntilStopped(
  options: { data: string; fresh: boolean; clock: Clock },
  start: (folder: DataFolder, started: Started) => Promise<void>,
): Promise<number> {
  const stops: (() => Promise<void>)[] = [];
  const stopping = new AbortController();
  const signalled = new Promise<"signal">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => resolve("signal"));
  });
  let end: (reason: string) => void = () => undefined;
  const partEnded = new Promise<string>((resolve) => {
    end = resolve;
  });
  let code = 0;
  try {
    const folder = await openDataFolder(options.data, options);
    stops.push(() => folder.release());
    const started = start(folder, {
      signal: stopping.signal,
      part(starting, stop) {
        stops.push(() => starting.then(stop, () => undefined));
        return starting;
      },
      watch: (ended) => void ended.then(end),
    });
    // A signal during the start ends it as well; what it was doing is stopped below.
    const first = await Promise.race([started.then(() => "started" as const), signalled]);
    const reason = first === "signal" ? first : await Promise.race([signalled, partEnded]);
    if (reason === "signal") {
      say("\nStopping. What is under way goes on at the next start.");
    } else {
      complain(reason);
      code = 1;
    }
  } catch (error) {
    complain(error instanceof StartError ? error.message : String(error));
    code = 1;
  }
  stopping.abort();
  for (const stop of stops.reverse()) {
    await stop().catch((error: unknown) => complain(String(error)));
  }
  return code;
}
