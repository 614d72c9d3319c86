import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";

/** A started Waybill, as `npm start` starts it. */
export interface Product {
  readonly url: string;
  /** The link that makes the first admin; null where there are people already. */
  readonly firstAdminUrl: string | null;
  readonly apiKey: string;
  /** The stand-in of the AI Gateway. */
  readonly gatewayUrl: string;
  /** The stand-in of QStash. */
  readonly qstashUrl: string;
  readonly inspectorUrl: string;
  /** The key that the product has for its gateway. */
  readonly gatewayKey: string;
  readonly qstashToken: string;
  /** Its vector index, as its REST API takes it. */
  readonly vector: { readonly url: string; readonly token: string };
  /** Its database, as `openDatabase` takes it. */
  readonly database: { readonly url: string; readonly wsProxy: string };
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it between two statements: the start and everything that it started. */
  kill(): Promise<void>;
}

/** A data folder of one's own. */
export async function createDataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "waybill-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * Starts the product on a data folder and resolves when it says that it is ready.
 * @param options.port where the console listens, or on the next one that is free
 * @param options.control lets the test inject faults into the stand-ins
 */
export async function startProduct(
  data: string,
  options: { control?: boolean; port?: number } = {},
): Promise<Product> {
  const { control, port = 4500 } = options;
  const flags = ["--data", data, "--port", String(port), ...(control ? ["--control"] : [])];
  const child = spawn(process.execPath, ["src/local/start.ts", ...flags], {
    // A group of its own, so that a hard stop takes everything.
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = await readUntilReady(child);
  const firstAdminUrl = /First admin\s+(\S+)/.exec(output)?.[1] ?? null;
  const settings = z
    .object({
      WAYBILL_URL: z.string(),
      WAYBILL_API_KEY: z.string(),
      AI_GATEWAY_BASE_URL: z.string(),
      AI_GATEWAY_API_KEY: z.string(),
      QSTASH_URL: z.string(),
      QSTASH_TOKEN: z.string(),
      UPSTASH_VECTOR_REST_URL: z.string(),
      UPSTASH_VECTOR_REST_TOKEN: z.string(),
      DATABASE_URL: z.string(),
      DATABASE_WS_PROXY: z.string(),
      WAYBILL_INSPECTOR_URL: z.string(),
    })
    .parse(parseEnv(await readFile(join(data, "local.env"), "utf8")));
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    if (signal === "SIGKILL") process.kill(-(child.pid ?? 0), signal);
    else child.kill(signal);
    await exited;
  };
  return {
    url: settings.WAYBILL_URL,
    apiKey: settings.WAYBILL_API_KEY,
    gatewayUrl: settings.AI_GATEWAY_BASE_URL,
    qstashUrl: settings.QSTASH_URL,
    inspectorUrl: settings.WAYBILL_INSPECTOR_URL,
    gatewayKey: settings.AI_GATEWAY_API_KEY,
    qstashToken: settings.QSTASH_TOKEN,
    vector: { url: settings.UPSTASH_VECTOR_REST_URL, token: settings.UPSTASH_VECTOR_REST_TOKEN },
    database: { url: settings.DATABASE_URL, wsProxy: settings.DATABASE_WS_PROXY },
    firstAdminUrl,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

function readUntilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    // Read to the end: a pipe that is closed early would break what is said later.
    child.stdout?.on("data", (text) => {
      output += String(text);
      if (output.includes("Ctrl-C")) resolve(output);
    });
    child.once("exit", () => reject(new Error(`Waybill did not start:\n${output}`)));
  });
}

/** Asks the API of a product. */
export async function ask<Schema extends z.ZodType>(
  product: Product,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await fetch(product.url + path, {
    headers: { Authorization: `Bearer ${product.apiKey}` },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return schema.parse(await response.json());
}
