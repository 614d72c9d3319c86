/** A refused call, in the form of Vercel Blob: `{ error: { code, message } }`. */
export class BlobError extends Error {
  readonly status: 400 | 403 | 404 | 412 | 413 | 501;
  readonly code: string;

  constructor(status: BlobError["status"], code: string, message: string) {
    super(message);
    this.name = "BlobError";
    this.status = status;
    this.code = code;
  }
}

// The SDK tells its error classes apart by code, and some of them by these very sentences.
export const forbidden = (): BlobError =>
  new BlobError(403, "forbidden", "Access denied, please provide a valid token for this resource.");
export const notFound = (): BlobError => new BlobError(404, "not_found", "The requested blob does not exist");
export const badRequest = (message: string): BlobError => new BlobError(400, "bad_request", message);
export const clientTokenNotAllowed = (): BlobError =>
  new BlobError(
    403,
    "client_token_not_allowed",
    "This operation is not available when using a client token.",
  );
export const tokenExpired = (): BlobError => new BlobError(403, "forbidden", "Token expired");
export const pathnameMismatch = (pathname: string): BlobError =>
  badRequest(`"pathname" ${pathname} does not match the token payload`);
export const contentTypeNotAllowed = (contentType: string): BlobError =>
  badRequest(`contentType "${contentType}" is not allowed`);
export const tooLarge = (limitBytes: number): BlobError =>
  new BlobError(413, "file_too_large", `the file length cannot be greater than ${limitBytes} bytes`);
export const alreadyExists = (): BlobError =>
  badRequest(
    "This blob already exists, use `allowOverwrite: true` if you want to overwrite it. " +
      "Or `addRandomSuffix: true` to generate a unique filename.",
  );
export const preconditionFailed = (): BlobError =>
  new BlobError(412, "precondition_failed", "Precondition failed: ETag mismatch.");
export const notSpoken = (what: string): BlobError =>
  new BlobError(501, "not_implemented", `The local stand-in for Vercel Blob does not speak ${what} yet.`);
