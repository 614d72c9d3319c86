import pino, { type DestinationStream, type Logger } from "pino";
import { describeError } from "./describe-error.ts";

/** The structured logger. */
export type Log = Logger;

/**
 * A JSON logger. Tokens and authorisation headers are never written, and of an error only what is known to
 * carry neither document text nor secrets (describeError).
 * @param destination standard output when it is left out
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    serializers: { err: (thrown: unknown) => describeError(thrown) },
    redact: {
      paths: ["*.authorization", "*.token", "*.secret", "authorization", "token", "secret"],
      censor: "[redacted]",
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
