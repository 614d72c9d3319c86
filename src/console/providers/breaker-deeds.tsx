"use client";

import { useState } from "react";
import type { BreakerDeed, ProviderView } from "../../triage/providers/provider-view.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { newRequestKey } from "../request-key.ts";
import { canProbe } from "./breaker.model.ts";
import { OpenBreakerDialog } from "./open-breaker-dialog.tsx";
import { useChangeBreaker } from "./use-change-breaker.ts";

/** What can be done with a breaker as it stands: what only sends work on is done at once, opening asks. */
export function BreakerDeeds({ provider }: { provider: ProviderView }) {
  const [opening, setOpening] = useState(false);
  const change = useChangeBreaker();
  const deed = (what: BreakerDeed, words: string) => (
    <DeedButton
      deed="POST /api/v1/providers/{provider}/breaker"
      variant="default"
      loading={change.isPending && change.variables.deed === what}
      onClick={() => change.mutate({ provider: provider.provider, deed: what, key: newRequestKey() })}
    >
      {words}
    </DeedButton>
  );
  return (
    <>
      {canProbe(provider) && deed("probe", "Probe now")}
      {provider.state !== "closed" && deed("close", "Close the breaker")}
      {!provider.byHand && (
        <DeedButton
          deed="POST /api/v1/providers/{provider}/breaker"
          variant="default"
          onClick={() => setOpening(true)}
        >
          {provider.state === "closed" ? "Open the breaker" : "Keep it open"}
        </DeedButton>
      )}
      {opening && <OpenBreakerDialog provider={provider} onClose={() => setOpening(false)} />}
    </>
  );
}
