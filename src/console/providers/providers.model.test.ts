import { expect, it } from "vitest";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import { headlineOf, heldText, lookedInto, nextProbeText, standOf } from "./providers.model.ts";

const now = new Date("2026-03-01T12:00:00Z");

function provider(change: Partial<ProviderView> = {}): ProviderView {
  return {
    ...{ provider: "gateway", name: "AI Gateway", state: "closed", byHand: false, reason: null },
    ...{ since: "2026-03-01T11:00:00.000Z", nextProbeAt: null, probeStepId: null, heldSteps: 0, changes: [] },
    lately: { calls: 0, ill: 0, errorPercent: null, p50Ms: null, p95Ms: null },
    ...change,
  };
}
const vector = (change: Partial<ProviderView> = {}) =>
  provider({ provider: "vector", name: "Upstash Vector", ...change });

it("says first whether a provider is out, and what waits for it", () => {
  expect(headlineOf([provider(), vector()])).toEqual({ text: "All providers answer.", state: "good" });
  expect(headlineOf([provider({ state: "open", heldSteps: 12 }), vector()]).text).toBe(
    "Nothing is sent to AI Gateway: 12 steps wait.",
  );
  expect(headlineOf([provider({ state: "half-open", heldSteps: 1 }), vector()])).toEqual({
    text: "One step tries whether AI Gateway answers again; 1 step waits.",
    state: "wait",
  });
  expect(headlineOf([provider({ state: "open" }), vector({ state: "open" })]).text).toBe(
    "Nothing is sent to AI Gateway and Upstash Vector: no step waits yet.",
  );
});

it("does not call well what fails while its breaker is closed", () => {
  const lately = { calls: 40, ill: 3, errorPercent: 7.5, p50Ms: 20, p95Ms: 90 };
  expect(headlineOf([provider({ lately }), vector()])).toEqual({
    text: "AI Gateway did not answer 3 of its last 40 calls; its breaker is closed.",
    state: "wait",
  });
});

it("looks into what was asked for, else into what is out", () => {
  const all = [provider(), vector({ state: "open" })];
  expect(lookedInto(all, null)?.provider).toBe("vector");
  expect(lookedInto(all, "gateway")?.provider).toBe("gateway");
  expect(lookedInto([vector(), provider()], null)?.provider).toBe("gateway");
});

it("says why a breaker stands as it does, and when the next step tries", () => {
  const open = provider({
    state: "open",
    reason: "8 of the last 10 calls failed.",
    nextProbeAt: "2026-03-01T12:00:20.000Z",
  });
  expect(standOf(open)).toBe("8 of the last 10 calls failed.");
  expect(nextProbeText(open, now)).toBe("in 20 s");
  expect(nextProbeText({ ...open, nextProbeAt: "2026-03-01T11:59:00.000Z" }, now)).toBe("with the next step");
  const byHand = provider({ state: "open", byHand: true, reason: "It is being moved", nextProbeAt: null });
  expect(standOf(byHand)).toBe("Opened by hand: It is being moved");
  expect(nextProbeText(byHand, now)).toBe("when somebody closes it");
  expect(nextProbeText(provider(), now)).toBeNull();
  expect(heldText(10_000)).toBe("10,000 steps or more");
});
