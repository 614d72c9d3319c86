import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("the driver of Neon through the bridge", () => {
  test("runs statements and transactions", async () => {
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await client.query("CREATE TABLE kept (n int)");
    await client.query("INSERT INTO kept SELECT generate_series(1, 10)");
    await client.query("ROLLBACK");
    const { rows } = await client.query("SELECT to_regclass('kept') AS found, 40 + 2 AS answer");
    client.release();
    expect(rows).toEqual([{ found: null, answer: 42 }]);
  });

  test("carries a parameter and a row of 40 MB unchanged", async () => {
    const text = "0123456789abcdef".repeat((40 * 1024 * 1024) / 16);
    const { rows } = await database.pool.query<{ echo: string; digest: string }>(
      "SELECT $1::text AS echo, md5($1::text) AS digest",
      [text],
    );
    expect(rows[0]?.echo === text).toBe(true);
    expect(rows[0]?.digest).toMatch(/^[0-9a-f]{32}$/);
  });

  test("keeps twenty connections apart", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        database.pool.query<{ n: number }>("SELECT $1::int AS n, pg_sleep(0.01)", [n]),
      ),
    );
    expect(answers.map((answer) => answer.rows[0]?.n)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test("frees the server's connection when the client goes", async () => {
    const client = await database.pool.connect();
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    client.release(true);
    await expect
      .poll(async () => {
        const left = await database.pool.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1", [
          rows[0]?.pid,
        ]);
        return left.rowCount;
      })
      .toBe(0);
  });

  test("refuses a page in a browser", async () => {
    const socket = new WebSocket(`ws://${database.wsProxy}`, { origin: "https://example.com" });
    const refused = await new Promise((resolve) => socket.once("error", (error) => resolve(error.message)));
    expect(refused).toContain("401");
  });
});
