import type { ErrorCode } from "../../kernel/error-codes.ts";
import { type ErrorDetails, WaybillError } from "../../kernel/errors.ts";

/** The codes with which a document is refused. */
export type DocumentErrorCode = Extract<ErrorCode, `document_${string}`>;

/** A document that cannot be read: an expected outcome, final at the first attempt. */
export interface DocumentRejection {
  readonly kind: "rejected";
  readonly code: DocumentErrorCode;
  readonly details: ErrorDetails;
}

/** A rejection as a value. */
export function rejectDocument(code: DocumentErrorCode, details: ErrorDetails = {}): DocumentRejection {
  return { kind: "rejected", code, details };
}

/** The same as an error, for parsers that meet it deep inside; the worker turns it into a value. */
export function documentError(
  code: DocumentErrorCode,
  details: ErrorDetails = {},
  cause?: unknown,
): WaybillError {
  return new WaybillError(code, { details, cause });
}

/** The rejection that a thrown error stands for, or undefined when it is a fault of ours. */
export function rejectionOf(thrown: unknown): DocumentRejection | undefined {
  if (thrown instanceof WaybillError) {
    return isDocumentCode(thrown.code) ? rejectDocument(thrown.code, thrown.details) : undefined;
  }
  // A parser that recursed as deep as the document is nested.
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) {
    return rejectDocument("document_too_complex");
  }
  // Strings and arrays beyond what the engine can hold.
  if (thrown instanceof RangeError) return rejectDocument("document_out_of_memory");
  return undefined;
}

function isDocumentCode(code: ErrorCode): code is DocumentErrorCode {
  return code.startsWith("document_");
}
