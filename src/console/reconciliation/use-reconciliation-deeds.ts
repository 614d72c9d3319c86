import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import { reconciliationViewSchema, repairedSchema } from "../../triage/reconciliation/reconciliation-view.ts";
import { sendJson } from "../api-client.ts";
import { formatCounted } from "../format/count.ts";

const queryKey = ["reconciliation"];

/** Begins a reconciliation, or joins the one that is under way. */
export function useBegin(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson("POST", "/api/v1/reconciliations", {}, reconciliationViewSchema),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey });
      onDone();
    },
  });
}

/** Puts right all open findings of a class, call by call until none is left. */
export function useRepair(input: { id: string; class: FindingClass }, onDone: () => void) {
  const queries = useQueryClient();
  const path = `/api/v1/reconciliations/${encodeURIComponent(input.id)}/repair`;
  return useMutation({
    mutationFn: async (reason: string) => {
      const body = { class: input.class, ...(reason !== "" && { reason }) };
      const sum = { repaired: 0, gone: 0 };
      for (;;) {
        const done = await sendJson("POST", path, body, repairedSchema);
        sum.repaired += done.repaired;
        sum.gone += done.gone;
        if (done.left === 0 || done.repaired + done.gone === 0) return sum;
      }
    },
    onSuccess: ({ repaired, gone }) => {
      const also = gone === 0 ? "" : ` ${formatCounted(gone, "finding")} had put itself right.`;
      notifications.show({ title: "Put right", message: `${formatCounted(repaired, "repair")}.${also}` });
      onDone();
    },
    // What was done before a fault stays done.
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
