import { systemClock } from "../kernel/clock.ts";
import { readFlags } from "./command-line.ts";
import { localEnvPath } from "./launch/local-env.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { startStack } from "./stack.ts";
import { printTable } from "./table.ts";

/** `npm run local`: the local stack alone, for an application that is started by other means. */
const flags = readFlags(process.argv.slice(2), {
  name: "npm run local --",
  description: "Starts the stand-ins for the services, without the console.",
  withConsole: false,
});
process.exitCode = await runUntilStopped({ ...flags, clock: systemClock }, async (folder, started) => {
  const stackOptions = { folder, consolePort: flags.port, control: flags.control };
  const stack = await started.part(startStack(stackOptions), (running) => running.stop());
  started.watch(stack.postgresEnded.then(() => "Postgres has ended; its log is postgres/postgres.log."));
  await started.part(stack.startQstash(), stack.stopQstash);
  printTable("The stand-ins are ready.", [
    stack.addresses.map(({ name, url }) => [name, url] as const),
    [
      ["Settings", localEnvPath(folder.path)],
      ["Application", `expected at ${stack.env.WAYBILL_URL}`],
      ["Data", folder.path],
      ["Stop", "Ctrl-C"],
    ],
  ]);
});
process.exit();
