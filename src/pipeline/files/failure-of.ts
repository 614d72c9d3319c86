import { type ErrorCode, errorCodes } from "../../kernel/error-codes.ts";

/** A code with the sentence a person reads: the one that was stored with the failure, else the code's own. */
export function failureOf(
  code: string | null,
  storedMessage: string | null = null,
): { errorCode: string | null; errorMessage: string | null } {
  if (code === null) return { errorCode: null, errorMessage: null };
  return { errorCode: code, errorMessage: storedMessage ?? sentenceOf(code) };
}

function sentenceOf(code: string): string | null {
  return isErrorCode(code) ? errorCodes[code].sentence : null;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
