import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { childEnv } from "../../kernel/child-env.ts";
import type { Clock } from "../../kernel/clock.ts";
import { StartError } from "./start-error.ts";

const projectDir = fileURLToPath(new URL("../../../", import.meta.url));
/** Compiled once, each program starts in half the time. */
const compileCache = fileURLToPath(new URL("../../../node_modules/.cache/waybill-compiled", import.meta.url));
const followParent = new URL("./follow-parent.ts", import.meta.url).href;
const killAfterMs = 10_000;
const shownLines = 15;

/** What a Node program is started with. */
export interface Program {
  /** The script and its arguments. */
  readonly args: readonly string[];
  /** Variables set over our own environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 * @returns what it wrote on standard output
 * @throws StartError with the end of its output when it fails; AbortError when it was ended by `signal`
 */
export async function runToEnd(program: Program, signal: AbortSignal): Promise<string> {
  const child = spawnNode(program, ["ignore", "pipe", "pipe", "ipc"], signal);
  let output = "";
  let everything = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    everything += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    everything += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return output;
  throw new StartError(`${program.args.join(" ")} failed:\n${lastLines(everything)}`);
}

/** A program that goes on. */
export interface RunningProgram {
  /** Resolves when it has ended, with the end of what it wrote. */
  readonly ended: Promise<string>;
  /** Asks it to end, and after ten seconds makes it. */
  stop(): Promise<void>;
}

/** Starts a program that writes to a log file of its own. */
export function startProgram(program: Program, logFile: string, clock: Clock): RunningProgram {
  const log = openSync(logFile, "w", 0o600);
  const child = spawnNode(program, ["ignore", log, log, "ipc"]);
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    ended: exited.then(async () => lastLines(await readFile(logFile, "utf8").catch(() => ""))),
    async stop() {
      child.kill("SIGTERM");
      const inTime = new AbortController();
      void clock.wait(killAfterMs, inTime.signal).then(() => child.kill("SIGKILL"));
      await exited;
      inTime.abort();
    },
  };
}

function spawnNode(
  program: Program,
  stdio: ("ignore" | "pipe" | "ipc" | number)[],
  signal?: AbortSignal,
): ChildProcess {
  // A process group of its own, as Ctrl-C must stop things in order; and it ends by itself if we are killed.
  return spawn(process.execPath, ["--import", followParent, ...program.args], {
    env: childEnv({ NODE_COMPILE_CACHE: compileCache, ...program.env }),
    cwd: projectDir,
    detached: true,
    stdio,
    ...(signal && { signal }),
  });
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-shownLines).join("\n");
}
