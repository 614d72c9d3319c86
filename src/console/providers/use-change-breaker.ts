import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type BreakerDeed, providerViewSchema } from "../../triage/providers/provider-view.ts";
import { sendJson } from "../api-client.ts";
import { sentenceOf } from "../api-error.ts";
import { doneText } from "./breaker.model.ts";

/** What is asked for. */
interface Asked {
  readonly provider: string;
  readonly deed: BreakerDeed;
  /** The same for a request that is sent again. */
  readonly key: string;
  readonly reason?: string;
}

/** Opens or closes a provider's breaker or lets a step try, says what came of it, and has what it held read again. */
export function useChangeBreaker(onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ provider, deed, key, reason = "" }: Asked) =>
      sendJson(
        "POST",
        `/api/v1/providers/${encodeURIComponent(provider)}/breaker`,
        { deed, ...(reason.trim() !== "" && { reason: reason.trim() }) },
        providerViewSchema,
        { "idempotency-key": key },
      ),
    onSuccess: (provider, { deed }) => {
      notifications.show(doneText(provider, deed));
      onDone();
    },
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "The breaker was left as it is",
        message: sentenceOf(error),
      }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["stuck"] }),
        queries.invalidateQueries({ queryKey: ["providers"] }),
      ]),
  });
}
