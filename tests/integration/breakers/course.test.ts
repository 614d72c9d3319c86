import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providerRollups } from "../../../src/db/schema/provider-rollups.ts";
import { forgetOutcomes } from "../../../src/jobs/breaker/judge-calls.ts";
import { rollOutcomes } from "../../../src/jobs/breaker/roll-outcomes.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { listProviderChanges } from "../../../src/triage/providers/list-changes.ts";
import { readCourse } from "../../../src/triage/providers/read-course.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const begin = new Date("2026-03-01T12:00:00Z");
const clock = createAdjustableClock({ frozenAt: begin });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Calls of the gateway at a time: their latencies, in ms; those that found it ill are negative. */
async function calls(at: Date, latencies: readonly number[]): Promise<void> {
  for (const [call, latency] of latencies.entries())
    await database.db.execute(sql`insert into provider_outcomes (provider, at, attempt_id, call, ill, latency_ms)
      values ('gateway', ${at.toISOString()}::timestamptz, ${`att_${at.getTime()}`}, ${call}, ${latency < 0}, ${Math.abs(latency)})`);
}

const ctx = () => ({ db: database.db, clock });
const lastHour = () =>
  readCourse(ctx(), {
    provider: "gateway",
    from: new Date(clock.now().getTime() - hourMs),
    to: clock.now(),
  });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test("without a call a course says so, and nothing of errors or latencies", async () => {
  const { answered, errorPercent, p95Ms, countedUntil } = await lastHour();
  expect(new Set(answered)).toEqual(new Set([0]));
  expect(new Set([...errorPercent, ...p95Ms])).toEqual(new Set([null]));
  expect(countedUntil).toBeNull();
});

test("calls are summed by minute, with their errors and latencies to within a twentieth", async () => {
  const ninetyFast = Array.from({ length: 90 }, () => 100);
  await calls(new Date(begin.getTime() - 10 * minuteMs), [
    ...ninetyFast,
    ...Array.from({ length: 10 }, () => -4_000),
  ]);
  await rollOutcomes(ctx());
  const course = await lastHour();
  const at = course.ill.indexOf(10);
  expect(course.boundaries[at]).toBe("2026-03-01T11:50:00.000Z");
  expect(course.answered[at]).toBe(90);
  expect(course.errorPercent[at]).toBe(10);
  expect(Math.abs((course.p50Ms[at] ?? 0) / 100 - 1)).toBeLessThan(0.05);
  expect(Math.abs((course.p95Ms[at] ?? 0) / 4_000 - 1)).toBeLessThan(0.05);
});

test("summed up again, and by two ticks at once, they are the same; those that come late are added", async () => {
  await Promise.all([rollOutcomes(ctx()), rollOutcomes(ctx()), rollOutcomes(ctx())]);
  expect(sum((await lastHour()).answered)).toBe(90);
  await calls(new Date(begin.getTime() - 10 * minuteMs + 1), [100]);
  await rollOutcomes(ctx());
  expect(sum((await lastHour()).answered)).toBe(91);
});

test("outcomes that are forgotten stay in the sums, also of the minute that is half forgotten", async () => {
  clock.advance(50 * minuteMs + 1);
  await forgetOutcomes(ctx());
  await rollOutcomes(ctx());
  const { answered, ill } = await readCourse(ctx(), {
    provider: "gateway",
    from: new Date(begin.getTime() - hourMs),
    to: begin,
  });
  expect([sum(answered), sum(ill)]).toEqual([91, 10]);
});

test("a tick that stood still for hours loses no call", async () => {
  await calls(new Date(clock.now().getTime() + minuteMs), [20, 20, 20]);
  clock.advance(5 * hourMs);
  await rollOutcomes(ctx());
  const { answered } = await readCourse(ctx(), {
    provider: "gateway",
    from: new Date(clock.now().getTime() - 5 * hourMs),
    to: clock.now(),
  });
  expect(sum(answered)).toBe(3);
});

test("minutes are dropped after two days, hours tell of them for longer", async () => {
  clock.advance(3 * 24 * hourMs);
  await rollOutcomes(ctx());
  const kept = await database.db.select({ grain: providerRollups.grain }).from(providerRollups);
  expect(new Set(kept.map(({ grain }) => grain))).toEqual(new Set(["hour"]));
  const course = await readCourse(ctx(), {
    provider: "gateway",
    from: new Date(clock.now().getTime() - 7 * 24 * hourMs),
    to: clock.now(),
  });
  expect(course.width).toBe("1h");
  expect(sum(course.answered)).toBe(94);
});

test("changes are paged, newest first, without a gap", async () => {
  await database.db.execute(sql`insert into provider_changes (id, at, provider, from_state, to_state, cause)
    select 'brk_' || lpad(n::text, 3, '0'), timestamptz '2026-03-01' + (n / 2) * interval '1 second', 'gateway', 'closed', 'open', 'errors'
    from generate_series(1, 25) n`);
  const read: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listProviderChanges(ctx(), { provider: "gateway", limit: 10, cursor });
    read.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(read).toEqual(Array.from({ length: 25 }, (_, at) => `brk_${String(25 - at).padStart(3, "0")}`));
});
