import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { readEnv } from "../kernel/env.ts";
import { incidentClientOf } from "./incident/incident-client.ts";
import { seedIncident } from "./incident/seed-incident.ts";

const optionsSchema = z.object({
  failures: z.number(),
  healthy: z.number(),
  poison: z.number(),
  held: z.number(),
  mend: z.boolean().default(false),
});

/** `npm run seed:incident`: makes an incident in the product that runs locally; see its `--help`. */
const command = new Command("npm run seed:incident --")
  .description(
    "Makes an incident in the Waybill that `npm start -- --control` runs: an outage of the gateway with three\n" +
      "causes, an exhausted budget, a stuck file and poison files. The outage goes on until --mend.",
  )
  .option("--failures <n>", "files that the outage fails", readCount, 2_000)
  .option("--healthy <n>", "files that succeed before it", readCount, 50)
  .option("--poison <n>", "damaged files that fail three times", readCount, 5)
  .option("--held <n>", "files that the budget holds", readCount, 5)
  .option("--mend", "end the outage, and make nothing");
const { mend, ...size } = optionsSchema.parse(command.parse().opts());

const env = readEnv();
const client = incidentClientOf({
  url: env.WAYBILL_URL,
  apiKey: env.WAYBILL_API_KEY,
  gatewayUrl: z.url().parse(env.AI_GATEWAY_BASE_URL),
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (mend) {
  await client.mendGateway();
  say("The gateway answers again.");
} else {
  await seedIncident(client, size, say);
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError("A whole number is wanted.");
}
