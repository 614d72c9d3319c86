"use client";

import { useState } from "react";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { formatCounted } from "../../format/count.ts";
import { useRemoveBudget } from "./budget-deeds.ts";
import { DeedDialog, Effect } from "./deed-dialog.tsx";

/** Takes a budget away. */
export function RemoveDialog({ budget, onClose }: { budget: ForecastBudget; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const remove = useRemoveBudget(budget, onClose);
  const { count } = budget.holds;
  return (
    <DeedDialog
      title={`Remove the ${budget.name}`}
      deed="Remove"
      grave
      ready
      pending={remove.isPending}
      error={remove.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => remove.mutate(reason.trim())}
      onClose={onClose}
    >
      <Effect
        lines={[
          { name: "Counts", value: "nothing any more; the ledger and the audit log keep what was" },
          {
            name: "Goes on",
            value:
              count === 0
                ? "nothing is held"
                : `${formatCounted(count, "held step")}, unless another budget has no room`,
          },
        ]}
      />
    </DeedDialog>
  );
}
