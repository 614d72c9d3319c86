import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { createDocumentReader } from "./document-reader.ts";
import { documentTask, type WorkerReply } from "./document-task.ts";

/**
 * The thread in which documents are parsed, one task at a time. It holds nothing that is needed again: the pool
 * may kill it at any moment.
 */
const settings = z.object({ memoryLimitBytes: z.number().positive() }).parse(workerData);
const reader = createDocumentReader(settings.memoryLimitBytes);

parentPort?.on("message", async (message: unknown) => {
  const reply: WorkerReply = await reader.read(documentTask.parse(message));
  parentPort?.postMessage(reply);
});
