import { type ErrorCode, errorCodes } from "./error-codes.ts";

/** Facts about one failure that a person or a program can use; plain JSON, never document text or a secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** Known to every copy of this module in a process. */
const brand = Symbol.for("waybill.error");

/**
 * The one error class of Waybill. `message` is for the log; `publicMessage` is the sentence a person reads,
 * taken from the table of codes unless a better one is given.
 */
export class WaybillError extends Error {
  /**
   * A bundle for a server holds this class more than once, and an error of one copy is caught by another:
   * `instanceof` asks for the brand and not for the copy.
   */
  static override [Symbol.hasInstance](thrown: unknown): thrown is WaybillError {
    return typeof thrown === "object" && thrown !== null && brand in thrown;
  }

  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly publicMessage: string;
  readonly details: ErrorDetails;
  /** How long the caller should wait before it tries again, in seconds, when that is known. */
  readonly retryAfterSec: number | undefined;

  constructor(
    code: ErrorCode,
    options: {
      message?: string;
      internal?: string;
      details?: ErrorDetails;
      retryAfterSec?: number;
      cause?: unknown;
    } = {},
  ) {
    const publicMessage = options.message ?? errorCodes[code].sentence;
    super(options.internal ?? publicMessage, { cause: options.cause });
    this.name = "WaybillError";
    this.code = code;
    this.publicMessage = publicMessage;
    this.details = options.details ?? {};
    this.retryAfterSec = options.retryAfterSec;
  }

  /** The HTTP status that an API answers with. */
  get status(): number {
    return errorCodes[this.code].status;
  }

  /** True when a job that met this error may be tried again. */
  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/**
 * Any thrown value as a WaybillError: unknown ones become `internal_error` with the original as cause. Its
 * message is left there, as nobody knows what it quotes.
 */
export function toWaybillError(thrown: unknown): WaybillError {
  if (thrown instanceof WaybillError) return thrown;
  const internal = `an unexpected ${thrown instanceof Error ? thrown.name : typeof thrown}`;
  return new WaybillError("internal_error", { internal, cause: thrown });
}

/** The body of every refused request: `{ error: { code, message, details } }`. */
function errorBody(error: WaybillError): {
  error: { code: ErrorCode; message: string; details: ErrorDetails };
} {
  return { error: { code: error.code, message: error.publicMessage, details: error.details } };
}

/** A refused request as an HTTP answer, with `Retry-After` when the wait is known. */
export function errorResponse(error: WaybillError): Response {
  const headers: Record<string, string> = {};
  if (error.retryAfterSec !== undefined) headers["Retry-After"] = String(Math.ceil(error.retryAfterSec));
  return Response.json(errorBody(error), { status: error.status, headers });
}
