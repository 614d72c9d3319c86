import { spawn } from "node:child_process";
import { once } from "node:events";

/** A worker in a process of its own. */
export interface Worker {
  /** Resolves with the signal when the process is gone. */
  readonly gone: Promise<string | null>;
  kill(): Promise<void>;
}

/** Starts a worker that serves the job routes at WAYBILL_URL; resolves when it listens. */
export async function startWorker(variables: Record<string, string>): Promise<Worker> {
  const child = spawn(process.execPath, ["tests/support/worker-process.ts"], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit").then(([, signal]) => (typeof signal === "string" ? signal : null));
  await Promise.race([
    listening(child.stdout),
    gone.then(() => Promise.reject(new Error("the worker did not start"))),
  ]);
  return {
    gone,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function listening(output: AsyncIterable<unknown>): Promise<void> {
  for await (const text of output) if (String(text).includes("listening")) return;
}
