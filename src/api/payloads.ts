import type { Deed } from "../access/permissions.ts";
import type { Redact } from "../triage/redaction/redact-fields.ts";

/** Where something stands in an answer: keys, and `[]` for each item of a list. */
type Place = readonly string[];

/** The payloads of a whole span. */
export const spanPayloads: readonly Place[] = [
  ["attributes"],
  ["events", "[]", "attributes"],
  ["links", "[]", "attributes"],
];

/** The payloads of an entry of the audit log. */
const auditPayloads: readonly Place[] = [["request"], ["before"], ["after"]];

const ofItems = (places: readonly Place[]): Place[] => places.map((place) => ["items", "[]", ...place]);

/**
 * Where each route hands out what others have written, of which this API does not know the fields: facts, attributes,
 * details, and what QStash was answered. A test holds it against the routes' own schemas.
 */
export const payloads: Readonly<Partial<Record<Deed, readonly Place[]>>> = {
  "GET /api/v1/audit": ofItems(auditPayloads),
  "GET /api/v1/files/{id}/audit": ofItems(auditPayloads),
  "GET /api/v1/files/{id}/messages": ofItems([["states", "[]", "error"]]),
  "GET /api/v1/files/{id}/spans/{spanId}": spanPayloads,
  "GET /api/v1/files/{id}/trace": ofItems([["links", "[]", "attributes"]]),
  "GET /api/v1/queue/log": ofItems([["error"]]),
  "GET /api/v1/reconciliations/{id}/findings": ofItems([["facts"]]),
  "GET /api/v1/uploads/{id}": [["error", "details"]],
};

/** An answer with its payloads as they may be shown; what stands elsewhere is as it was. Pure. */
export function redactAt(answer: unknown, places: readonly Place[], redact: Redact): unknown {
  return places.reduce((shown, place) => changeAt(shown, place, redact), answer);
}

function changeAt(node: unknown, [key, ...rest]: Place, change: Redact): unknown {
  if (key === undefined) return change(node);
  if (key === "[]") return Array.isArray(node) ? node.map((item) => changeAt(item, rest, change)) : node;
  if (!isRecord(node) || !(key in node)) return node;
  return { ...node, [key]: changeAt(node[key], rest, change) };
}

function isRecord(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
