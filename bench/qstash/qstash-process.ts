import { performance } from "node:perf_hooks";
import pg from "pg";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import { listen } from "../../src/local/kit/listen.ts";
import { createQstash } from "../../src/local/qstash/create-qstash.ts";

/**
 * The local QStash as a process of its own. Arguments: the database, the token, how many deliveries may be in
 * flight. It tells its address, and each time it is asked anything, the processor time it has used and how long
 * it has worked on requests that retry dead letters, from their arrival in it to their answer; both in ms.
 */
const [, , connectionString, token = "", maxInFlight] = process.argv;
const service = createQstash({
  pool: new pg.Pool({ connectionString, max: 20 }),
  clock: createAdjustableClock(),
  token,
  currentSigningKey: "sig_current",
  nextSigningKey: "sig_next",
  control: true,
  options: { maxInFlight: Number(maxInFlight) },
});
await service.start();
let retryMs = 0;
const timed = {
  async fetch(...[request, bindings]: Parameters<Parameters<typeof listen>[0]["fetch"]>) {
    const arrivedMs = performance.now();
    const answer = await service.app.fetch(request, bindings);
    if (request.url.includes("/v2/dlq/retry")) retryMs += performance.now() - arrivedMs;
    return answer;
  },
};
const listener = await listen(timed, 0);
process.send?.({ url: listener.url });
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, retryMs });
});
process.on("disconnect", () => process.exit());
