import { WaybillError } from "../../kernel/errors.ts";
import type { DocumentResult, DocumentTask } from "./document-task.ts";
import { type DocumentThread, type DocumentThreadSettings, startDocumentThread } from "./document-thread.ts";

/**
 * Reading documents: everything between a stored file and its blocks of text. Parsing happens in threads that may
 * be killed; a hostile file ends its thread and never the server. Imports nothing but the kernel.
 */
export interface DocumentPool {
  /**
   * Performs the task on the next free thread, in the order of the calls. Time runs from its start there.
   * @throws WaybillError `internal_error` when a thread failed by our own fault, or the pool was closed
   */
  run(task: DocumentTask): Promise<DocumentResult>;
  /** Starts all threads now, so that the first document does not wait for them. */
  warmUp(): void;
  /** Ends all threads; tasks under way and waiting are refused. */
  close(): Promise<void>;
}

/** What a pool is made with. */
export interface DocumentPoolSettings extends DocumentThreadSettings {
  readonly threads: number;
}

interface WaitingTask {
  task: DocumentTask;
  resolve(result: DocumentResult): void;
  reject(error: WaybillError): void;
}

/** A pool of threads, each started when it is first needed, and replaced when it was killed or is spent. */
export function createDocumentPool(settings: DocumentPoolSettings): DocumentPool {
  const idle: DocumentThread[] = [];
  const threads = new Set<DocumentThread>();
  const waiting: WaitingTask[] = [];
  let busy = 0;
  let closed = false;

  const next = () => {
    while (busy < settings.threads) {
      const entry = waiting.shift();
      if (entry === undefined) return;
      busy += 1;
      void perform(entry).finally(() => {
        busy -= 1;
        next();
      });
    }
  };

  const perform = async (entry: WaitingTask) => {
    const thread = takeThread(entry.task.path);
    const outcome = await thread.run(entry.task);
    if (outcome.alive && !closed) {
      idle.push(thread);
    } else {
      threads.delete(thread);
      await thread.kill();
    }
    if (outcome.kind === "answered") entry.resolve(outcome.result);
    else entry.reject(new WaybillError("internal_error", { internal: outcome.message }));
  };

  /** The thread that has this file open, if it is free, else any free one, else a new one. */
  const takeThread = (path: string) => {
    const warm = idle.findIndex((thread) => thread.lastPath() === path);
    const [free] = idle.splice(warm === -1 ? idle.length - 1 : warm, 1);
    if (free !== undefined) return free;
    return startThread();
  };

  const startThread = () => {
    const started = startDocumentThread(settings);
    threads.add(started);
    return started;
  };

  return {
    warmUp() {
      while (!closed && threads.size < settings.threads) idle.push(startThread());
    },
    run(task) {
      if (closed) return Promise.reject(closedError());
      return new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const entry of waiting.splice(0)) entry.reject(closedError());
      await Promise.all([...threads].map((thread) => thread.kill()));
      threads.clear();
      idle.length = 0;
    },
  };
}

function closedError(): WaybillError {
  return new WaybillError("internal_error", { internal: "The document pool is closed." });
}
