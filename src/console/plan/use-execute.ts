import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { executedSchema } from "../../triage/plans/plan-view.ts";
import { sendJson } from "../api-client.ts";
import { ApiError } from "../api-error.ts";
import { newRequestKey } from "../request-key.ts";
import { planQuery } from "./plan.query.ts";

/** Carries a plan out and goes to its requeue. Sent again after a fault, it is the same request and happens once. */
export function useExecute(planId: string) {
  const queries = useQueryClient();
  const router = useRouter();
  const [key] = useState(newRequestKey);
  return useMutation({
    mutationFn: (reason: string) =>
      sendJson(
        "POST",
        `/api/v1/plans/${encodeURIComponent(planId)}/execute`,
        reason === "" ? {} : { reason },
        executedSchema,
        { "idempotency-key": key },
      ),
    onSuccess: ({ requeueId }) => router.push(`/requeues/${encodeURIComponent(requeueId)}`),
    // Somebody else was quicker: the page then says so, with the way to the requeue.
    onError: () => queries.invalidateQueries({ queryKey: planQuery(planId).queryKey, exact: true }),
  });
}

/** The requeue of somebody who carried the plan out before; null when the error is another. */
export function executedBefore(error: Error | null): string | null {
  if (!(error instanceof ApiError) || error.code !== "plan_executed") return null;
  const { requeueId } = error.details;
  return typeof requeueId === "string" ? requeueId : null;
}
