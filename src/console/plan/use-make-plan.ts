import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import { type planRequestSchema, planViewSchema } from "../../triage/plans/plan-view.ts";
import { sendJson } from "../api-client.ts";
import { sentenceOf } from "../api-error.ts";
import { planQuery } from "./plan.query.ts";

/** Makes a plan of a selection and goes to its page. Nothing is requeued by it. */
export function useMakePlan() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (asked: z.input<typeof planRequestSchema>) =>
      sendJson("POST", "/api/v1/plans", asked, planViewSchema),
    onSuccess: (plan) => {
      queries.setQueryData(planQuery(plan.id).queryKey, plan);
      router.push(`/plans/${encodeURIComponent(plan.id)}`);
    },
  });
}

/** Says why no plan was made. */
export function tellNoPlan(error: Error): void {
  notifications.show({ color: "red", title: "No plan was made", message: sentenceOf(error) });
}
