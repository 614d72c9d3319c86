"use client";

import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { BreakerDeed } from "../../triage/providers/provider-view.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { newRequestKey } from "../request-key.ts";
import { canProbe } from "./breaker.model.ts";
import { providersQuery } from "./providers.query.ts";
import { useChangeBreaker } from "./use-change-breaker.ts";

/**
 * What can be done about the breaker that holds a step.
 * @param about the step, for those who hear the buttons
 */
export function BreakerActions({ provider, about }: { provider: BreakerProvider; about: string }) {
  const providers = useLiveQuery(providersQuery);
  const change = useChangeBreaker();
  const breaker = providers.data?.find((one) => one.provider === provider);
  const deed = (what: BreakerDeed, words: string) => (
    <DeedButton
      deed="POST /api/v1/providers/{provider}/breaker"
      variant="default"
      size="compact-sm"
      loading={change.isPending && change.variables.deed === what}
      aria-label={`${words}: ${about}`}
      onClick={() => change.mutate({ provider, deed: what, key: newRequestKey() })}
    >
      {words}
    </DeedButton>
  );
  return (
    <>
      {breaker !== undefined && canProbe(breaker) && deed("probe", "Probe now")}
      {deed("close", "Close the breaker")}
    </>
  );
}
