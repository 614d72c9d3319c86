import { z } from "zod";
import { createHttpCaller } from "../../src/local/qstash/delivery/http-call.ts";
import { engines } from "./engines.ts";

/**
 * A job engine in a process of its own, as the local QStash has one. Arguments: the engine, the database, the
 * destination. It does what it is told and tells when that is done.
 */
const commandSchema = z.union([
  z.object({ sendOne: z.number() }),
  z.object({ batches: z.number(), size: z.number() }),
  z.object({ concurrency: z.number() }),
]);
const [, , name, database = "", url = ""] = process.argv;
const engine = await engines[z.enum(["pg-boss", "graphile-worker"]).parse(name)](database);
const caller = createHttpCaller();
const request = { url, method: "POST", header: {}, body: Buffer.from("no-op") };

async function follow(command: z.output<typeof commandSchema>): Promise<void> {
  if ("sendOne" in command) {
    for (let sent = 0; sent < command.sendOne; sent += 1) await engine.sendOne();
  } else if ("batches" in command) {
    for (let sent = 0; sent < command.batches; sent += 1) await engine.sendMany(command.size);
  } else {
    await engine.work(command.concurrency, async () => {
      await caller.call({ ...request, signal: new AbortController().signal });
    });
  }
}
process.on("message", async (message) => {
  await follow(commandSchema.parse(message));
  process.send?.({ done: true });
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
