import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  coursePointSchema,
  forecastBudgetSchema,
  heldStepViewSchema,
} from "../../costs/budgets/budget-view.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { getJson } from "../api-client.ts";

const refreshMs = 3_000;
/** A course has a point a quarter of an hour or less often. */
const courseRefreshMs = 30_000;
/** Most that the API lists at once. */
const mostBudgets = 500;
const holdsAtOnce = 100;

const budgetList = listOf(forecastBudgetSchema);
const budgetCourse = z.object({ course: z.array(coursePointSchema) });
const heldList = listOf(heldStepViewSchema);

/** The budgets with what their windows have counted and how they go on; read again by itself. */
export const budgetsQuery = queryOptions({
  queryKey: ["budgets", "list"],
  queryFn: ({ signal }) => getJson("/api/v1/budgets", budgetList, { query: { limit: mostBudgets }, signal }),
  refetchInterval: refreshMs,
});

/** The course of a budget through its window. */
export function courseQuery(budgetId: string) {
  return queryOptions({
    queryKey: ["budgets", "course", budgetId],
    queryFn: async ({ signal }) =>
      (await getJson(`/api/v1/budgets/${encodeURIComponent(budgetId)}`, budgetCourse, { signal })).course,
    refetchInterval: courseRefreshMs,
  });
}

/** The steps that a budget holds, in the order in which they go on, page by page; read again by itself. */
export function holdsQuery(budgetId: string) {
  return infiniteQueryOptions({
    queryKey: ["budgets", "holds", budgetId],
    queryFn: ({ signal, pageParam }) =>
      getJson(`/api/v1/budgets/${encodeURIComponent(budgetId)}/holds`, heldList, {
        query: { limit: holdsAtOnce, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: refreshMs,
  });
}
