import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** The variables of `local.env` by name. */
export type LocalEnv = Readonly<Record<string, string>>;

/** The file that tells other programs where the local stack is and with which keys. */
export function localEnvPath(dataDir: string): string {
  return join(dataDir, "local.env");
}

/** The variables of the last start; none before the first. */
export async function readLocalEnv(dataDir: string): Promise<LocalEnv> {
  const text = await readFile(localEnvPath(dataDir), "utf8").catch(() => "");
  const entries = Object.entries(parseEnv(text)).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

/** Writes the file for its owner's eyes alone, whole or not at all. */
export async function writeLocalEnv(dataDir: string, variables: LocalEnv): Promise<void> {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const draft = `${localEnvPath(dataDir)}.draft`;
  await writeFile(draft, `${lines.join("\n")}\n`, { mode: 0o600 });
  await rename(draft, localEnvPath(dataDir));
}

/** The port of a variable that holds an address, if it holds one. */
export function portOf(variables: LocalEnv, name: string): number | undefined {
  const address = variables[name];
  if (address === undefined) return undefined;
  const port = Number(/:(\d+)(?:\/|$)/.exec(address)?.[1]);
  return Number.isInteger(port) ? port : undefined;
}
