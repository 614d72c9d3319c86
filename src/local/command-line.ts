import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";

/** What the flags say. */
export interface Flags {
  /** The wanted port of the console; undefined: the one of the last start, or 3000. */
  readonly port?: number | undefined;
  readonly data: string;
  readonly fresh: boolean;
  readonly control: boolean;
  readonly sample: boolean;
}

const flagsSchema = z.object({
  port: z.number().optional(),
  data: z.string(),
  fresh: z.boolean().default(false),
  control: z.boolean().default(false),
  sample: z.boolean().default(false),
});

/** Reads the flags of `npm start` and `npm run local`; ends the process when they are wrong. */
export function readFlags(
  argv: readonly string[],
  what: { name: string; description: string; withConsole: boolean },
): Flags {
  const command = new Command(what.name)
    .description(what.description)
    .option("--port <number>", "the port of the console; the next free one when it is taken", readPort)
    .option("--data <folder>", "where the data lies", ".waybill")
    .option("--fresh", "begin with empty data")
    .option("--control", "let tests and the inspector inject faults and advance the clock");
  if (what.withConsole) command.option("--sample", "ingest the sample documents");
  return flagsSchema.parse(command.parse([...argv], { from: "user" }).opts());
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new InvalidArgumentError("A port is a number from 1 to 65535.");
}
