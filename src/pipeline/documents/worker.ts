import { parentPort, workerData } from "node:worker_threads";
import { createDocumentReader } from "./document-reader.ts";
import type { DocumentTask, WorkerReply, WorkerSettings } from "./document-task.ts";

/**
 * The thread in which documents are parsed, one task at a time. It holds nothing that is needed again: the pool
 * may kill it at any moment. Messages come from the pool alone, so their types are taken as they are.
 */
const settings: WorkerSettings = workerData;
const reader = createDocumentReader(settings.memoryLimitBytes);

parentPort?.on("message", async (task: DocumentTask) => {
  const reply: WorkerReply = await reader.read(task);
  parentPort?.postMessage(reply);
});
await reader.warmUp();
