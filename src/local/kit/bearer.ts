import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a request carries this token as its bearer, or as the query parameter `queryName`. */
export function carriesToken(request: Request, token: string, queryName?: string): boolean {
  const header = request.headers.get("authorization") ?? "";
  const given = header.startsWith("Bearer ")
    ? header.slice("Bearer ".length)
    : queryToken(request, queryName);
  return given !== null && sameText(given, token);
}

function queryToken(request: Request, queryName: string | undefined): string | null {
  return queryName === undefined ? null : new URL(request.url).searchParams.get(queryName);
}

/** Compares in constant time, whatever the lengths. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
