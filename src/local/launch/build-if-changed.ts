import { createHash } from "node:crypto";
import { access, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import { runToEnd } from "./child.ts";
import { takePidLock } from "./pid-lock.ts";

const sources = [
  "src/**/*",
  "dashboards/*",
  "public/**/*",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
];
const pollMs = 500;

/** The `next` program of this project. */
export const nextProgram = createRequire(import.meta.url).resolve("next/dist/bin/next");

/**
 * Builds the app unless the last build was made of the same sources. Of two starts at once one builds and
 * the other waits.
 * @param options.onBuild called when a build begins
 * @throws StartError with the end of the output when the build fails
 */
export async function buildIfChanged(options: {
  projectDir: string;
  env: Readonly<Record<string, string>>;
  clock: Clock;
  signal: AbortSignal;
  onBuild(): void;
}): Promise<void> {
  const buildDir = join(options.projectDir, ".next");
  const hashFile = join(buildDir, "waybill-build-hash");
  const hash = await hashSources(options.projectDir);
  const isBuilt = async () =>
    (await readFile(hashFile, "utf8").catch(() => "")) === hash && (await exists(join(buildDir, "BUILD_ID")));
  if (await isBuilt()) return;

  await mkdir(buildDir, { recursive: true });
  let lock = await takePidLock(join(buildDir, "waybill-build.lock"));
  while (!lock) {
    await options.clock.wait(pollMs, options.signal);
    options.signal.throwIfAborted();
    lock = await takePidLock(join(buildDir, "waybill-build.lock"));
  }
  try {
    if (await isBuilt()) return;
    options.onBuild();
    await rm(hashFile, { force: true });
    const env = { ...options.env, NEXT_TELEMETRY_DISABLED: "1" };
    await runToEnd({ args: [nextProgram, "build"], env }, options.signal);
    await writeFile(hashFile, hash);
  } finally {
    await lock.release();
  }
}

/** What the app is built of; the stand-ins, the commands and the tests are no part of it. */
async function hashSources(projectDir: string): Promise<string> {
  const paths: string[] = [];
  for await (const entry of glob(sources, { cwd: projectDir, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !/\/src\/(local|cli)\/|\.test\.tsx?$/.test(path)) paths.push(path);
  }
  const hash = createHash("sha256");
  for (const path of paths.sort()) {
    hash
      .update(path.slice(projectDir.length))
      .update("\0")
      .update(await readFile(path))
      .update("\0");
  }
  return hash.digest("hex");
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
