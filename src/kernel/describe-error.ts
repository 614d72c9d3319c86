import { WaybillError } from "./errors.ts";

/** An error as it is written to a log. */
export interface ErrorDescription {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly details?: WaybillError["details"];
  /** The calls that led to it, without the message. */
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Deepest chain of causes that is told. */
const mostCauses = 5;

/**
 * What a log may say of an error: its kind, its code, where it came from. A message is told only where it is
 * known to be about the program: those of databases, parsers and providers quote what they were given, which
 * is a document's text or a secret as often as not.
 */
export function describeError(thrown: unknown, causesLeft = mostCauses): ErrorDescription {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const code = codeOf(thrown);
  const message = speaksOfProgram(thrown) ? thrown.message : undefined;
  const stack = callsOf(thrown);
  return {
    type: thrown.name,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(thrown instanceof WaybillError && { details: thrown.details }),
    ...(stack !== undefined && { stack }),
    ...(thrown.cause !== undefined &&
      causesLeft > 0 && { cause: describeError(thrown.cause, causesLeft - 1) }),
  };
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Ours are written for the log; the engine's name identifiers; the system's name a call and an address. */
function speaksOfProgram(error: Error): boolean {
  if (error instanceof WaybillError) return true;
  if (error instanceof TypeError || error instanceof ReferenceError) return true;
  return "syscall" in error;
}

function callsOf(error: Error): string | undefined {
  const stack = error.stack ?? "";
  // The message comes first in it and may have lines that look like calls.
  const calls = stack.slice(stack.indexOf(error.message) + error.message.length).split("\n");
  const told = calls.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
  return told.length === 0 ? undefined : told.join("\n");
}
