import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { priceViewSchema } from "../../../costs/prices/price-view.ts";
import { getJson } from "../../api-client.ts";

const priceList = z.object({ items: z.array(priceViewSchema) });
const runningRefreshMs = 1_000;
const calmRefreshMs = 30_000;

/** The price book with its history; read often while entries are being corrected. */
export const pricesQuery = queryOptions({
  queryKey: ["prices"],
  queryFn: async ({ signal }) => (await getJson("/api/v1/prices", priceList, { signal })).items,
  refetchInterval: ({ state }) =>
    state.data?.some(({ correction }) => correction?.state === "running") ? runningRefreshMs : calmRefreshMs,
});
