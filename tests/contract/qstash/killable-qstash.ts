import { spawn } from "node:child_process";
import { once } from "node:events";
import { Client } from "@upstash/qstash";
import { secrets } from "./secrets.ts";

/** The stand-in as a process of its own. */
export interface KillableQstash {
  readonly client: Client;
  /** Moves its clock ahead. */
  advance(ms: number): Promise<void>;
  /** How many attempts it has metered. */
  metered(): Promise<number>;
  /** Ends it by SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts it over a database. */
export async function startKillable(databaseUrl: string): Promise<KillableQstash> {
  const script = new URL("qstash-process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, databaseUrl], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const [line] = await once(child.stdout, "data");
  const url = String(line).trim();
  return {
    client: new Client({ baseUrl: url, token: secrets.token, enableTelemetry: false, retry: false }),
    async advance(ms) {
      await fetch(`${url}/__local/clock/advance`, { method: "POST", body: JSON.stringify({ ms }) });
    },
    async metered() {
      const usage: unknown = await (await fetch(`${url}/__local/usage`)).json();
      return Number(Reflect.get(Object(usage), "messages") ?? 0);
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
