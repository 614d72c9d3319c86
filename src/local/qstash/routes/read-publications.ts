import type { Pool } from "pg";
import { newMessageId } from "../delivery/message-id.ts";
import type { MessageSpec } from "../entities.ts";
import type { Options } from "../options.ts";
import { refusal } from "../refusal.ts";
import { type Destination, isUrl, resolveDestination } from "../store/resolve-destination.ts";
import type { Publication } from "../store/take-in-messages.ts";
import { deduplicationKey } from "../wire/deduplication-key.ts";
import {
  checkUrl,
  messageDefaults,
  type PublishHeaders,
  readPublishHeaders,
} from "../wire/publish-headers.ts";
import { checkName } from "../wire/request.ts";
import { checkDelay, checkSettings, type QueueRoom } from "./plan-limits.ts";

/** One message as it was asked for. */
export interface PublishRequest {
  /** A URL or the name of a URL group. */
  readonly destination: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly queueName: string | undefined;
  readonly callerIp: string | undefined;
}

/** What holds for all messages of a request. */
export interface PublishContext {
  readonly options: Options;
  readonly queueRoom: QueueRoom;
  readonly nowMs: number;
}

/**
 * The messages that a request asks for: one for a URL, one for each endpoint of a group.
 * @throws refusal 400 or 404 for a destination or a header that is wrong, 412 beyond a limit, 501 for what is
 * not spoken
 */
export async function readPublications(
  pool: Pool,
  request: PublishRequest,
  { options, queueRoom, nowMs }: PublishContext,
): Promise<Publication[]> {
  const headers = readPublishHeaders(request.headers, "message");
  checkSettings(headers, options);
  if (request.queueName !== undefined) await queueRoom(request.queueName);
  const destinations = await readDestination(pool, request.destination);
  const dueMs = readDueMs(headers, options, nowMs);
  return destinations.map((destination) => {
    const spec: MessageSpec = {
      ...messageDefaults,
      ...headers.given,
      ...destination,
      header: headers.header,
      queueName: request.queueName,
      callerIp: request.callerIp,
    };
    return {
      messageId: newMessageId(),
      spec,
      body: request.body,
      dueMs,
      queue: request.queueName === undefined ? undefined : { name: request.queueName },
      deduplicationKey: deduplicationKey(headers, spec, request.body),
    };
  });
}

/** @throws refusal 400 or 404 for a destination that is wrong, 501 for one that is not spoken */
export async function readDestination(pool: Pool, destination: string): Promise<Destination[]> {
  if (/^api\/(llm|email)\b/.test(destination)) {
    throw refusal(501, `The local stand-in does not speak the destination ${destination}.`);
  }
  if (isUrl(destination)) checkUrl(destination, "destination url");
  else checkName(destination, "destination url or URL group name");
  const resolved = await resolveDestination(pool, destination);
  if (resolved === undefined) throw refusal(404, `URL group "${destination}" not found`);
  return resolved;
}

/** When a message falls due, in ms since the epoch. @throws refusal 412 beyond the longest delay */
export function readDueMs(headers: PublishHeaders, options: Options, nowMs: number): number {
  const dueMs = Math.round(headers.notBeforeMs ?? nowMs + (headers.delayMs ?? 0));
  checkDelay(dueMs - nowMs, options);
  return Math.max(dueMs, nowMs);
}
