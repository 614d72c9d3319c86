import { sha256Hex } from "../../../kernel/hash.ts";
import type { HeaderMap, MessageSpec } from "../entities.ts";
import { refusal } from "../refusal.ts";
import { canonicalName } from "./header-map.ts";

/** Reads `Upstash-Redact-Fields`: `body`, `header` or `headers` for all of them, `header[Name]`. @throws refusal 400 */
export function parseRedactFields(text: string | null): MessageSpec["redact"] {
  if (text === null) return undefined;
  let body = false;
  let header: true | string[] = [];
  for (const field of text.split(",").map((part) => part.trim())) {
    const named = /^headers?\[([^\]]+)\]$/.exec(field)?.[1];
    if (field === "body") body = true;
    else if (field === "header" || field === "headers") header = true;
    else if (named === undefined)
      throw refusal(400, `invalid Upstash-Redact-Fields "${field}": it is not known`);
    else if (header !== true) header.push(canonicalName(named));
  }
  return { body, header };
}

/** The body as it may be shown. */
export function shownBody(spec: MessageSpec, body: Buffer): Buffer {
  return spec.redact?.body && body.length > 0 ? Buffer.from(redacted(body)) : body;
}

/** Headers of a message, its own or those of its callback, as they may be shown. */
export function shownHeader({ redact }: MessageSpec, header: HeaderMap): HeaderMap {
  if (!redact) return header;
  const hidden = (name: string) => redact.header === true || redact.header.includes(name);
  return Object.fromEntries(
    Object.entries(header).map(([name, values]) => [name, hidden(name) ? values.map(redacted) : values]),
  );
}

function redacted(content: string | Buffer): string {
  return `REDACTED:${sha256Hex(content)}`;
}
