"use client";

import { useState } from "react";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { DeedDialog, Effect } from "../../budgets/actions/deed-dialog.tsx";
import { formatCount, formatCounted } from "../../format/count.ts";
import { endedOf } from "../progress.model.ts";
import { useRequeueDeed } from "./use-requeue-deed.ts";

/** Asks once before a requeue is ended in its middle. */
export function CancelDialog({ requeue, onClose }: { requeue: RequeueView; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const cancel = useRequeueDeed(requeue.id);
  const { counts } = requeue;
  const under = counts.sent + counts.held;
  return (
    <DeedDialog
      title="Cancel the requeue"
      deed="Send nothing more"
      grave
      ready
      pending={cancel.isPending}
      error={cancel.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => cancel.mutate({ deed: "cancel", reason: reason.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Effect
        lines={[
          {
            name: "Not sent",
            value:
              counts.pending === 0
                ? "no file; all have been sent"
                : `${formatCounted(counts.pending, "file")}: ${counts.pending === 1 ? "stands" : "stand"} as before`,
          },
          {
            name: "On their way",
            value: under === 0 ? "no file" : `${formatCounted(under, "file")}: not called back`,
          },
          { name: "Ended", value: `${formatCount(endedOf(counts))} of ${formatCount(counts.total)}` },
        ]}
      />
    </DeedDialog>
  );
}
