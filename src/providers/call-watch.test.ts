import { expect, it } from "vitest";
import { createAdjustableClock } from "../kernel/clock.ts";
import { createCallWatch } from "./call-watch.ts";
import { providerFault } from "./provider-fault.ts";

const clock = () => createAdjustableClock({ frozenAt: new Date("2026-03-01T12:00:00Z") });

it.each([
  [undefined, true],
  [408, true],
  [500, true],
  [503, true],
  [400, false],
  [401, false],
  [402, false],
  [404, false],
  [429, false],
])("takes an answer of %s for illness: %s", async (status, ill) => {
  const watch = createCallWatch(clock());
  const fault = providerFault("gateway", status, undefined);
  await expect(watch.watch("gateway", () => Promise.reject(fault))).rejects.toBe(fault);
  expect(watch.outcomes()).toEqual([{ provider: "gateway", ill, latencyMs: 0 }]);
});

it("tells how long each call took, and nothing of one that is under way", async () => {
  const time = clock();
  const watch = createCallWatch(time);
  await watch.watch("vector", async () => time.advance(40));
  const never = Promise.withResolvers<void>();
  const pending = watch.watch("blob", () => never.promise);
  expect(watch.outcomes()).toEqual([{ provider: "vector", ill: false, latencyMs: 40 }]);
  time.advance(120_000);
  watch.giveUp();
  never.resolve();
  await pending;
  // An answer that came when nobody waited any more does not make it well.
  expect(watch.outcomes()[1]).toEqual({ provider: "blob", ill: true, latencyMs: 120_000 });
});
