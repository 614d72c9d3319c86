import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureViewSchema } from "../../../triage/failures/failure-view.ts";
import { sendJson } from "../../api-client.ts";
import type { IgnoreChange } from "./deeds/ignore.model.ts";

type Change =
  | { readonly state: "open" }
  | (IgnoreChange & { readonly reason?: string })
  | { readonly state: "resolved"; readonly deployment?: string; readonly reason?: string };

/** Opens, ignores or resolves a failure group, and has the failures read again. */
export function useSetState(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) =>
      sendJson("POST", `/api/v1/failures/${encodeURIComponent(id)}/state`, change, failureViewSchema),
    onSettled: () => queries.invalidateQueries({ queryKey: ["failures"] }),
  });
}
