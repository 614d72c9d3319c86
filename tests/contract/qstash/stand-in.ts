import { Client, type State } from "@upstash/qstash";
import { expect } from "vitest";
import { type AdjustableClock, createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { type Listener, listen } from "../../../src/local/kit/listen.ts";
import type { LocalService } from "../../../src/local/kit/service.ts";
import { createQstash, type QstashOptions } from "../../../src/local/qstash/create-qstash.ts";
import { createEmptyDatabase, type EmptyDatabase } from "../../support/postgres.ts";
import { type Destination, startDestination } from "./destination.ts";
import { secrets } from "./secrets.ts";

/** A stand-in that is being tested, with a destination to deliver to and a clock to move. */
export interface StandIn {
  readonly url: string;
  readonly clock: AdjustableClock;
  readonly destination: Destination;
  readonly database: EmptyDatabase;
  /** The official SDK, speaking to it. */
  readonly client: Client;
  /** Calls it without the SDK, authorised. */
  call(
    method: string,
    path: string,
    init?: { headers?: Record<string, string>; body?: string },
  ): Promise<Response>;
  /** Stops the service; its database stays. */
  stop(): Promise<void>;
  /** Starts it again, at the same address over the same database. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a stand-in over a database of its own. */
export async function startStandIn(options?: QstashOptions): Promise<StandIn> {
  const database = await createEmptyDatabase();
  // A test may break the connections; an idle one tells the pool so.
  database.pool.on("error", () => undefined);
  const destination = await startDestination();
  const clock = createAdjustableClock();
  const begin = async (port: number): Promise<{ service: LocalService; listener: Listener }> => {
    const service = createQstash({
      pool: database.pool,
      clock,
      ...secrets,
      log: createLog("fatal"),
      control: true,
      ...(options && { options }),
    });
    await service.start();
    return { service, listener: await listen(service.app, port) };
  };
  const first = await begin(0);
  const { url, port } = first.listener;
  let running: typeof first | undefined = first;
  const end = async () => {
    await running?.listener.close();
    await running?.service.stop();
    running = undefined;
  };
  return {
    url,
    clock,
    destination,
    database,
    client: new Client({ baseUrl: url, token: secrets.token, enableTelemetry: false, retry: false }),
    call: (method, path, { headers, body } = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${secrets.token}`, ...headers },
        ...(body !== undefined && { body }),
      }),
    stop: end,
    async start() {
      running = await begin(port);
    },
    async close() {
      await end();
      await destination.close();
      await database.drop();
    },
  };
}

/** The states that the log tells of a message, oldest first. */
export async function statesOf(client: Client, messageId: string): Promise<State[]> {
  const { logs } = await client.logs({ messageIds: [messageId] });
  return logs.map((entry) => entry.state).reverse();
}

/** Waits until the log of a message ends with a state, at least `times` such lines in all. */
export async function untilState(client: Client, messageId: string, state: State, times = 1): Promise<void> {
  await expect
    .poll(
      async () => {
        const states = await statesOf(client, messageId);
        return states.at(-1) === state && states.filter((one) => one === state).length >= times;
      },
      { timeout: 8000, interval: 15 },
    )
    .toBe(true);
}

/** What the stand-in has metered under a name. */
export async function metered(standIn: StandIn, name: string): Promise<number> {
  const usage: unknown = await (await standIn.call("GET", "/__local/usage")).json();
  const amount = typeof usage === "object" && usage !== null ? Reflect.get(usage, name) : undefined;
  return typeof amount === "number" ? amount : 0;
}
