import type { Context } from "hono";
import { refusal } from "../refusal.ts";

/** Where a request is to be delivered, and the settings that were given for it. */
export interface Addressed {
  /** As it was sent, without the query parameters that are meant for the service. */
  readonly destination: string;
  /** The request's headers and what the query set as if it were a header. */
  readonly headers: Headers;
}

/**
 * Reads what stands behind a prefix of the path, raw: a destination keeps its `//` and its query string. Of the
 * query only `upstash-*`, settings for senders that cannot set headers, and `qstash_token` are taken out.
 * @param prefix ends before the destination
 * @throws refusal 400 for a setting or an encoding that cannot be read
 */
export function readAddressed(c: Context, prefix: RegExp): Addressed {
  const { url } = c.req;
  const start = prefix.exec(url);
  const [place = "", ...queries] = start ? url.slice(start.index + start[0].length).split("?") : [];
  const kept: string[] = [];
  const settings: [string, string][] = [];
  for (const part of queries.length === 0 ? [] : queries.join("?").split("&")) {
    const [[name, value] = ["", ""]] = new URLSearchParams(part);
    if (name.toLowerCase().startsWith("upstash-")) settings.push([name, value]);
    else if (name !== "qstash_token") kept.push(part);
  }
  const query = kept.length === 0 ? "" : `?${kept.join("&")}`;
  return { destination: `${decoded(place)}${query}`, headers: withSettings(c.req.raw.headers, settings) };
}

/** Some clients send the destination as one percent-encoded segment. */
function decoded(place: string): string {
  if (!/^https?%3a/i.test(place)) return place;
  try {
    return decodeURIComponent(place);
  } catch {
    throw refusal(400, `invalid destination url "${place}": it is not percent-encoded rightly`);
  }
}

/** A header of the request counts more than the same setting in its query. */
function withSettings(sent: Headers, settings: readonly [string, string][]): Headers {
  if (settings.length === 0) return sent;
  return makeHeaders([...settings.filter(([name]) => !sent.has(name)), ...sent]);
}

/** @throws refusal 400 for a name or a value that no header can have */
export function makeHeaders(entries: Iterable<readonly [string, string]>): Headers {
  const headers = new Headers();
  for (const [name, value] of entries) {
    try {
      headers.append(name, value);
    } catch {
      throw refusal(400, `invalid header "${name}": ${JSON.stringify(value)} cannot be sent`);
    }
  }
  return headers;
}
