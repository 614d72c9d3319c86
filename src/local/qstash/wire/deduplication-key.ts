import { createHash } from "node:crypto";
import type { MessageSpec } from "../entities.ts";
import type { PublishHeaders } from "./publish-headers.ts";

/** The key by which a message is a duplicate of another: the id it was given, or its content; or none. */
export function deduplicationKey(
  headers: PublishHeaders,
  spec: MessageSpec,
  body: Buffer,
): string | undefined {
  if (headers.deduplicationId !== undefined) return idKey(headers.deduplicationId, spec);
  return headers.contentBasedDeduplication ? contentKey(spec, body) : undefined;
}

/** Each endpoint of a URL group has its own. */
function idKey(deduplicationId: string, spec: MessageSpec): string {
  return spec.topicName === undefined ? `id:${deduplicationId}` : `id:${deduplicationId}:${spec.url}`;
}

/** Destination, body, content type and forwarded headers. */
function contentKey(spec: MessageSpec, body: Buffer): string {
  const header = Object.entries(spec.header).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256")
    .update(JSON.stringify([spec.url, header]))
    .update(body);
  return `content:${hash.digest("hex")}`;
}
