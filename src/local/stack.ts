import { join } from "node:path";
import pg from "pg";
import { type AdjustableClock, createAdjustableClock, systemClock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { blobApiPath, createBlob } from "./blob/create-blob.ts";
import { createGatewayStandIn, gatewayBasePath } from "./gateway/create-gateway.ts";
import { lexicalModel } from "./gateway/entities.ts";
import { createInspector } from "./inspector/create-inspector.ts";
import type { InspectedStack, ServiceName } from "./inspector/inspected.ts";
import { type Listener, listen } from "./kit/listen.ts";
import type { LocalService } from "./kit/service.ts";
import { chooseServicePorts, nextFreePort, type ServicePorts } from "./launch/choose-ports.ts";
import type { DataFolder } from "./launch/data-folder.ts";
import { createFileLog } from "./launch/file-log.ts";
import { type LocalEnv, portOf, readLocalEnv, writeLocalEnv } from "./launch/local-env.ts";
import { keepOrMakeSecrets, type Secrets } from "./launch/secrets.ts";
import { startBridge } from "./postgres/bridge.ts";
import { productDatabase, standInsDatabase, startPostgres } from "./postgres/start-postgres.ts";
import { createQstash } from "./qstash/create-qstash.ts";
import { readSigningKeys } from "./qstash/store/signing-keys.ts";
import { createVector } from "./vector/create-vector.ts";
import { readIndexFile } from "./vector/index-file.ts";
import type { IndexSettings } from "./vector/index-settings.ts";
import { indexesPath } from "./vector/routes.ts";

/**
 * The local stack: Postgres with its bridge, the stand-ins for QStash, Upstash Vector, AI Gateway and Vercel
 * Blob, and the inspector, in one process and on loopback. It imports the kernel and never the product.
 */
export interface Stack {
  /** What `local.env` says. */
  readonly env: LocalEnv;
  readonly consolePort: number;
  /** Where each service answers, for a person to read. */
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
  /** Begins to deliver messages: not before the application can take them. */
  startQstash(): Promise<void>;
  /** Resolves when Postgres has ended, asked or not. */
  readonly postgresEnded: Promise<void>;
  /** Ends deliveries, waiting briefly for those under way; the rest still answers. */
  stopQstash(): Promise<void>;
  /** Ends everything else, Postgres last. */
  stop(): Promise<void>;
}

/** What a stack is started with. */
export interface StackOptions {
  readonly folder: DataFolder;
  /** The wanted port of the console; the next free one is taken instead. */
  readonly consolePort: number | undefined;
  /** Lets tests and the inspector advance the clock and inject faults. */
  readonly control: boolean;
}

const defaultConsolePort = 3000;
const at = (port: number) => `http://127.0.0.1:${port}`;
type Ports = ServicePorts & { readonly console: number };

/** Starts all but QStash and writes `local.env`. When a part fails, what was started is stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    return { ...(await startParts(options, (stopPart) => stops.push(stopPart))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  { folder, consolePort, control }: StackOptions,
  onStop: (stop: () => Promise<void>) => void,
): Promise<Omit<Stack, "stop">> {
  const log = createFileLog(folder.standInsLog);
  const indexes = await readIndexFile(join(folder.path, "vector-indexes.json"));
  const clock = createAdjustableClock();
  const before = await readLocalEnv(folder.path);
  const ports = await findPorts(before, consolePort);

  const postgres = await startPostgres({ dataDir: folder.postgres, port: ports.postgres, log, clock });
  onStop(postgres.stop);
  const bridge = await startBridge({ port: ports.bridge, postgresPort: ports.postgres });
  onStop(bridge.stop);
  const databaseUrl = postgres.url(productDatabase);
  const pool = new pg.Pool({ connectionString: postgres.url(standInsDatabase), max: 20 });
  pool.on("error", (error) => log.warn(error, "an idle connection of the stand-ins broke"));
  onStop(() => pool.end());
  const secrets = keepOrMakeSecrets(before, await readSigningKeys(pool));
  const env = variablesOf({ ports, secrets, databaseUrl, wsProxy: bridge.wsProxy, folder });
  await writeLocalEnv(folder.path, env);

  const parts = { pool, clock, log, control };
  const since = new Map<string, Date>();
  const serveUntilStop = async (service: LocalService, port: number) => {
    onStop(await serve(service, port));
    since.set(service.name, systemClock.now());
  };
  const inspected = inspectedStack({ env, ports, secrets, indexes, since: (name) => since.get(name) });
  const inspector = await listen(createInspector({ ...parts, stack: inspected }), ports.inspector);
  onStop(inspector.close);
  await Promise.all([
    serveUntilStop(
      createVector({ ...parts, indexes, token: secrets.UPSTASH_VECTOR_REST_TOKEN }),
      ports.vector,
    ),
    serveUntilStop(createGatewayStandIn({ ...parts, apiKey: secrets.AI_GATEWAY_API_KEY }), ports.gateway),
    serveUntilStop(
      createBlob({ ...parts, token: secrets.BLOB_READ_WRITE_TOKEN, folder: folder.blob }),
      ports.blob,
    ),
  ]);
  const qstash = createQstashServer({ ...parts, secrets, port: ports.qstash });
  onStop(qstash.stop);
  return {
    env,
    consolePort: ports.console,
    addresses: addressesOf(env, ports),
    startQstash: async () => {
      await qstash.start();
      since.set("qstash", systemClock.now());
    },
    stopQstash: qstash.stop,
    postgresEnded: postgres.exited,
  };
}

function addressesOf(env: LocalEnv, ports: Ports): Stack["addresses"] {
  return [
    { name: "Postgres", url: `127.0.0.1:${ports.postgres}` },
    { name: "QStash", url: env.QSTASH_URL ?? "" },
    { name: "Vector", url: env.UPSTASH_VECTOR_REST_URL ?? "" },
    { name: "AI Gateway", url: `${env.AI_GATEWAY_BASE_URL}  (lexical stand-in, no language model)` },
    { name: "Blob", url: env.VERCEL_BLOB_API_URL ?? "" },
    { name: "Inspector", url: env.WAYBILL_INSPECTOR_URL ?? "" },
  ];
}

function inspectedStack(options: {
  env: LocalEnv;
  ports: Ports;
  secrets: Secrets;
  indexes: readonly IndexSettings[];
  since(name: ServiceName): Date | undefined;
}): InspectedStack {
  const { env, ports, secrets, indexes } = options;
  const service = (name: ServiceName, title: string, variable: string) => ({
    ...{ name, title, address: env[variable] ?? "", url: at(ports[name]) },
    since: () => options.since(name),
  });
  const token = secrets.UPSTASH_VECTOR_REST_TOKEN;
  return {
    services: [
      service("qstash", "QStash", "QSTASH_URL"),
      service("vector", "Vector", "UPSTASH_VECTOR_REST_URL"),
      service("gateway", "AI Gateway", "AI_GATEWAY_BASE_URL"),
      service("blob", "Blob", "VERCEL_BLOB_API_URL"),
    ],
    postgresAddress: `127.0.0.1:${ports.postgres}`,
    applicationUrl: at(ports.console),
    qstashToken: secrets.QSTASH_TOKEN,
    indexes: indexes.map(({ name }) => ({ name, url: `${at(ports.vector)}${indexesPath}/${name}`, token })),
  };
}

async function findPorts(before: LocalEnv, wanted: number | undefined): Promise<Ports> {
  const console = await nextFreePort(wanted ?? portOf(before, "WAYBILL_URL") ?? defaultConsolePort);
  const services = await chooseServicePorts({
    postgres: portOf(before, "DATABASE_URL"),
    bridge: portOf(before, "DATABASE_WS_PROXY"),
    qstash: portOf(before, "QSTASH_URL"),
    vector: portOf(before, "UPSTASH_VECTOR_REST_URL"),
    gateway: portOf(before, "AI_GATEWAY_BASE_URL"),
    blob: portOf(before, "VERCEL_BLOB_API_URL"),
    inspector: portOf(before, "WAYBILL_INSPECTOR_URL"),
  });
  return { ...services, console };
}

function variablesOf(input: {
  ports: Ports;
  secrets: Secrets;
  databaseUrl: string;
  wsProxy: string;
  folder: DataFolder;
}): LocalEnv {
  const { ports, secrets } = input;
  return {
    DATABASE_URL: input.databaseUrl,
    DATABASE_WS_PROXY: input.wsProxy,
    QSTASH_URL: at(ports.qstash),
    UPSTASH_VECTOR_REST_URL: at(ports.vector),
    AI_GATEWAY_BASE_URL: at(ports.gateway) + gatewayBasePath,
    // By name: only for `http://localhost` does the SDK in a browser know that HTTP/1.1 cannot stream a body.
    VERCEL_BLOB_API_URL: `http://localhost:${ports.blob}${blobApiPath}`,
    WAYBILL_URL: at(ports.console),
    WAYBILL_INSPECTOR_URL: at(ports.inspector),
    WAYBILL_METER_URLS: `vector=${at(ports.vector)}/__local/usage,blob=${at(ports.blob)}/__local/usage`,
    WAYBILL_EMBEDDING_MODEL: lexicalModel.id,
    WAYBILL_EMBEDDING_DIMENSIONS: String(lexicalModel.dimensions),
    WAYBILL_SAMPLES_DIR: input.folder.samples,
    ...secrets,
  };
}

async function serve(service: LocalService, port: number): Promise<() => Promise<void>> {
  await service.start();
  const listener = await listen(service.app, port);
  return async () => {
    await listener.close();
    await service.stop();
  };
}

function createQstashServer(options: {
  pool: pg.Pool;
  clock: AdjustableClock;
  log: Log;
  control: boolean;
  secrets: Secrets;
  port: number;
}): { start(): Promise<void>; stop(): Promise<void> } {
  const { secrets, port, ...parts } = options;
  const service = createQstash({
    ...parts,
    token: secrets.QSTASH_TOKEN,
    readOnlyToken: secrets.QSTASH_READONLY_TOKEN,
    currentSigningKey: secrets.QSTASH_CURRENT_SIGNING_KEY,
    nextSigningKey: secrets.QSTASH_NEXT_SIGNING_KEY,
  });
  let listener: Listener | undefined;
  return {
    async start() {
      await service.start();
      listener = await listen(service.app, port);
    },
    async stop() {
      if (!listener) return;
      await service.stop();
      await listener.close();
      listener = undefined;
    },
  };
}
