import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type BreakerDeed, providerViewSchema } from "../../triage/providers/provider-view.ts";
import { sendJson } from "../api-client.ts";
import { sentenceOf } from "../api-error.ts";
import { doneText } from "./breaker.model.ts";

/** Closes a provider's breaker or lets a step try, says what came of it, and has what it held read again. */
export function useChangeBreaker() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ provider, deed, key }: { provider: string; deed: BreakerDeed; key: string }) =>
      sendJson(
        "POST",
        `/api/v1/providers/${encodeURIComponent(provider)}/breaker`,
        { deed },
        providerViewSchema,
        {
          "idempotency-key": key,
        },
      ),
    onSuccess: (provider, { deed }) => notifications.show(doneText(provider, deed)),
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
