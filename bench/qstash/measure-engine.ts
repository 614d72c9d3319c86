import { performance } from "node:perf_hooks";
import { z } from "zod";
import { startChild } from "../child.ts";
import type { NoOpDestination } from "./destination.ts";
import type { engines } from "./engines.ts";
import { batchSize, inFlight, loads, perSecond, spreadPerSec, warmUp } from "./loads.ts";

/** What was seen of a job engine. */
export interface EngineFigures {
  readonly name: string;
  readonly deliveriesPerSec: number;
  readonly sendsPerSec: number;
  readonly batchedPerSec: number;
}

/** Has a job engine send jobs and work on them, in a process of its own. */
export async function measureEngine(
  name: keyof typeof engines,
  database: string,
  destination: NoOpDestination,
): Promise<EngineFigures> {
  const child = await startChild(
    "qstash/engine-process.ts",
    [name, database, destination.url],
    z.object({ ready: z.boolean() }),
  );
  const timed = async (command: object) => {
    const startedMs = performance.now();
    await child.ask(command, z.object({ done: z.boolean() }));
    return performance.now() - startedMs;
  };
  await timed({ sendOne: warmUp });
  const sendsPerSec = perSecond(loads.single, await timed({ sendOne: loads.single }));
  const batches = loads.batched / batchSize;
  const batchedPerSec = perSecond(loads.batched, await timed({ batches, size: batchSize }));
  destination.reset();
  const total = warmUp + loads.single + loads.batched;
  child.tell({ concurrency: inFlight });
  await destination.arrived(total);
  await child.kill();
  return { name, sendsPerSec, batchedPerSec, deliveriesPerSec: spreadPerSec(destination.arrivalsMs) };
}
