import { expect, test } from "vitest";
import { createAdjustableClock } from "../kernel/clock.ts";
import { createSharedAnswers } from "./shared-answers.ts";

const clock = createAdjustableClock({ frozenAt: new Date("2026-03-01T08:00:00Z") });

function store(lifeMs = 2_000) {
  const answers = createSharedAnswers({ clock, lifeMs });
  let asked = 0;
  const ask = (key: string, options: { status?: number; afresh?: boolean; body?: string } = {}) =>
    answers.get(key, options.afresh ?? false, async () => {
      asked += 1;
      const made = asked;
      await Promise.resolve();
      return {
        status: options.status ?? 200,
        contentType: "application/json",
        body: options.body ?? String(made),
      };
    });
  return { answers, ask, asked: () => asked };
}

test("who asks the same at once, or soon after, gets one answer", async () => {
  const { ask, asked } = store();
  expect(
    new Set((await Promise.all([ask("a"), ask("a"), ask("b")])).map((answer) => answer?.body)).size,
  ).toBe(2);
  clock.advance(1_999);
  expect((await ask("a"))?.body).toBe("1");
  expect(asked()).toBe(2);
  clock.advance(2);
  expect((await ask("a"))?.body).toBe("3");
});

test("with a life of 0 only those share who ask while it is worked out", async () => {
  const { ask, asked } = store(0);
  await Promise.all([ask("a"), ask("a")]);
  await ask("a");
  expect(asked()).toBe(2);
});

test("a deed forgets what is known and what is being worked out", async () => {
  const { answers, ask } = store();
  const before = ask("a");
  answers.clear();
  const after = ask("a");
  expect([(await before)?.body, (await after)?.body]).toEqual(["1", "2"]);
  expect((await ask("a"))?.body).toBe("2");
});

test("who asks for a fresh answer gets one, and so do those who come after", async () => {
  const { ask } = store();
  await ask("a");
  expect((await ask("a", { afresh: true }))?.body).toBe("2");
  expect((await ask("a"))?.body).toBe("2");
});

test("refusals, faults and what is not to be shared are not kept", async () => {
  const { answers, ask, asked } = store();
  await ask("a", { status: 404 });
  await ask("a", { status: 404 });
  expect(asked()).toBe(2);
  await expect(answers.get("c", false, () => Promise.reject(new TypeError("no")))).rejects.toThrow("no");
  expect(await answers.get("c", false, async () => null)).toBeNull();
  expect((await ask("c"))?.body).toBe("3");
});

test("it keeps no more than it has room for, and lets go of the oldest first", async () => {
  const { ask, asked } = store();
  for (let at = 0; at < 501; at += 1) await ask(`key ${at}`);
  await ask("key 500");
  expect(asked()).toBe(501);
  await ask("key 0");
  expect(asked()).toBe(502);
  const long = "x".repeat(1_000_001);
  await ask("long", { body: long });
  await ask("long", { body: long });
  expect(asked()).toBe(504);
});
