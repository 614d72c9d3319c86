import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertSpans, type SpanRow } from "../../../src/telemetry/store/insert-spans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { spanAt } from "./spans.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const startedAt = "2026-05-01T10:00:00.000Z";

/** The same span as it ends some ms after its beginning. */
function endingAfter(spanId: string, ms: number, name: string): SpanRow {
  const span = spanAt(startedAt, spanId);
  return { ...span, name, end_ns: (BigInt(span.start_ns) + BigInt(ms) * 1_000_000n).toString() };
}

async function stored(spanId: string) {
  const { rows } = await database.db.execute(
    sql`select name, (end_ns - start_ns) / 1000000 as ms from spans where span_id = ${spanId}`,
  );
  return rows.map((row) => [row.name, Number(row.ms)]);
}

test("of a span that is written twice the one that ends later stays, in whichever order they come", async () => {
  const [early, late] = [endingAfter("a", 10, "from the row"), endingAfter("a", 12, "the worker's own")];
  await insertSpans(database.db, [early]);
  await insertSpans(database.db, [late]);
  expect(await stored("a")).toEqual([["the worker's own", 12]]);
  await insertSpans(database.db, [early]);
  expect(await stored("a")).toEqual([["the worker's own", 12]]);
});

test("the same holds within one batch", async () => {
  const [early, late] = [endingAfter("b", 10, "first round"), endingAfter("b", 90, "second round")];
  await insertSpans(database.db, [late, early, endingAfter("c", 1, "another")]);
  expect(await stored("b")).toEqual([["second round", 90]]);
  expect(await stored("c")).toEqual([["another", 1]]);
});
