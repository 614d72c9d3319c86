import { Worker } from "node:worker_threads";
import type { Clock } from "../../kernel/clock.ts";
import type { DocumentResult, DocumentTask, WorkerReply, WorkerSettings } from "./document-task.ts";
import { rejectDocument } from "./rejection.ts";

/** What came of a task on a thread, and whether the thread may take another. */
type ThreadOutcome =
  | { readonly kind: "answered"; readonly result: DocumentResult; readonly alive: boolean }
  | { readonly kind: "failed"; readonly message: string; readonly alive: boolean };

/** What a thread is started with. */
export interface DocumentThreadSettings {
  /** Where `worker.ts` lies as a file that Node can run. */
  readonly workerPath: string;
  /** How long one task may take on it. */
  readonly timeLimitMs: number;
  /** The most that its heap and, apart from it, its PDFium may take. */
  readonly memoryLimitMb: number;
  readonly clock: Clock;
}

/** One worker thread; it takes one task at a time. */
export interface DocumentThread {
  /** Never rejects. */
  run(task: DocumentTask): Promise<ThreadOutcome>;
  /** The file of the last task. */
  lastPath(): string | undefined;
  /** Ends the thread wherever it stands, in about 20 ms. */
  kill(): Promise<void>;
}

/** Starts a thread with a limit on its heap. It does not keep the process alive while it waits. */
export function startDocumentThread(settings: DocumentThreadSettings): DocumentThread {
  const workerData: WorkerSettings = { memoryLimitBytes: settings.memoryLimitMb * 1024 * 1024 };
  const worker = new Worker(settings.workerPath, {
    workerData,
    // The parent's flags are not for it: a bundler's or a test runner's loader would be run in it.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryLimitMb },
  });
  let path: string | undefined;
  // Also hears an error that comes when no task is under way: it would end the process otherwise.
  let settle: (outcome: ThreadOutcome) => void = () => undefined;
  let dead = false;
  worker.on("message", (reply: WorkerReply) => settle(outcomeOf(reply)));
  worker.on("error", (error: Error) => {
    dead = true;
    settle(outcomeOfDeath(error));
  });
  worker.on("exit", () => {
    dead = true;
    settle({ kind: "failed", message: "The document thread ended without an answer.", alive: false });
  });
  worker.unref();

  return {
    lastPath: () => path,
    async run(task) {
      path = task.path;
      if (dead) return { kind: "failed", message: "The document thread has ended.", alive: false };
      const done = new AbortController();
      const outcome = new Promise<ThreadOutcome>((resolve) => {
        settle = resolve;
        void settings.clock.wait(settings.timeLimitMs, done.signal).then(() => {
          resolve({ kind: "answered", result: timeout(settings.timeLimitMs), alive: false });
        });
      });
      worker.ref();
      worker.postMessage(task);
      try {
        return await outcome;
      } finally {
        done.abort();
        worker.unref();
        settle = () => undefined;
      }
    },
    async kill() {
      await worker.terminate();
    },
  };
}

function outcomeOf({ result, spent }: WorkerReply): ThreadOutcome {
  if (result.kind === "fault") return { kind: "failed", message: result.message, alive: false };
  return { kind: "answered", result, alive: !spent };
}

function outcomeOfDeath(error: Error & { code?: unknown }): ThreadOutcome {
  if (error.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return { kind: "answered", result: rejectDocument("document_out_of_memory"), alive: false };
  }
  return { kind: "failed", message: `The document thread failed: ${error.message}`, alive: false };
}

function timeout(timeLimitMs: number) {
  return rejectDocument("document_timeout", { timeLimitMs });
}
