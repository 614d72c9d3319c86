/** Ids of the things whose pages have lists. */
export interface ListedIds {
  readonly file: string;
  readonly failure: string;
  readonly plan: string;
  readonly requeue: string;
  readonly budget: string;
  readonly rule: string;
}

/** Where the console shows each list of the API, and each table within another answer, and has its export: the address of a page. */
export const exportedOn: Readonly<Record<string, (ids: ListedIds) => string>> = {
  "/api/v1/alert-rules": () => "/settings/alerts",
  "/api/v1/alert-rules/{id}/alerts": ({ rule }) => `/settings/alerts?rule=${rule}`,
  "/api/v1/audit": () => "/audit",
  "/api/v1/budgets": () => "/budgets",
  "/api/v1/budgets/{id}/holds": ({ budget }) => `/budgets?budget=${budget}`,
  "/api/v1/costs": () => "/budgets/costs",
  "/api/v1/costs/bill": () => "/providers",
  "/api/v1/costs/files": () => "/budgets/costs",
  "/api/v1/costs/summary": () => "/budgets/costs",
  "/api/v1/costs/truth": () => "/budgets/truth",
  "/api/v1/dead-letters": () => "/reconciliation",
  "/api/v1/failures": () => "/failures",
  "/api/v1/failures/{id}/files": ({ failure }) => `/failures/${failure}`,
  "/api/v1/files": () => "/files",
  "/api/v1/files/{id}": ({ file }) => `/files/${file}?tab=attempts`,
  "/api/v1/files/{id}/audit": ({ file }) => `/files/${file}?tab=history`,
  "/api/v1/files/{id}/chunks": ({ file }) => `/files/${file}?tab=chunks`,
  "/api/v1/files/{id}/costs": ({ file }) => `/files/${file}?tab=costs`,
  "/api/v1/files/{id}/messages": ({ file }) => `/files/${file}?tab=messages`,
  "/api/v1/files/{id}/pages": ({ file }) => `/files/${file}?tab=pages`,
  "/api/v1/files/{id}/trace": ({ file }) => `/files/${file}`,
  "/api/v1/graph-versions": () => "/pipeline",
  "/api/v1/graph-versions/{version}/runs": () => "/pipeline?runs=all",
  "/api/v1/invitations": () => "/settings/people",
  "/api/v1/keys": () => "/settings/keys",
  "/api/v1/ledger": () => "/budgets/ledger",
  "/api/v1/ledger/totals": () => "/budgets/costs",
  "/api/v1/me/sessions": () => "/settings",
  "/api/v1/people": () => "/settings/people",
  "/api/v1/plans/{id}": ({ plan }) => `/plans/${plan}`,
  "/api/v1/plans/{id}/files": ({ plan }) => `/plans/${plan}`,
  "/api/v1/prices": () => "/budgets/prices",
  "/api/v1/providers": () => "/providers",
  "/api/v1/providers/{provider}/changes": () => "/providers?provider=vector",
  "/api/v1/queue/dead-letters": () => "/queue?tab=dead-letters",
  "/api/v1/queue/flow-control": () => "/queue?tab=flow-control",
  "/api/v1/queue/log": () => "/queue?tab=log",
  "/api/v1/queue/queues": () => "/queue?tab=queues",
  "/api/v1/queue/schedules": () => "/queue?tab=schedules",
  "/api/v1/queue/steps": () => "/queue",
  "/api/v1/reconciliations": () => "/reconciliation",
  "/api/v1/reconciliations/{id}": () => "/reconciliation",
  "/api/v1/reconciliations/{id}/findings": () => "/reconciliation",
  "/api/v1/redaction": () => "/settings/redaction",
  "/api/v1/requeues": () => "/requeues",
  "/api/v1/requeues/{id}": ({ requeue }) => `/requeues/${requeue}`,
  "/api/v1/requeues/{id}/files": ({ requeue }) => `/requeues/${requeue}`,
  "/api/v1/services": () => "/providers",
  "/api/v1/step-figures": () => "/pipeline",
  "/api/v1/stuck": () => "/stuck",
};

/** The lists that no page shows as a table. */
export const noTable: Readonly<Record<string, string>> = {
  "/api/v1/audit/actors": "the choices of a filter",
  "/api/v1/dashboards": "which charts there are",
  "/api/v1/failures/{id}/notes": "what people wrote of a failure, beside it",
  "/api/v1/projects": "the choices of a filter",
  "/api/v1/provider-plans": "settings that the month's bill is reckoned with",
  "/api/v1/search": "the answer to one question",
  "/api/v1/views": "a menu",
};
