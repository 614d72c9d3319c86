import { describe, expect, test } from "vitest";
import { createFaults, faultSchema } from "./faults.ts";

const fault = (input: unknown) => faultSchema.parse(input);

describe("faults", () => {
  test("a fault is over after the number of times it was set for", () => {
    const faults = createFaults();
    faults.add(fault({ match: "/v2/publish", status: 500, times: 2 }));
    const taken = [1, 2, 3].map(() => faults.take("request", "/v2/publish/https://a.test"));
    expect(taken.map((one) => one?.status)).toEqual([500, 500, undefined]);
  });

  test("a fault meets only its own side and its own targets", () => {
    const faults = createFaults();
    faults.add(fault({ on: "delivery", match: "a.test", status: 503 }));
    expect(faults.take("request", "https://a.test/x")).toBeUndefined();
    expect(faults.take("delivery", "https://b.test/x")).toBeUndefined();
    expect(faults.take("delivery", "https://a.test/x")?.status).toBe(503);
  });

  test("probability disturbs about that share of the matches, the same ones each time", () => {
    const draws = () => {
      const faults = createFaults();
      faults.add(fault({ probability: 0.3, latencyMs: 1 }));
      return Array.from({ length: 1000 }, () => faults.take("request", "/") !== undefined);
    };
    const share = draws().filter(Boolean).length / 1000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(draws()).toEqual(draws());
  });

  test("an unknown field is refused, so that a misspelt fault is never silently ignored", () => {
    expect(faultSchema.safeParse({ latency: 5 }).success).toBe(false);
  });
});
