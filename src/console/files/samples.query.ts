import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { getJson, sendJson } from "../api-client.ts";

const availability = z.object({ available: z.boolean() });

const samplesPollMs = 5000;

/** Whether this deployment can ingest sample documents; a refusal means that it cannot. */
export const samplesQuery = queryOptions({
  queryKey: ["samples"],
  queryFn: ({ signal }) => getJson("/api/v1/samples", availability, { signal }),
  retry: false,
  staleTime: Number.POSITIVE_INFINITY,
  // A fresh start makes the samples while the page is open already.
  refetchInterval: (query) => (query.state.data?.available === false ? samplesPollMs : false),
});

/** @throws ApiError */
export async function ingestSamples(): Promise<void> {
  await sendJson("POST", "/api/v1/samples", {}, z.unknown());
}
