import type { HeaderMap } from "../entities.ts";
import { refusal } from "../refusal.ts";
import { canonicalName } from "./header-map.ts";

/** Headers of a request that say nothing to whoever it is forwarded to, or are a secret between the two. */
const never = new Set([
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The headers for a destination: its content type, then those with the prefix, which they lose.
 * @param options.all takes those without a prefix along too, but for the service's own
 * @throws refusal 400 for a prefix with no name behind it
 */
export function forwardedHeaders(
  headers: Headers,
  options: { readonly prefix: string; readonly contentType: string | null; readonly all: boolean },
): HeaderMap {
  const prefix = options.prefix.toLowerCase();
  const map: HeaderMap = {};
  if (options.contentType !== null) map["Content-Type"] = [options.contentType];
  for (const [name, value] of headers) {
    const ownHeader = never.has(name) || name.startsWith("upstash-") || name.startsWith("proxy-");
    if (options.all && !ownHeader) map[canonicalName(name)] = [value];
  }
  for (const [name, value] of headers) {
    if (name === prefix)
      throw refusal(400, `invalid header ${options.prefix}: it names no header to forward`);
    if (name.startsWith(prefix)) map[canonicalName(name.slice(prefix.length))] = [value];
  }
  return map;
}
