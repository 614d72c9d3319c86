import { mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { buildIfChanged, nextProgram } from "./launch/build-if-changed.ts";
import { type RunningProgram, runToEnd, startProgram } from "./launch/child.ts";
import type { DataFolder } from "./launch/data-folder.ts";
import { StartError } from "./launch/start-error.ts";
import type { Stack } from "./stack.ts";

const projectDir = fileURLToPath(new URL("../../", import.meta.url));
const pollMs = 50;
const setupOutput = z.object({ firstAdminUrl: z.url().nullable() });

/** The console, answering. */
export interface RunningConsole {
  readonly url: string;
  /** Makes the first admin, once; null where there are people already. */
  readonly firstAdminUrl: string | null;
  /** Resolves when the console has ended, with the end of its log. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** What the console is started with. */
export interface ConsoleOptions {
  readonly stack: Stack;
  readonly folder: DataFolder;
  /** Ingests the sample documents when all is ready. */
  readonly sample: boolean;
  /** Gives the start up. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/**
 * Builds the app if its sources changed, brings the schema up to date, starts the app, lets QStash deliver,
 * and sets the deployment up.
 * @throws StartError with the end of the output of what failed
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { stack, folder, say, signal } = options;
  const { env } = stack;
  const clock = systemClock;
  const migrated = runToEnd({ args: ["src/cli/migrate.ts"], env }, signal);
  // Awaited below; until then a build that fails must be what is reported.
  migrated.catch(() => undefined);
  const onBuild = () => say("Building the console: at the first start, and when its sources have changed.");
  await buildIfChanged({ projectDir, env, clock, signal, onBuild });
  const server = startProgram(
    { args: [nextProgram, "start", "-p", String(stack.consolePort), "-H", "127.0.0.1"], env },
    folder.consoleLog,
    clock,
  );
  try {
    // Messages of an earlier start may be due: there must be a schema, and someone to take them.
    await Promise.all([migrated, untilListens(server, stack.consolePort, clock, signal)]);
    await stack.startQstash();
    const url = env.WAYBILL_URL ?? "";
    const [setup] = await Promise.all([
      runToEnd({ args: ["src/cli/setup.ts"], env }, signal),
      untilAnswers(server, url, clock, signal),
    ]);
    const { firstAdminUrl } = setupOutput.parse(JSON.parse(setup.trim().split("\n").at(-1) ?? ""));
    if (options.sample) await ingestSamples(options);
    else void makeSamples(options);
    return { url, firstAdminUrl, ended: server.ended, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Makes the sample documents for the empty console to offer; where that fails it offers none. */
async function makeSamples({ stack, folder, say, signal }: ConsoleOptions): Promise<void> {
  try {
    await mkdir(folder.samples, { recursive: true });
    await runToEnd({ args: ["src/cli/sample.ts", "--make-only"], env: stack.env }, signal);
  } catch {
    if (!signal.aborted) say("The sample documents could not be made; the console offers none.");
  }
}

/** A sample that is refused is said so, and is no reason to end a console that works. */
async function ingestSamples({ stack, folder, say, signal }: ConsoleOptions): Promise<void> {
  say("Ingesting the sample documents:");
  await mkdir(folder.samples, { recursive: true });
  try {
    say((await runToEnd({ args: ["src/cli/sample.ts"], env: stack.env }, signal)).trimEnd());
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    say(error.message);
  }
}

/** The port is open; a request that comes now waits until its page is loaded. */
function untilListens(
  server: RunningProgram,
  port: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  return unlessEnded(server, async () => {
    while (!(await connects(port))) await pause(clock, signal);
  });
}

/** Any answer but a server error will do: the page itself may ask to sign in. */
function untilAnswers(server: RunningProgram, url: string, clock: Clock, signal: AbortSignal): Promise<void> {
  return unlessEnded(server, async () => {
    while ((await statusOf(`${url}/sign-in`)) >= 500) await pause(clock, signal);
  });
}

async function statusOf(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { redirect: "manual" });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 503;
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

async function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  await clock.wait(pollMs, signal);
  signal.throwIfAborted();
}

async function unlessEnded(server: RunningProgram, wait: () => Promise<void>): Promise<void> {
  const ended = server.ended.then((log) => {
    throw new StartError(`The console did not start:\n${log}`);
  });
  await Promise.race([wait(), ended]);
}
