import { systemClock } from "../kernel/clock.ts";
import { readFlags } from "./command-line.ts";
import { startConsole } from "./console.ts";
import { localEnvPath } from "./launch/local-env.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { startStack } from "./stack.ts";
import { printTable, say } from "./table.ts";

/** `npm start`: the local stack and the console in front of it, until Ctrl-C. */
const flags = readFlags(process.argv.slice(2), {
  name: "npm start --",
  description: "Starts the local stack and the console.",
  withConsole: true,
});
process.exitCode = await runUntilStopped({ ...flags, clock: systemClock }, async (folder, started) => {
  const stackOptions = { folder, consolePort: flags.port, control: flags.control };
  const stack = await started.part(startStack(stackOptions), (running) => running.stop());
  started.watch(stack.postgresEnded.then(() => "Postgres has ended; its log is postgres/postgres.log."));
  if (flags.port !== undefined && flags.port !== stack.consolePort) {
    say(`Port ${flags.port} is taken: the console is on ${stack.consolePort}.`);
  }
  const console = await started.part(
    startConsole({ stack, folder, sample: flags.sample, signal: started.signal, say }),
    (running) => running.stop(),
  );
  // Deliveries end first: the console finishes what it has been given, and is given no more.
  started.part(Promise.resolve(), stack.stopQstash);
  started.watch(console.ended.then((log) => `The console has ended:\n${log}`));
  printTable("Waybill is ready.", [
    [
      ["Console", console.url],
      console.firstAdminUrl === null
        ? ["Sign in", `${console.url}/sign-in`]
        : ["First admin", `${console.firstAdminUrl}  (works once)`],
      ["API key", `WAYBILL_API_KEY in ${localEnvPath(folder.path)}`],
      ["Data", folder.path],
    ],
    stack.addresses.map(({ name, url }) => [name, url] as const),
    [["Stop", "Ctrl-C; the next start finds everything as it was"]],
  ]);
});
process.exit();
