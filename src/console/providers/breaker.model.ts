import type { BreakerDeed, ProviderView } from "../../triage/providers/provider-view.ts";
import { formatCounted } from "../format/count.ts";

/** What came of a deed, as a title and a sentence. */
export function doneText(provider: ProviderView, deed: BreakerDeed): { title: string; message: string } {
  const { name, heldSteps } = provider;
  switch (deed) {
    case "open":
      return { title: "Breaker opened", message: `Nothing is sent to ${name} until somebody closes it.` };
    case "probe":
      return { title: "Probe sent", message: `One step tries whether ${name} answers again.` };
    case "close":
      return {
        title: "Breaker closed",
        message:
          heldSteps === 0
            ? `All that ${name} had held goes on.`
            : `${formatCounted(heldSteps, "more step")} of ${name} ${heldSteps === 1 ? "follows" : "follow"} by and by.`,
      };
  }
}

/** Whether a step can be let through to try: not where a person wants the breaker open, nor while one tries. */
export function canProbe({ state, byHand }: ProviderView): boolean {
  return state === "open" && !byHand;
}
