import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { type NewView, type SavedView, savedViewSchema } from "../../triage/views/view-view.ts";
import { sendJson } from "../api-client.ts";
import { sentenceOf } from "../api-error.ts";
import { viewsQuery } from "./views.query.ts";

/** Saving a view, and taking one of one's own away. */
export function useViewDeeds() {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
  const onError = (error: Error) =>
    notifications.show({ color: "red", title: "The views are as they were", message: sentenceOf(error) });
  const save = useMutation({
    mutationFn: (view: NewView) => sendJson("POST", "/api/v1/views", view, savedViewSchema),
    onSettled,
    onError,
  });
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) =>
      sendJson("DELETE", `/api/v1/views/${encodeURIComponent(id)}`, {}, z.unknown()),
    onSettled,
    onError,
  });
  return { save, remove };
}
