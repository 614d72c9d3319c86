import { useMutation, useQueryClient } from "@tanstack/react-query";
import { requeueViewSchema } from "../../../triage/requeues/requeue-view.ts";
import { sendJson } from "../../api-client.ts";
import { requeueQuery } from "../requeues.query.ts";

/** What can be done to a requeue under way. In its undo window, to cancel is to undo. */
export type RequeueDeed = "pause" | "resume" | "cancel";

/** Pauses, resumes or cancels a requeue; its page shows the answer at once. */
export function useRequeueDeed(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ deed, reason = "" }: { deed: RequeueDeed; reason?: string }) =>
      sendJson(
        "POST",
        `/api/v1/requeues/${encodeURIComponent(id)}/${deed}`,
        reason === "" ? {} : { reason },
        requeueViewSchema,
      ),
    onSuccess: (requeue) => queries.setQueryData(requeueQuery(id).queryKey, requeue),
    // Whether it was done or not, the page must not go on with what it held before.
    onSettled: () => queries.invalidateQueries({ queryKey: ["requeues"] }),
  });
}
