import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { listOf } from "../../../pipeline/files/file-view.ts";
import { alertRuleSchema, alertSchema } from "../../../triage/alerts/alert-rule-view.ts";
import { getJson } from "../../api-client.ts";

/** The rules of alerts, the newest first. */
export const alertRulesQuery = queryOptions({
  queryKey: ["alert-rules", "all"],
  queryFn: ({ signal }) =>
    getJson("/api/v1/alert-rules", z.object({ items: z.array(alertRuleSchema) }), { signal }),
});

/** One page of what a rule has told. */
export function toldQuery(ruleId: string, cursor: string | null) {
  return queryOptions({
    queryKey: ["alert-rules", ruleId, cursor],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/alert-rules/${encodeURIComponent(ruleId)}/alerts`, listOf(alertSchema), {
        query: { cursor, limit: 20 },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}
