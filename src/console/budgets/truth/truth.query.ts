import { queryOptions } from "@tanstack/react-query";
import { truthSchema } from "../../../costs/truth/truth-view.ts";
import { systemClock } from "../../../kernel/clock.ts";
import { getJson } from "../../api-client.ts";
import { lengthsMs, type TruthRange } from "./truth-state.ts";

/** Providers are asked anew only when somebody wants it, or comes back after this long. */
const freshMs = 60_000;

/** The ledger held against what the providers metered, up to now. */
export function truthQuery(range: TruthRange) {
  return queryOptions({
    queryKey: ["budgets", "truth", range],
    queryFn: ({ signal }) => {
      const to = systemClock.now();
      const from = new Date(to.getTime() - lengthsMs[range]);
      const query = { from: from.toISOString(), to: to.toISOString() };
      return getJson("/api/v1/costs/truth", truthSchema, { query, signal });
    },
    staleTime: freshMs,
    refetchOnWindowFocus: false,
  });
}
