import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { sendJson } from "../api-client.ts";

/** What QStash is told. */
interface Deed {
  /** Below /api/v1/queue/. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly reason: string;
  /** The same for a request that is sent again. */
  readonly key: string;
}

/** Tells QStash how to deliver, says that it was done, and has the queue read again. */
export function useQueueDeed(done: { readonly title: string; readonly message: string }, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body, reason, key }: Deed) =>
      sendJson(
        "POST",
        `/api/v1/queue/${path}`,
        { ...body, ...(reason.trim() !== "" && { reason: reason.trim() }) },
        z.unknown(),
        { "idempotency-key": key },
      ),
    onSuccess: () => {
      notifications.show(done);
      onDone();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["queue"] }),
  });
}
