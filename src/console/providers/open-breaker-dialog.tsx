"use client";

import { useState } from "react";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import { DeedDialog, Effect } from "../budgets/actions/deed-dialog.tsx";
import { newRequestKey } from "../request-key.ts";
import { useChangeBreaker } from "./use-change-breaker.ts";

/** Asks once, and for the reason, before nothing is sent to a provider any more. */
export function OpenBreakerDialog({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [key] = useState(newRequestKey);
  const change = useChangeBreaker(onClose);
  return (
    <DeedDialog
      title={`Open the breaker of ${provider.name}`}
      deed="Open the breaker"
      grave
      ready
      reasonNeeded
      pending={change.isPending}
      error={change.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => change.mutate({ provider: provider.provider, deed: "open", reason, key })}
      onClose={onClose}
    >
      <Effect
        lines={[
          { name: "Steps that need it", value: "are held without an attempt, and cost nothing" },
          { name: "Attempts under way", value: "end as they do" },
          { name: "Until", value: "somebody closes it; no step tries meanwhile" },
        ]}
      />
    </DeedDialog>
  );
}
