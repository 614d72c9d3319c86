import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FailureView, failureViewSchema } from "../../../../triage/failures/failure-view.ts";
import { sendJson } from "../../../api-client.ts";
import { formatCounted } from "../../../format/count.ts";

type Deed =
  | { readonly deed: "merge"; readonly into: string; readonly reason: string }
  | { readonly deed: "split"; readonly contains: string; readonly reason: string };

/** Merges or splits a group, has the failures read again, and leads to the group that has what was moved. */
export function useRegroup(id: string, onDone: () => void) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ deed, reason, ...how }: Deed): Promise<FailureView> => {
      const body = { ...how, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
      return sendJson("POST", `/api/v1/failures/${encodeURIComponent(id)}/${deed}`, body, failureViewSchema);
    },
    onSuccess: (group, { deed }) => {
      const has = formatCounted(group.failures, "failure");
      notifications.show(
        deed === "merge"
          ? { title: "Merged", message: `The group has ${has} now.` }
          : { title: "Split", message: `The new group has ${has}.` },
      );
      onDone();
      router.push(`/failures/${encodeURIComponent(group.id)}`);
    },
    // What was refused may have been done by somebody else meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: ["failures"] }),
  });
}
