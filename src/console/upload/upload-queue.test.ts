import { expect, it } from "vitest";
import { createUploadQueue } from "./upload-queue.ts";

it("runs every task, in order, and never more at once than allowed", async () => {
  const enqueue = createUploadQueue(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  await new Promise<void>((resolve) => {
    for (let at = 0; at < 7; at += 1) {
      enqueue(async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(at);
        await new Promise((turn) => setImmediate(turn));
        running -= 1;
        if (at === 6) resolve();
      });
    }
  });
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
});
