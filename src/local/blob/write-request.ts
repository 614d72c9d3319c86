import { getMimeType } from "hono/utils/mime";
import type { Caller } from "./authorize.ts";
import { badRequest, contentTypeNotAllowed, pathnameMismatch } from "./blob-error.ts";
import { type ClientTokenPayload, maxBlobBytes, type WriteRequest } from "./entities.ts";

const maxPathnameLength = 950;
const oneMonthSec = 30 * 24 * 60 * 60;
const oneMinuteSec = 60;

/**
 * What a PUT or a multipart call asks for. A client's options come from its token alone, whatever its
 * headers say.
 * @throws BlobError when the pathname or the type is not allowed
 */
export function readWriteRequest(request: Request, caller: Caller): WriteRequest {
  const pathname = readPathname(request);
  const allowed = caller.kind === "client" ? caller.allowed : undefined;
  if (allowed && allowed.pathname !== pathname) throw pathnameMismatch(pathname);
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const contentType = header("x-content-type") ?? getMimeType(pathname) ?? "application/octet-stream";
  if (allowed?.allowedContentTypes && !isAllowed(contentType, allowed.allowedContentTypes)) {
    throw contentTypeNotAllowed(contentType);
  }
  return {
    pathname,
    contentType,
    access: header("x-vercel-blob-access") === "private" ? "private" : "public",
    ...(allowed ? optionsOfToken(allowed) : optionsOfHeaders(header)),
  };
}

type Options = Omit<WriteRequest, "pathname" | "contentType" | "access">;

function optionsOfToken(allowed: ClientTokenPayload): Options {
  return {
    addRandomSuffix: allowed.addRandomSuffix ?? false,
    allowOverwrite: allowed.allowOverwrite ?? false,
    cacheControlMaxAgeSec: cacheAgeSec(allowed.cacheControlMaxAge ?? undefined),
    ifMatch: allowed.ifMatch ?? undefined,
    maximumSizeInBytes: allowed.maximumSizeInBytes ?? maxBlobBytes,
    callback: allowed.onUploadCompleted ?? undefined,
  };
}

function optionsOfHeaders(header: (name: string) => string | undefined): Options {
  const maxAge = header("x-cache-control-max-age");
  return {
    addRandomSuffix: header("x-add-random-suffix") === "1",
    allowOverwrite: header("x-allow-overwrite") === "1",
    cacheControlMaxAgeSec: cacheAgeSec(maxAge === undefined ? undefined : Number(maxAge)),
    ifMatch: header("x-if-match"),
    maximumSizeInBytes: maxBlobBytes,
    callback: undefined,
  };
}

/** The service caches for a month unless told otherwise, and never for less than a minute. */
function cacheAgeSec(asked: number | undefined): number {
  return asked === undefined || !Number.isFinite(asked) ? oneMonthSec : Math.max(oneMinuteSec, asked);
}

function readPathname(request: Request): string {
  const pathname = new URL(request.url).searchParams.get("pathname") ?? "";
  if (pathname === "" || pathname.startsWith("/"))
    throw badRequest("pathname is missing or begins with a slash");
  if (pathname.length > maxPathnameLength) throw badRequest("pathname is too long");
  if (pathname.includes("//")) throw badRequest('pathname cannot contain "//"');
  return pathname;
}

function isAllowed(contentType: string, allowed: readonly string[]): boolean {
  const bare = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  return allowed.some((pattern) => {
    const lower = pattern.toLowerCase();
    if (lower === "*/*" || lower === "*") return true;
    return lower.endsWith("/*") ? bare.startsWith(lower.slice(0, -1)) : bare === lower;
  });
}
