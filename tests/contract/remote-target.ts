import { z } from "zod";

/** The variable by which `npm run contract` tells its test files what to run against; unset: the stand-ins. */
export const targetVariable = "WAYBILL_CONTRACT_TARGET";

/** How a service at a URL is named. */
const remoteTargetSchema = z.strictObject({
  url: z.url(),
  /** Where the service sends deliveries, and the local port that they are forwarded to. */
  destination: z.strictObject({ url: z.url(), port: z.number() }).optional(),
  /** Whether a test may act on everything in the account. */
  exclusive: z.boolean(),
  /** Features of the account's plan, as tests name them. */
  plan: z.array(z.string()),
  /** The gateway's model to embed with. */
  model: z.string().optional(),
});

/** A service at a URL. */
export type RemoteTarget = z.output<typeof remoteTargetSchema>;

/** What the suite runs against; undefined: the local stand-ins. */
export const remote: RemoteTarget | undefined = readTarget(process.env[targetVariable]);

function readTarget(json: string | undefined): RemoteTarget | undefined {
  return json === undefined ? undefined : remoteTargetSchema.parse(JSON.parse(json));
}

/**
 * A credential of a remote target.
 * @throws Error naming the variable when it is not set
 */
export function credential(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the service asks for it.`);
  return value;
}
