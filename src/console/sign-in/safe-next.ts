/**
 * Where to go after signing in: `next` if it is a path of this site, else the overview. What would lead to another
 * site ("//host", "/\host", "https:…") or back to the sign-in is never followed.
 */
export function safeNext(next: string | null): string {
  const fallback = "/";
  if (next === null || !/^\/[^/\\]/.test(next) || hasControl(next)) return fallback;
  return next.startsWith("/sign-in") || next.startsWith("/api/") ? fallback : next;
}

/** Browsers drop tabs and line ends from addresses, so that "/\t/host" would become "//host". */
function hasControl(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\u007f");
}
