import pino from "pino";
import type { Log } from "../../kernel/log.ts";

/** A log of warnings and errors to a file, so that the terminal stays with what a person reads. */
export function createFileLog(path: string): Log {
  return pino({ level: "warn" }, pino.destination({ dest: path, append: true, sync: true, mode: 0o600 }));
}
