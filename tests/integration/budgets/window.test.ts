import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { windowEnd, windowStart } from "../../../src/costs/budgets/window.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const rowSchema = z.object({ start: z.coerce.date(), end: z.coerce.date().nullable() });

/** The windows that hold these times, in one statement. */
async function windowsOf(window: string, zone: string, times: readonly string[]) {
  const [w, z0] = [sql`${window}::text`, sql`${zone}::text`];
  const { rows } = await database.db.execute(sql`
    select start, ${windowEnd(w, z0, sql`start`)} as end
    from unnest(${sql.param([...times])}::timestamptz[]) with ordinality as time(at, place)
    cross join lateral (select ${windowStart(w, z0, sql`at`)} as start) windows
    order by place`);
  return z.array(rowSchema).parse(rows);
}

async function windowOf(window: string, zone: string, at: string) {
  const [found] = await windowsOf(window, zone, [at]);
  return [found?.start.toISOString(), found?.end?.toISOString()];
}

describe("a window", () => {
  it.each([
    // A day of 23 hours and one of 25, where clocks change.
    ["day", "Europe/Berlin", "2026-03-29T10:00:00Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["day", "Europe/Berlin", "2026-10-25T10:00:00Z", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    // The last and the first instant of two months.
    [
      "month",
      "America/New_York",
      "2026-03-01T04:59:59.999Z",
      "2026-02-01T05:00:00.000Z",
      "2026-03-01T05:00:00.000Z",
    ],
    [
      "month",
      "America/New_York",
      "2026-03-01T05:00:00Z",
      "2026-03-01T05:00:00.000Z",
      "2026-04-01T04:00:00.000Z",
    ],
    ["month", "UTC", "2028-02-29T23:59:59Z", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
    // An hour that clocks go through twice is two hours.
    ["hour", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00.000Z", "2026-10-25T01:00:00.000Z"],
    ["hour", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00.000Z", "2026-10-25T02:00:00.000Z"],
    ["hour", "Asia/Kolkata", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00.000Z", "2026-10-25T02:00:00.000Z"],
    // A midnight that does not come: the day begins at one o'clock.
    ["day", "Africa/Cairo", "2026-04-24T08:00:00Z", "2026-04-23T22:00:00.000Z", "2026-04-24T21:00:00.000Z"],
    // A midnight that comes twice: the second one counts.
    ["day", "America/Havana", "2026-11-01T04:30:00Z", "2026-11-01T05:00:00.000Z", "2026-11-02T05:00:00.000Z"],
  ])("of a %s in %s holds %s", async (window, zone, at, start, end) => {
    expect(await windowOf(window, zone, at)).toEqual([start, end]);
  });

  it("in total has a beginning before everything and no end", async () => {
    expect(await windowOf("total", "UTC", "2026-03-01T00:00:00Z")).toEqual([
      "1970-01-01T00:00:00.000Z",
      undefined,
    ]);
  });

  it("follows the one before without a gap, in every zone at every time, and begins on a quarter hour", async () => {
    // Besides all others, those whose clocks change at midnight.
    const odd = ["Africa/Cairo", "America/Havana", "America/Santiago", "Asia/Beirut", "Asia/Gaza"];
    const zone = fc.oneof(fc.constantFrom(...Intl.supportedValuesOf("timeZone")), fc.constantFrom(...odd));
    const from = Date.parse("2020-01-01T00:00:00Z");
    const moment = fc
      .integer({ min: 0, max: 15 * 365 * 24 * 3600 })
      .map((sec) => new Date(from + sec * 1000));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("hour", "day", "month"),
        zone,
        fc.array(moment, { minLength: 50, maxLength: 50 }),
        async (window, zoneName, moments) => {
          const times = moments.map((time) => time.toISOString());
          const windows = await windowsOf(window, zoneName, times);
          const ends = windows.map(({ end }) => (end ?? new Date(0)).toISOString());
          const next = await windowsOf(window, zoneName, ends);
          windows.forEach(({ start, end }, n) => {
            const at = moments[n] ?? new Date(0);
            expect(next[n]?.start.getTime(), `${zoneName} ${times[n]}`).toBe(end?.getTime());
            expect(at.getTime()).toBeLessThan(end?.getTime() ?? 0);
            // Only where midnight comes twice, a window may begin after what it holds.
            expect(start.getTime() - at.getTime()).toBeLessThanOrEqual(3_600_000);
            expect(start.getTime() % 900_000).toBe(0);
          });
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
