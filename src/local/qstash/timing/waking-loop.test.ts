import { expect, test, vi } from "vitest";
import { createAdjustableClock } from "../../../kernel/clock.ts";
import { createLog } from "../../../kernel/log.ts";
import { batched } from "./batched.ts";
import { createWakingLoop } from "./waking-loop.ts";

const log = createLog("silent");

test("a loop passes when it is woken or when something falls due, and not in between", async () => {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  let passes = 0;
  const loop = createWakingLoop({ clock, log, name: "test" }, async () => {
    passes += 1;
    return passes === 1 ? 1000 : undefined;
  });
  loop.start();
  await vi.waitFor(() => expect(passes).toBe(1));
  clock.advance(999);
  await new Promise(setImmediate);
  expect(passes).toBe(1);
  clock.advance(1);
  await vi.waitFor(() => expect(passes).toBe(2));
  loop.wake();
  await vi.waitFor(() => expect(passes).toBe(3));
  await loop.stop();
  expect(passes).toBe(3);
});

test("a loop that will look in time sleeps on when it is told what falls due later", async () => {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  let passes = 0;
  const loop = createWakingLoop({ clock, log, name: "test" }, async () => {
    passes += 1;
    return 1000;
  });
  loop.start();
  await vi.waitFor(() => expect(passes).toBe(1));
  await new Promise(setImmediate);
  loop.wake(1000);
  await new Promise(setImmediate);
  expect(passes).toBe(1);
  loop.wake(999);
  await vi.waitFor(() => expect(passes).toBe(2));
  await loop.stop();
});

test("what is signalled during a pass is looked at by the next one", async () => {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  let passes = 0;
  const loop = createWakingLoop({ clock, log, name: "test" }, async () => {
    passes += 1;
    if (passes === 1) loop.wake();
    return undefined;
  });
  loop.start();
  await vi.waitFor(() => expect(passes).toBe(2));
  await loop.stop();
});

test("a pass that fails is repeated after a while", async () => {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  let passes = 0;
  const loop = createWakingLoop({ clock, log, name: "test" }, async () => {
    passes += 1;
    if (passes === 1) throw new Error("the database is away");
    return undefined;
  });
  loop.start();
  await vi.waitFor(() => expect(passes).toBe(1));
  await new Promise(setImmediate);
  clock.advance(500);
  await vi.waitFor(() => expect(passes).toBe(2));
  await loop.stop();
});

test("items that come while a batch is under way go into one next batch, each once and in order", async () => {
  const batches: number[][] = [];
  let open = () => {};
  const add = batched<number>(async (items) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => {
      open = resolve;
    });
  });
  const added = [add(1)];
  await vi.waitFor(() => expect(batches).toHaveLength(1));
  added.push(add(2), add(3));
  open();
  await vi.waitFor(() => expect(batches).toEqual([[1], [2, 3]]));
  open();
  await Promise.all(added);
});
