import type { RequestHead } from "./request-head.ts";

/** The caller's network address as the proxy before us tells it; null where none does. */
export function callerAddress({ headers }: RequestHead): string | null {
  const told = headers.get("x-real-ip") ?? headers.get("x-forwarded-for")?.split(",")[0] ?? "";
  return told.trim() || null;
}
