/** Ids of ours, of spans and traces, numbers and words. What else stands in a path may be a secret. */
const harmless = /^(?:[a-z]{2,6}_[0-9a-f]{16,40}|[0-9a-f]{16}|[0-9a-f]{32}|\d{0,7}|[a-z][a-z0-9_.-]{0,23})$/;

/** What a span or a log may tell of the path of a request, and nothing of its query. */
export function harmlessPath(target: string): string {
  const [path = ""] = target.split(/[?#]/, 1);
  return path
    .split("/")
    .map((segment) => (harmless.test(segment) ? segment : "…"))
    .join("/");
}
