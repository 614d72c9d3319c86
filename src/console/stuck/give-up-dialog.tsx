"use client";

import { useState } from "react";
import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { DeedDialog, Effect } from "../budgets/actions/deed-dialog.tsx";
import { newRequestKey } from "../request-key.ts";
import { stepText } from "./stuck.model.ts";
import { useActOnStep } from "./use-act-on-step.ts";

/** Asks once, and for the reason, before a step is given up. */
export function GiveUpDialog({ step, onClose }: { step: StuckStep; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [key] = useState(newRequestKey);
  const act = useActOnStep(onClose);
  return (
    <DeedDialog
      title={`Give up ${stepText(step)} of ${step.fileName}`}
      deed="Give up"
      grave
      ready
      reasonNeeded
      pending={act.isPending}
      error={act.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => act.mutate({ step, action: "fail-now", reason, key })}
      onClose={onClose}
    >
      <Effect
        lines={[
          { name: "The step", value: "fails with given_up, under a failure group" },
          { name: "Its run", value: "fails; what it still had to do is cancelled" },
          { name: "The file", value: "can be requeued from its page" },
        ]}
      />
    </DeedDialog>
  );
}
