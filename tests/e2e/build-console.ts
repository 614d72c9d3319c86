import { fileURLToPath } from "node:url";
import { systemClock } from "../../src/kernel/clock.ts";
import { buildIfChanged } from "../../src/local/launch/build-if-changed.ts";

/** A cold build on a machine that does much else takes minutes; this long no build takes. */
const longestBuildMs = 30 * 60_000;

/** Builds the console before the first test, so that no test's time-out has to leave room for a build. */
export default async function buildConsole(): Promise<void> {
  await buildIfChanged({
    projectDir: fileURLToPath(new URL("../../", import.meta.url)),
    env: {},
    clock: systemClock,
    signal: AbortSignal.timeout(longestBuildMs),
    onBuild: () => process.stdout.write("Building the console.\n"),
  });
}
