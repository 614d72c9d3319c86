import { type Role, roles } from "../db/roles.ts";

/**
 * Who may do what: each route of the API, and the upload, with the least role that it asks for. A route that is
 * not here cannot be served. The console reads the same table, to say why a deed is not to be done.
 */
export const permissions = {
  "GET /api/v1/openapi.json": "viewer",
  "GET /api/v1/me": "viewer",
  "PATCH /api/v1/me": "viewer",
  "POST /api/v1/me/password": "viewer",
  "GET /api/v1/me/sessions": "viewer",
  "POST /api/v1/me/sessions/end-others": "viewer",

  "GET /api/v1/people": "admin",
  "POST /api/v1/people/{id}/role": "admin",
  "DELETE /api/v1/people/{id}": "admin",
  "GET /api/v1/invitations": "admin",
  "POST /api/v1/invitations": "admin",
  "DELETE /api/v1/invitations/{id}": "admin",
  "GET /api/v1/keys": "admin",
  "POST /api/v1/keys": "admin",
  "DELETE /api/v1/keys/{id}": "admin",
  "GET /api/v1/alert-rules": "admin",
  "POST /api/v1/alert-rules": "admin",
  "PATCH /api/v1/alert-rules/{id}": "admin",
  "DELETE /api/v1/alert-rules/{id}": "admin",
  "GET /api/v1/alert-rules/{id}/alerts": "admin",
  "POST /api/v1/alert-rules/{id}/test": "admin",
  "GET /api/v1/redaction": "viewer",
  "POST /api/v1/redaction/fields": "admin",
  "DELETE /api/v1/redaction/fields/{id}": "admin",

  "POST /api/upload": "operator",
  "GET /api/v1/uploads/{id}": "viewer",
  "GET /api/v1/samples": "viewer",
  "POST /api/v1/samples": "operator",
  "GET /api/v1/projects": "viewer",
  "POST /api/v1/projects": "operator",

  "GET /api/v1/files": "viewer",
  "GET /api/v1/files/{id}": "viewer",
  "GET /api/v1/files/{id}/audit": "viewer",
  "GET /api/v1/files/{id}/chunks": "viewer",
  "GET /api/v1/files/{id}/costs": "viewer",
  "GET /api/v1/files/{id}/messages": "viewer",
  "GET /api/v1/files/{id}/pages": "viewer",
  "GET /api/v1/files/{id}/pages/{page}/picture": "viewer",
  "GET /api/v1/files/{id}/spans/{spanId}": "viewer",
  "GET /api/v1/files/{id}/time": "viewer",
  "GET /api/v1/files/{id}/trace": "viewer",
  "GET /api/v1/files/{id}/trace.otlp.json": "viewer",
  "GET /api/v1/files/{id}/trace/search": "viewer",
  "POST /api/v1/files/{id}/requeue": "operator",
  "GET /api/v1/find": "viewer",
  "GET /api/v1/search": "viewer",

  "GET /api/v1/failures": "viewer",
  "GET /api/v1/failures/{id}": "viewer",
  "GET /api/v1/failures/{id}/common": "viewer",
  "GET /api/v1/failures/{id}/files": "viewer",
  "GET /api/v1/failures/{id}/notes": "viewer",
  "GET /api/v1/failures/{id}/split": "viewer",
  "POST /api/v1/failures/{id}/assignee": "operator",
  "POST /api/v1/failures/{id}/merge": "operator",
  "POST /api/v1/failures/{id}/notes": "operator",
  "POST /api/v1/failures/{id}/split": "operator",
  "POST /api/v1/failures/{id}/state": "operator",
  "GET /api/v1/stuck": "viewer",
  "POST /api/v1/steps/{id}/fail-now": "operator",
  "POST /api/v1/steps/{id}/resend": "operator",
  "POST /api/v1/steps/{id}/retry-now": "operator",
  "GET /api/v1/dead-letters": "viewer",

  "POST /api/v1/plans": "operator",
  "GET /api/v1/plans/{id}": "viewer",
  "POST /api/v1/plans/{id}/execute": "operator",
  "GET /api/v1/plans/{id}/files": "viewer",
  "GET /api/v1/requeues": "viewer",
  "GET /api/v1/requeues/{id}": "viewer",
  "GET /api/v1/requeues/{id}/files": "viewer",
  "POST /api/v1/requeues/{id}/cancel": "operator",
  "POST /api/v1/requeues/{id}/pause": "operator",
  "POST /api/v1/requeues/{id}/resume": "operator",

  "GET /api/v1/reconciliations": "viewer",
  "POST /api/v1/reconciliations": "operator",
  "GET /api/v1/reconciliations/{id}": "viewer",
  "GET /api/v1/reconciliations/{id}/findings": "viewer",
  "POST /api/v1/reconciliations/{id}/repair": "operator",

  "GET /api/v1/budgets": "viewer",
  "POST /api/v1/budgets": "admin",
  "GET /api/v1/budgets/{id}": "viewer",
  "PATCH /api/v1/budgets/{id}": "admin",
  "DELETE /api/v1/budgets/{id}": "admin",
  "GET /api/v1/budgets/{id}/holds": "viewer",
  "POST /api/v1/budgets/{id}/release": "admin",
  "GET /api/v1/costs": "viewer",
  "GET /api/v1/costs/bill": "viewer",
  "GET /api/v1/costs/files": "viewer",
  "GET /api/v1/costs/summary": "viewer",
  "GET /api/v1/costs/truth": "viewer",
  "GET /api/v1/ledger": "viewer",
  "GET /api/v1/ledger.csv": "operator",
  "GET /api/v1/ledger/totals": "viewer",
  "GET /api/v1/prices": "viewer",
  "POST /api/v1/prices": "admin",
  "POST /api/v1/prices/preview": "admin",
  "GET /api/v1/provider-plans": "viewer",
  "POST /api/v1/provider-plans": "admin",

  "GET /api/v1/providers": "viewer",
  "POST /api/v1/providers/{provider}/breaker": "operator",
  "GET /api/v1/providers/{provider}/changes": "viewer",
  "GET /api/v1/providers/{provider}/course": "viewer",
  "GET /api/v1/services": "viewer",

  "GET /api/v1/queue/counts": "viewer",
  "GET /api/v1/queue/dead-letters": "viewer",
  "POST /api/v1/queue/dead-letters/{id}/delete": "operator",
  "GET /api/v1/queue/flow-control": "viewer",
  "POST /api/v1/queue/flow-control/{key}": "admin",
  "GET /api/v1/queue/in-flight": "viewer",
  "GET /api/v1/queue/log": "viewer",
  "GET /api/v1/queue/queues": "viewer",
  "POST /api/v1/queue/queues/{name}": "admin",
  "GET /api/v1/queue/schedules": "viewer",
  "POST /api/v1/queue/schedules/{id}": "admin",
  "GET /api/v1/queue/steps": "viewer",

  "GET /api/v1/overview": "viewer",
  "GET /api/v1/views": "viewer",
  "POST /api/v1/views": "viewer",
  "DELETE /api/v1/views/{id}": "viewer",
  "GET /api/v1/dashboards": "viewer",
  "GET /api/v1/dashboards/{id}/panels/{panel}": "viewer",
  "GET /api/v1/audit": "viewer",
  "GET /api/v1/audit/actors": "viewer",
  "GET /api/v1/audit/rule": "viewer",
  "GET /api/v1/graph-versions": "viewer",
  "GET /api/v1/graph-versions/{version}": "viewer",
  "GET /api/v1/graph-versions/{version}/runs": "viewer",
  "GET /api/v1/step-figures": "viewer",
} as const satisfies Readonly<Record<RouteName, Role>>;

/** A method and a path as the OpenAPI document writes it. */
type RouteName = `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} /api/${string}`;

/** A route that may be served. */
export type Deed = keyof typeof permissions;

// By its own names alone, and made once: every request asks.
const table: ReadonlyMap<string, Role> = new Map(Object.entries(permissions));

/** The least role that a route asks for; undefined for one that is not in the table. */
export function roleFor(route: string): Role | undefined {
  return table.get(route);
}

/** Whether who has one role may do what asks for another. */
export function suffices(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

const plural = { viewer: "Viewers", operator: "Operators", admin: "Admins" } as const;
const single = { viewer: "a viewer", operator: "an operator", admin: "an admin" } as const;

/** Why a role does not suffice, as a sentence. */
export function roleSentence(role: Role, needed: Role): string {
  return `${plural[needed]} can do this; you are ${single[role]}.`;
}
