import { Client } from "@upstash/qstash";
import { type AdjustableClock, createAdjustableClock, systemClock } from "../../../src/kernel/clock.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { listen } from "../../../src/local/kit/listen.ts";
import { createQstash, type QstashOptions } from "../../../src/local/qstash/create-qstash.ts";
import { createEmptyDatabase, type EmptyDatabase } from "../../support/postgres.ts";
import { type RemoteTarget, remote } from "../remote-target.ts";
import { needs, uniquePrefix } from "../target.ts";
import { cleanUp } from "./clean-up.ts";
import { type Destination, startDestination, unreachedDestination } from "./destination.ts";
import { secrets } from "./secrets.ts";

/** The QStash that is being tested, with a destination to deliver to. */
export interface QstashTarget {
  readonly url: string;
  /** The clock of the service: its `advance` needs("clock"). */
  readonly clock: AdjustableClock;
  /** Where to let it deliver to; what is received there needs("destination"). */
  readonly destination: Destination;
  /** The official SDK, speaking to it. */
  readonly client: Client;
  /** The database of the stand-in; needs("restart"). */
  readonly database: EmptyDatabase;
  /** A name for a queue, a schedule, a group, a key or a label, that nobody else in the account has. */
  name(what: string): string;
  /** Calls it without the SDK, authorised. */
  call(
    method: string,
    path: string,
    init?: { headers?: Record<string, string>; body?: string },
  ): Promise<Response>;
  /** What it has metered under a name; needs("meter"). */
  metered(name: string): Promise<number>;
  /** Stops the service; its database stays. Needs("restart"). */
  stop(): Promise<void>;
  /** Starts it again, at the same address over the same database. Needs("restart"). */
  start(): Promise<void>;
  /** Removes what the tests left behind. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in over a database of its own, or reaches the service that `npm run contract` names.
 * @param options of the stand-in; a test that depends on them needs("options")
 */
export function openTarget(options?: QstashOptions): Promise<QstashTarget> {
  return remote ? reachService(remote) : startStandIn(options);
}

async function reachService({ url, destination: reachedAt }: RemoteTarget): Promise<QstashTarget> {
  const prefix = uniquePrefix();
  const openedAt = systemClock.now();
  const destination = reachedAt ? await startDestination(prefix, reachedAt) : unreachedDestination(prefix);
  const speaking = speak(url, prefix);
  return {
    ...speaking,
    destination,
    clock: { ...systemClock, advance: () => needs("clock") },
    get database(): never {
      return notHere("restart");
    },
    metered: async () => notHere("meter"),
    stop: async () => notHere("restart"),
    start: async () => notHere("restart"),
    async close() {
      await cleanUp(speaking.client, prefix, openedAt);
      await destination.close();
    },
  };
}

/** Skips the running test, which should have said so itself. */
function notHere(need: "restart" | "meter"): never {
  needs(need);
  throw new Error(`A service at a URL has nothing of this: ${need}.`);
}

async function startStandIn(options?: QstashOptions): Promise<QstashTarget> {
  const database = await createEmptyDatabase();
  // A test may break the connections; an idle one tells the pool so.
  database.pool.on("error", () => undefined);
  const prefix = uniquePrefix();
  const destination = await startDestination(prefix);
  const clock = createAdjustableClock();
  const begin = async (port: number) => {
    const log = createLog("fatal");
    const parts = { pool: database.pool, clock, ...secrets, log, control: true };
    const service = createQstash({ ...parts, ...(options && { options }) });
    await service.start();
    return { service, listener: await listen(service.app, port) };
  };
  const first = await begin(0);
  const { url, port } = first.listener;
  let running: typeof first | undefined = first;
  const stop = async () => {
    await running?.listener.close();
    await running?.service.stop();
    running = undefined;
  };
  const speaking = speak(url, prefix);
  return {
    ...speaking,
    destination,
    clock,
    database,
    async metered(name) {
      const usage: unknown = await (await speaking.call("GET", "/__local/usage")).json();
      const amount = typeof usage === "object" && usage !== null ? Reflect.get(usage, name) : undefined;
      return typeof amount === "number" ? amount : 0;
    },
    stop,
    async start() {
      running = await begin(port);
    },
    async close() {
      await stop();
      await destination.close();
      await database.drop();
    },
  };
}

function speak(url: string, prefix: string): Pick<QstashTarget, "url" | "client" | "name" | "call"> {
  return {
    url,
    client: new Client({ baseUrl: url, token: secrets.token, enableTelemetry: false, retry: false }),
    name: (what) => `${prefix}.${what}`,
    call: (method, path, { headers, body } = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${secrets.token}`, ...headers },
        ...(body !== undefined && { body }),
      }),
  };
}
