import { useMutation, useQueryClient } from "@tanstack/react-query";
import { noteViewSchema } from "../../../../triage/failures/notes/note-view.ts";
import { sendJson } from "../../../api-client.ts";

/** Adds a note to a group, has its notes read again, and calls `onDone`. */
export function useAddNote(id: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      sendJson("POST", `/api/v1/failures/${encodeURIComponent(id)}/notes`, { text }, noteViewSchema),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ["failures", "notes", id] }),
  });
}
