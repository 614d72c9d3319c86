import { expect, it } from "vitest";
import { createAdjustableClock } from "../../kernel/clock.ts";
import { shareRead } from "./share-read.ts";

const now = new Date("2026-03-01T12:00:00Z");

function counted() {
  const clock = createAdjustableClock({ frozenAt: now });
  let asked = 0;
  const read = shareRead(
    async (input: { name: string }) => {
      asked += 1;
      if (input.name === "down") throw new TypeError("down");
      return { says: `${input.name} ${asked}` };
    },
    { clock, lifeMs: 3_000 },
  );
  return { clock, read, asked: () => asked };
}

it("asks once for all who ask for the same meanwhile, and says when", async () => {
  const { read, asked, clock } = counted();
  const all = await Promise.all(Array.from({ length: 50 }, () => read({ name: "a" })));
  clock.advance(2_999);
  expect(await read({ name: "a" })).toEqual({ says: "a 1", readAt: now });
  expect(new Set(all.map(({ says }) => says))).toEqual(new Set(["a 1"]));
  expect(asked()).toBe(1);
  clock.advance(1);
  expect(await read({ name: "a" })).toMatchObject({ says: "a 2" });
});

it("tells apart what is asked for, and asks anew after a change", async () => {
  const { read, asked } = counted();
  await read({ name: "a" });
  await read({ name: "b" });
  expect(asked()).toBe(2);
  read.forget();
  expect(await read({ name: "a" })).toMatchObject({ says: "a 3" });
});

it("shares a refusal as well, and not for longer", async () => {
  const { read, asked, clock } = counted();
  for (let at = 0; at < 5; at += 1) await expect(read({ name: "down" })).rejects.toThrow("down");
  expect(asked()).toBe(1);
  clock.advance(3_000);
  await expect(read({ name: "down" })).rejects.toThrow("down");
  expect(asked()).toBe(2);
});
