import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { providerViewSchema } from "../../triage/providers/provider-view.ts";
import { getJson } from "../api-client.ts";

const refreshMs = 5_000;
const providersSchema = z.object({ items: z.array(providerViewSchema) });

/** The providers with their breakers, read again while they are looked at. */
export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: async ({ signal }) => (await getJson("/api/v1/providers", providersSchema, { signal })).items,
  refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
});
