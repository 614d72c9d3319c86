"use client";

import { useState } from "react";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import { DeedDialog, Effect } from "../budgets/actions/deed-dialog.tsx";
import { formatCounted } from "../format/count.ts";
import { classWords } from "./reconciliation.model.ts";
import { useRepair } from "./use-reconciliation-deeds.ts";

/** Asks once before all open findings of a class are put right. */
export function RepairDialog(props: { id: string; name: FindingClass; open: number; onClose: () => void }) {
  const { id, name, open, onClose } = props;
  const [reason, setReason] = useState("");
  const repair = useRepair({ id, class: name }, onClose);
  const words = classWords[name];
  return (
    <DeedDialog
      title={words.name}
      deed={words.deed}
      grave={words.deed === "Delete" || words.deed === "Remove"}
      ready
      pending={repair.isPending}
      error={repair.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => repair.mutate(reason.trim())}
      onClose={onClose}
    >
      <Effect
        lines={[
          { name: "Findings", value: formatCounted(open, "open finding") },
          { name: "For each", value: words.repair },
          { name: "Left alone", value: "what agrees again by then: each is looked at once more" },
        ]}
      />
    </DeedDialog>
  );
}
