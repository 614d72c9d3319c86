import { basename } from "node:path";
import type { StoredBlob } from "./entities.ts";

/** Where blobs are read; the real service gives each store a host of its own instead. */
const filesPath = "/files/";

/** The URL of a blob, and the one that makes a browser save it. */
function urlsOf(pathname: string, origin: string): { url: string; downloadUrl: string } {
  const url = `${origin}${filesPath}${pathname.split("/").map(encodeURIComponent).join("/")}`;
  return { url, downloadUrl: `${url}?download=1` };
}

/** The pathname that a URL of ours, or a pathname, stands for; the port may have changed since. */
export function pathnameOf(urlOrPathname: string): string {
  if (!/^https?:\/\//.test(urlOrPathname)) return urlOrPathname;
  const { pathname } = new URL(urlOrPathname);
  return decodeURIComponent(
    pathname.startsWith(filesPath) ? pathname.slice(filesPath.length) : pathname.slice(1),
  );
}

/** The header that names the file for a browser. */
export function contentDisposition(pathname: string, kind: "inline" | "attachment"): string {
  const name = basename(pathname);
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const extended = ascii === name ? "" : `; filename*=UTF-8''${encodeURIComponent(name)}`;
  return `${kind}; filename="${ascii}"${extended}`;
}

/** What put, copy and a finished multipart upload answer. */
export function putAnswer(blob: StoredBlob, origin: string) {
  return {
    ...urlsOf(blob.pathname, origin),
    pathname: blob.pathname,
    contentType: blob.contentType,
    contentDisposition: contentDisposition(blob.pathname, "inline"),
    etag: blob.etag,
  };
}

/** What head answers. */
export function headAnswer(blob: StoredBlob, origin: string) {
  return {
    ...putAnswer(blob, origin),
    size: blob.sizeBytes,
    cacheControl: blob.cacheControl,
    uploadedAt: blob.uploadedAt.toISOString(),
  };
}

/** A row of list. */
export function listEntry(blob: StoredBlob, origin: string) {
  return {
    ...urlsOf(blob.pathname, origin),
    pathname: blob.pathname,
    size: blob.sizeBytes,
    uploadedAt: blob.uploadedAt.toISOString(),
    etag: blob.etag,
  };
}
