import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Requeued, requeuedSchema } from "../../../triage/requeued-view.ts";
import { sendJson } from "../../api-client.ts";

/** What a requeue is asked for with. */
interface Asked {
  readonly from: string;
  readonly reason: string;
  /** The same for a request that is sent again. */
  readonly key: string;
}

/** Requeues a file and has its page read again; `onDone` learns which run goes on. */
export function useRequeue(fileId: string, onDone: (requeued: Requeued) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ from, reason, key }: Asked) =>
      sendJson(
        "POST",
        `/api/v1/files/${encodeURIComponent(fileId)}/requeue`,
        reason.trim() === "" ? { from } : { from, reason },
        requeuedSchema,
        { "idempotency-key": key },
      ),
    onSuccess: async (requeued) => {
      await queries.invalidateQueries({ queryKey: ["file", fileId] });
      const { run, round } = requeued;
      notifications.show({
        title: "Requeued",
        message: round === 1 ? `Run ${run} has begun.` : `Round ${round} of run ${run} has begun.`,
      });
      onDone(requeued);
    },
    // What was refused may be on its way already.
    onError: () => queries.invalidateQueries({ queryKey: ["file", fileId] }),
  });
}
