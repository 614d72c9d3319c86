import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { billSchema } from "../../costs/plans/plan-view.ts";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import { systemClock } from "../../kernel/clock.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { providerCourseSchema } from "../../triage/providers/course-view.ts";
import { providerChangeSchema, providerViewSchema } from "../../triage/providers/provider-view.ts";
import { servicesSchema } from "../../triage/providers/services-view.ts";
import { getJson } from "../api-client.ts";
import { type ShownTime, spanQuery } from "../dashboards/shown-time.model.ts";

const refreshMs = 5_000;
/** The tick sums up once a minute. */
const courseRefreshMs = 15_000;
const billRefreshMs = 60_000;
const changesShown = 10;

const providersSchema = z.object({ items: z.array(providerViewSchema) });
const changeList = listOf(providerChangeSchema);

/** The providers with their breakers, read again while they are looked at. */
export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: async ({ signal }) => (await getJson("/api/v1/providers", providersSchema, { signal })).items,
  refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
});

/** What Waybill needs beside them. */
export const servicesQuery = queryOptions({
  queryKey: ["providers", "services"],
  queryFn: async ({ signal }) => (await getJson("/api/v1/services", servicesSchema, { signal })).items,
  refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
});

/** How a provider answered over a time. */
export function courseQuery(provider: BreakerProvider, time: ShownTime) {
  return queryOptions({
    queryKey: ["providers", "course", provider, time.kind === "live" ? time.range : [time.from, time.to]],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/providers/${provider}/course`, providerCourseSchema, {
        query: spanQuery(time, systemClock.now()),
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: time.kind === "live" ? courseRefreshMs : false,
  });
}

/** A page of the changes of a provider's breaker. */
export function changesQuery(provider: BreakerProvider, cursor: string | null) {
  return queryOptions({
    queryKey: ["providers", "changes", provider, cursor],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/providers/${provider}/changes`, changeList, {
        query: { cursor, limit: changesShown },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
  });
}

/** What was used this month, and what the plans include of it. */
export const billQuery = queryOptions({
  queryKey: ["providers", "bill"],
  queryFn: ({ signal }) => getJson("/api/v1/costs/bill", billSchema, { signal }),
  refetchInterval: ({ state }) => (state.data === undefined ? false : billRefreshMs),
});
