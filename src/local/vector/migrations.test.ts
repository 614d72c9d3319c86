import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase, type EmptyDatabase } from "../../../tests/support/postgres.ts";
import { createAdjustableClock } from "../../kernel/clock.ts";
import { migrateService } from "../kit/database.ts";
import { migrations, schema } from "./migrations.ts";
import { openIndex } from "./open-index.ts";

let database: EmptyDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

test("what was stored before there were several indexes belongs to the default one", async () => {
  const { pool } = database;
  await migrateService(pool, schema, migrations.slice(0, 2));
  await pool.query("INSERT INTO vector.namespaces VALUES ('ns'), ('empty')");
  const vector = Buffer.from(Float32Array.of(1, 2).buffer);
  const insert = "INSERT INTO vector.records VALUES ($1, $2, $3, $4, $5, $6)";
  await pool.query(insert, ["", "a", 0, vector, null, null]);
  await pool.query(insert, ["ns", "a", 4, vector, { key: 1 }, "text"]);

  await migrateService(pool, schema, migrations);
  const settings = { name: "default", dense: { dimension: 2, similarityFunction: "COSINE" } } as const;
  const { store } = openIndex({ pool, clock: createAdjustableClock(), settings });
  await store.load();
  expect([...store.namespaces().keys()].sort()).toEqual(["", "empty", "ns"]);
  expect(store.view("").records.get("a")?.measured?.vector).toEqual(Float32Array.of(1, 2));
  expect(store.view("ns").records.get("a")).toMatchObject({ ordinal: 4, metadata: { key: 1 }, data: "text" });
});
