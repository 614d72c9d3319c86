import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { sha256Hex } from "./hash.ts";

/** What an id names; the prefix makes a pasted id recognisable. */
export type IdPrefix =
  | "proj"
  | "file"
  | "run"
  | "step"
  | "att"
  | "out"
  | "chunk"
  | "upl"
  | "key"
  | "person"
  | "sess"
  | "cred"
  | "verif"
  | "invite"
  | "price"
  | "corr"
  | "entry"
  | "call"
  | "budget"
  | "res"
  | "hold"
  | "alert"
  | "rule"
  | "aud"
  | "plan"
  | "rplan"
  | "requeue"
  | "recon"
  | "find"
  | "group"
  | "fail"
  | "note"
  | "brk"
  | "view"
  | "field";

/** A new id: prefix, 12 hex digits of the time in ms, 20 of chance. Sorts by the time it was made. */
export function newId(prefix: IdPrefix, now: Date): string {
  const time = now.getTime().toString(16).padStart(12, "0");
  return `${prefix}_${time}${randomBytes(10).toString("hex")}`;
}

/** An id that is the same whenever its parts are the same: what makes a replayed write a no-op. */
export function deriveId(prefix: IdPrefix, ...parts: readonly (string | number)[]): string {
  return `${prefix}_${sha256Hex(JSON.stringify(parts)).slice(0, 32)}`;
}

/** A W3C trace id: 32 hex digits, not all zero. */
export function newTraceId(): string {
  return randomBytes(16).toString("hex");
}

/** A span id that is the same for the same parts, so that a span written twice is one row. */
export function deriveSpanId(...parts: readonly (string | number)[]): string {
  return sha256Hex(JSON.stringify(parts)).slice(0, 16);
}

/** A name for this process among others of the same product (OpenTelemetry's `service.instance.id`). */
export function newInstanceId(): string {
  return randomUUID();
}

const secretBytes = 32;

/** A secret for a key, a session or a link: 32 random bytes in base64url, behind a readable prefix. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(secretBytes).toString("base64url")}`;
}

/** Many of them at once: chance that is drawn one by one takes several times as long. */
export function newSecrets(prefix: string, count: number): string[] {
  const bytes = randomBytes(secretBytes * count);
  return Array.from({ length: count }, (_, n) => {
    return `${prefix}_${bytes.toString("base64url", n * secretBytes, (n + 1) * secretBytes)}`;
  });
}

/** A UUID by chance, for what the protocol of a real service names by one. */
export function newUuid(): string {
  return randomUUID();
}

/** A place in a list of `length` entries, by chance: 0 up to and without `length`, which is at least 1. */
export function pickIndex(length: number): number {
  return randomInt(length);
}
