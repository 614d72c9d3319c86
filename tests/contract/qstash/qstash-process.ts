import pg from "pg";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { listen } from "../../../src/local/kit/listen.ts";
import { createQstash } from "../../../src/local/qstash/create-qstash.ts";
import { secrets } from "./secrets.ts";

/** The stand-in as a process of its own, so that a test can kill it. Its argument is the database. */
const service = createQstash({
  pool: new pg.Pool({ connectionString: process.argv[2] }),
  clock: createAdjustableClock(),
  ...secrets,
  log: createLog("fatal"),
  control: true,
});
await service.start();
const listener = await listen(service.app, 0);
process.stdout.write(`${listener.url}\n`);
