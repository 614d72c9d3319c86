import { useMutation, useQueryClient } from "@tanstack/react-query";
import { noteViewSchema } from "../../../../triage/failures/notes/note-view.ts";
import { sendJson } from "../../../api-client.ts";

/** Adds a note to a group and has its notes read again; `onLost` is told the text of one that was not taken. */
export function useAddNote(id: string, onLost: (text: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      sendJson("POST", `/api/v1/failures/${encodeURIComponent(id)}/notes`, { text }, noteViewSchema),
    onError: (_, text) => onLost(text),
    onSettled: () => queries.invalidateQueries({ queryKey: ["failures", "notes", id] }),
  });
}
