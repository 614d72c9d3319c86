import { describe, expect, test } from "vitest";
import { createAdjustableClock } from "../../kernel/clock.ts";
import { createFaults, type Fault, type Faults, faultSchema, reorderBoundMs } from "./faults.ts";

const fault = (input: unknown) => faultSchema.parse(input);
const frozen = () => createAdjustableClock({ frozenAt: new Date(0) });
const meets = (faults: Faults, on: Fault["on"], target: string) =>
  faults.disturb({ on, target, clock: frozen() }, (met) => Promise.resolve(met));

describe("faults", () => {
  test("a fault is over after the number of times it was set for", async () => {
    const faults = createFaults();
    faults.add(fault({ match: "/v2/publish", status: 500, times: 2 }));
    const met = [1, 2, 3].map(() => meets(faults, "request", "/v2/publish/https://a.test"));
    expect((await Promise.all(met)).map((one) => one?.status)).toEqual([500, 500, undefined]);
    expect(faults.list()).toMatchObject([{ id: 1, disturbed: 2 }]);
  });

  test("a fault meets only its own side and its own targets", async () => {
    const faults = createFaults();
    faults.add(fault({ on: "delivery", match: "a.test", status: 503 }));
    expect(await meets(faults, "request", "https://a.test/x")).toBeUndefined();
    expect(await meets(faults, "delivery", "https://b.test/x")).toBeUndefined();
    expect((await meets(faults, "delivery", "https://a.test/x"))?.status).toBe(503);
  });

  test("probability disturbs about that share of the matches, the same ones each time", async () => {
    const draws = () => {
      const faults = createFaults();
      faults.add(fault({ probability: 0.3, status: 500 }));
      return Promise.all(Array.from({ length: 1000 }, () => meets(faults, "request", "/")));
    };
    const share = (await draws()).filter(Boolean).length / 1000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(await draws()).toEqual(await draws());
  });

  test("latency holds what it meets for its time by the clock, and nothing else", async () => {
    const faults = createFaults();
    faults.add(fault({ match: "/slow", latencyMs: 500 }));
    const clock = frozen();
    const done: string[] = [];
    const send = (target: string) =>
      faults.disturb({ on: "request", target, clock }, async () => done.push(target));
    const slow = send("/slow");
    await send("/other");
    clock.advance(499);
    await new Promise(setImmediate);
    expect(done).toEqual(["/other"]);
    clock.advance(1);
    await slow;
    expect(done).toEqual(["/other", "/slow"]);
  });

  test("one fault can be removed and leaves the others", async () => {
    const faults = createFaults();
    for (const status of [500, 503]) faults.add(fault({ status }));
    expect(faults.remove(1)).toBe(true);
    expect(faults.remove(1)).toBe(false);
    expect((await meets(faults, "request", "/"))?.status).toBe(503);
  });

  test.each([
    ["an unknown field", { latency: 5 }],
    ["a duplicated request", { on: "request", duplicate: true }],
  ])("%s is refused, so that a fault that does nothing is never set", (_what, input) => {
    expect(faultSchema.safeParse(input).success).toBe(false);
  });
});

describe("reorder", () => {
  const reordering = (times?: number) => {
    const faults = createFaults();
    faults.add(fault({ match: "/x", reorder: true, times }));
    const clock = frozen();
    const order: number[] = [];
    const send = (place: number, target = "/x") =>
      faults.disturb({ on: "request", target, clock }, async () => {
        // Work takes a turn of the event loop: the one that waits must wait for its end.
        await new Promise(setImmediate);
        order.push(place);
      });
    return { faults, clock, order, send };
  };

  test("of each two that match, the second passes the first", async () => {
    const { order, send } = reordering();
    await Promise.all([send(1), send(2)]);
    await Promise.all([send(3), send(4)]);
    expect(order).toEqual([2, 1, 4, 3]);
  });

  test("what does not match passes nobody", async () => {
    const { order, send } = reordering();
    const first = send(1);
    await send(2, "/y");
    expect(order).toEqual([2]);
    await send(3);
    await first;
    expect(order).toEqual([2, 3, 1]);
  });

  test("one that nobody passes goes on when the bound is over, and is passed by nobody later", async () => {
    const { clock, order, send } = reordering(2);
    const first = send(1);
    clock.advance(reorderBoundMs - 1);
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    clock.advance(1);
    await first;
    await Promise.all([send(2), send(3)]);
    expect(order).toEqual([1, 3, 2]);
  });

  test("a fault that is removed lets go whom it holds", async () => {
    const { faults, order, send } = reordering();
    const first = send(1);
    faults.clear();
    await first;
    expect(order).toEqual([1]);
  });
});
