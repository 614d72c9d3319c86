import { type AdjustableClock, createAdjustableClock } from "../../src/kernel/clock.ts";
import { createLog, type Log } from "../../src/kernel/log.ts";
import { listen } from "../../src/local/kit/listen.ts";
import type { LocalService } from "../../src/local/kit/service.ts";
import { createEmptyDatabase, type EmptyDatabase } from "./postgres.ts";

/** A stand-in under test, served on a port of its own over a database of its own. */
export interface ServedStandIn {
  readonly url: string;
  readonly clock: AdjustableClock;
  /** What the stand-in has counted. */
  usage(): Promise<unknown>;
  /** Sets a fault; needs `control`. */
  fault(fault: Record<string, unknown>): Promise<void>;
  /** Stops the service and starts it again over the same state, at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a stand-in that `create` makes. */
export async function serveStandIn(
  create: (parts: { pool: EmptyDatabase["pool"]; clock: AdjustableClock; log: Log }) => LocalService,
): Promise<ServedStandIn> {
  const database = await createEmptyDatabase();
  const clock = createAdjustableClock();
  const begin = async (port: number) => {
    const service = create({ pool: database.pool, clock, log: createLog("silent") });
    await service.start();
    const listener = await listen(service.app, port);
    return {
      ...listener,
      async end() {
        await listener.close();
        await service.stop();
      },
    };
  };
  let running = await begin(0);
  const { url, port } = running;
  return {
    url,
    clock,
    usage: async () => (await fetch(`${url}/__local/usage`)).json(),
    async fault(fault) {
      const answer = await fetch(`${url}/__local/faults`, { method: "POST", body: JSON.stringify(fault) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async restart() {
      await running.end();
      running = await begin(port);
    },
    async stop() {
      await running.end();
      await database.drop();
    },
  };
}
