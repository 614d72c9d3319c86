import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StuckAction } from "../../db/stuck-states.ts";
import { actedSchema, type StuckStep } from "../../triage/stuck/stuck-view.ts";
import { sendJson } from "../api-client.ts";
import { sentenceOf } from "../api-error.ts";
import { doneWords, stepText } from "./stuck.model.ts";

/** What is asked for. */
interface Asked {
  readonly step: StuckStep;
  readonly action: StuckAction;
  readonly reason: string;
  /** The same for a request that is sent again. */
  readonly key: string;
}

/**
 * Does something about a stuck step and has the list read again. What the API refuses is shown here too: a step may
 * have gone on meanwhile, and its row with it.
 */
export function useActOnStep(onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, action, reason, key }: Asked) =>
      sendJson(
        "POST",
        `/api/v1/steps/${encodeURIComponent(step.stepId)}/${action}`,
        reason.trim() === "" ? {} : { reason: reason.trim() },
        actedSchema,
        { "idempotency-key": key },
      ),
    onSuccess: ({ state }, { step, action }) => {
      const held = state === "held" ? " No budget has room for it: it is held." : "";
      notifications.show({
        title: doneWords[action],
        message: `${stepText(step)} of ${step.fileName}.${held}`,
      });
      onDone();
    },
    onError: (error, { step }) =>
      notifications.show({
        color: "red",
        title: `${stepText(step)} of ${step.fileName} was left as it is`,
        message: sentenceOf(error),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["stuck"] }),
  });
}
