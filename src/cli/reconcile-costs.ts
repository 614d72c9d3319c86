import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { readTruth } from "../costs/truth/read-truth.ts";
import { wholeHours } from "../costs/truth/whole-hours.ts";
import { getRuntime } from "../runtime.ts";
import { formatTruth } from "./reconcile/format-truth.ts";

const exitCodes = { agrees: 0, unexplained: 1, incomplete: 2 } as const;
const usualSpanMs = 86_400_000;
const optionsSchema = z.object({
  from: z.date().optional(),
  to: z.date().optional(),
  json: z.boolean().default(false),
});

/** `npm run reconcile-costs`: holds the ledger against what providers metered; see its `--help`. */
const command = new Command("npm run reconcile-costs --")
  .description(
    "Holds the ledger against what the providers metered, and gives the reasons for each difference.\n" +
      "Reads only. Takes whole hours of UTC, as providers report by the hour.",
  )
  .option(
    "--from <time>",
    "from this time on, such as 2026-11-27T00:00:00Z (default: a day before --to)",
    readTime,
  )
  .option("--to <time>", "up to this time (default: now)", readTime)
  .option("--json", "print the answer of GET /api/v1/costs/truth instead")
  .addHelpText(
    "after",
    "\nWhere providers are, and who can be asked, is read from the environment (docs/deploy.md); without one, " +
      "from\nthe local stack's .waybill/local.env.\n\nExit code: 0 nothing is unexplained, 1 something is, " +
      "2 nothing is, but somebody who should have answered did not.",
  );
const options = optionsSchema.parse(command.parse().opts());

const runtime = getRuntime();
try {
  const to = options.to ?? runtime.clock.now();
  const from = options.from ?? new Date(to.getTime() - usualSpanMs);
  const truth = await readTruth(runtime, wholeHours({ from, to }));
  process.stdout.write(options.json ? `${JSON.stringify(truth, null, 2)}\n` : formatTruth(truth));
  process.exitCode = exitCodes[truth.state];
} finally {
  await runtime.close();
}

function readTime(text: string): Date {
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError("A time is written as in 2026-11-27T00:00:00Z.");
}
