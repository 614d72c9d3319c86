import pg from "pg";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import { createLog } from "../../src/kernel/log.ts";
import { listen } from "../../src/local/kit/listen.ts";
import { createVector } from "../../src/local/vector/create-vector.ts";
import { defaultIndexName } from "../../src/local/vector/index-settings.ts";

/**
 * The local Vector as a process of its own. Arguments: the database, the token, the dimension. It tells its
 * address.
 */
const [, , connectionString, token = "", dimension] = process.argv;
const service = createVector({
  pool: new pg.Pool({ connectionString, max: 20 }),
  clock: createAdjustableClock(),
  log: createLog("error"),
  token,
  indexes: [
    { name: defaultIndexName, dense: { dimension: Number(dimension), similarityFunction: "COSINE" } },
  ],
});
await service.start();
const listener = await listen(service.app, 0);
process.send?.({ url: listener.url });
process.on("disconnect", () => process.exit());
