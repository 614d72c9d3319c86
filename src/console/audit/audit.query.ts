import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { listOf } from "../../pipeline/files/file-view.ts";
import { auditActorSchema, auditEntryViewSchema, auditRuleSchema } from "../../triage/audit/audit-view.ts";
import { getJson } from "../api-client.ts";
import { type AuditFilters, auditQueryOf } from "./audit-state.ts";

const refreshMs = 10_000;
const entries = listOf(auditEntryViewSchema);
const actors = z.object({ items: z.array(auditActorSchema) });

/** One page of the audit log, newest first, read again while it is looked at. */
export function auditPageQuery(filters: AuditFilters, cursor: string | null) {
  const query = { ...auditQueryOf(filters), cursor, limit: 50 };
  return queryOptions({
    queryKey: ["audit", "page", query],
    queryFn: ({ signal }) => getJson("/api/v1/audit", entries, { query, signal }),
    placeholderData: keepPreviousData,
    // What could not be read once is read again when asked to: an error must not come and go by itself.
    refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
  });
}

/** Who has entries. */
export const auditActorsQuery = queryOptions({
  queryKey: ["audit", "actors"],
  queryFn: ({ signal }) => getJson("/api/v1/audit/actors", actors, { signal }),
  staleTime: 60_000,
});

/** What keeps the log as it is. */
export const auditRuleQuery = queryOptions({
  queryKey: ["audit", "rule"],
  queryFn: ({ signal }) => getJson("/api/v1/audit/rule", auditRuleSchema, { signal }),
  staleTime: 60_000,
});
