import pino, { type Logger } from "pino";

/** The structured logger; children carry run, step and trace ids. */
export type Log = Logger;

/** A JSON logger to standard output. Tokens and authorisation headers are never written. */
export function createLog(level: string): Log {
  return pino({
    level,
    redact: {
      paths: ["*.authorization", "*.token", "*.secret", "authorization", "token", "secret"],
      censor: "[redacted]",
    },
  });
}
