import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { systemClock } from "../../kernel/clock.ts";
import { dashboardViewSchema, panelReadingSchema } from "../../triage/dashboards/panel-view.ts";
import { getJson } from "../api-client.ts";
import { type ShownTime, spanQuery } from "./shown-time.model.ts";

/** How often what is looked at is read again, in ms. */
const refreshMs = 15_000;

const dashboardList = z.object({ items: z.array(dashboardViewSchema) });

/** The dashboards and what their panels tell; they change with the deployment alone. */
export const dashboardsQuery = queryOptions({
  queryKey: ["dashboards"],
  queryFn: ({ signal }) => getJson("/api/v1/dashboards", dashboardList, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * The figures of a panel; read again while they move on and are in sight, and not in a tab that is hidden.
 * @param path `<dashboard>/panels/<panel>`
 */
export function panelQuery(path: string, time: ShownTime, inSight: boolean) {
  return queryOptions({
    queryKey: ["dashboards", path, time.kind === "live" ? time.range : [time.from, time.to]],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/dashboards/${path}`, panelReadingSchema, {
        query: spanQuery(time, systemClock.now()),
        signal,
      }),
    enabled: inSight,
    refetchInterval: time.kind === "live" && inSight ? refreshMs : false,
    placeholderData: keepPreviousData,
    staleTime: refreshMs / 2,
  });
}
