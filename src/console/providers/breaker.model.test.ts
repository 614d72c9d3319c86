import { expect, it } from "vitest";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import { canProbe, doneText } from "./breaker.model.ts";

function provider(change: Partial<ProviderView>): ProviderView {
  return {
    ...{ provider: "gateway", name: "AI Gateway", state: "open", byHand: false, reason: null },
    ...{ since: "2026-03-01T12:00:00.000Z", nextProbeAt: null, probeStepId: null, heldSteps: 0, changes: [] },
    lately: { calls: 0, ill: 0, errorPercent: null, p50Ms: null, p95Ms: null },
    ...change,
  };
}

it("says how many steps follow when a breaker was closed", () => {
  expect(doneText(provider({}), "close").message).toBe("All that AI Gateway had held goes on.");
  expect(doneText(provider({ heldSteps: 1 }), "close").message).toBe(
    "1 more step of AI Gateway follows by and by.",
  );
  expect(doneText(provider({ heldSteps: 12 }), "close").message).toContain(
    "12 more steps of AI Gateway follow",
  );
});

it("offers a probe while a cool-down can be ended, and never against a person's will", () => {
  expect(canProbe(provider({}))).toBe(true);
  expect(canProbe(provider({ byHand: true }))).toBe(false);
  expect(canProbe(provider({ state: "half-open" }))).toBe(false);
  expect(canProbe(provider({ state: "closed" }))).toBe(false);
});
