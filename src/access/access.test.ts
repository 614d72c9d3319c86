import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/postgres.ts";
import { createAdjustableClock } from "../kernel/clock.ts";
import { authenticate } from "./authenticate.ts";
import { createSignInLink } from "./create-sign-in-link.ts";
import { ensureAdminKey } from "./ensure-admin-key.ts";
import { forgetExpired } from "./forget-expired.ts";
import { signInWithKey } from "./sign-in-with-key.ts";
import { takeRate } from "./take-rate.ts";

const clock = createAdjustableClock({ frozenAt: new Date("2026-05-01T10:00:00Z") });
const key = "wbk_0123456789abcdef";
let database: TestDatabase;
const ctx = (url = "https://waybill.example") => ({
  db: database.db,
  clock,
  env: { WAYBILL_URL: url, WAYBILL_SESSION_SECRET: "s".repeat(32) },
});
const asked = (headers: Record<string, string>) => ({ headers: new Headers(headers) });
const rowsOf = async (query: string) => (await database.db.execute(query)).rows;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("the admin key is stored once, however often and however parallel it is ensured", async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => ensureAdminKey(ctx(), key)));
  expect(new Set(made.map(({ keyId }) => keyId)).size).toBe(1);
  expect(await rowsOf("select hint from api_keys")).toEqual([{ hint: "wbk_01" }]);
});

test("a key's last use is written down at most once a minute", async () => {
  const use = () => authenticate(ctx(), asked({ authorization: `Bearer ${key}` }));
  const lastUse = async () => (await rowsOf("select last_used_at::text from api_keys"))[0]?.last_used_at;
  expect(await use()).toMatchObject({ keyName: "admin", via: "key" });
  const first = await lastUse();
  clock.advance(59_000);
  await use();
  expect(await lastUse()).toBe(first);
  clock.advance(1_001);
  await use();
  expect(await lastUse()).not.toBe(first);
});

test("a session's cookie is for https alone where the console is", async () => {
  expect(await signInWithKey(ctx(), key)).toMatch(/; Secure/);
  expect(await signInWithKey(ctx("http://localhost:3000"), key)).not.toMatch(/Secure/);
});

test("a request that names a bearer key is judged by it, whatever session it has", async () => {
  const cookie = (await signInWithKey(ctx(), key)).split(";")[0] ?? "";
  expect(await authenticate(ctx(), asked({ cookie }))).toMatchObject({ via: "session" });
  await expect(authenticate(ctx(), asked({ cookie, authorization: "Bearer wrong" }))).rejects.toMatchObject({
    code: "unauthenticated",
  });
});

test("under another secret of the deployment, neither key nor session is valid", async () => {
  const cookie = (await signInWithKey(ctx(), key)).split(";")[0] ?? "";
  const other = { ...ctx(), env: { ...ctx().env, WAYBILL_SESSION_SECRET: "t".repeat(32) } };
  for (const headers of [{ authorization: `Bearer ${key}` }, { cookie }]) {
    await expect(authenticate(other, asked(headers))).rejects.toMatchObject({ code: "unauthenticated" });
  }
});

test("of fifty takes at once exactly as many pass as the limit allows, in each window anew", async () => {
  const take = () => takeRate(ctx(), { subject: "s", limit: 20, windowMs: 10_000 });
  const passed = async () =>
    (await Promise.allSettled(Array.from({ length: 50 }, take))).filter(
      ({ status }) => status === "fulfilled",
    ).length;
  expect(await passed()).toBe(20);
  await expect(take()).rejects.toMatchObject({ code: "rate_limited", retryAfterSec: expect.any(Number) });
  clock.advance(10_000);
  expect(await passed()).toBe(20);
  expect(await rowsOf("select count(*)::int as count from rate_windows where subject = 's'")).toEqual([
    { count: 1 },
  ]);
});

test("what has expired is forgotten, and nothing else", async () => {
  const { keyId } = await ensureAdminKey(ctx(), key);
  const counts = async () => {
    const [row] = await rowsOf(`select (select count(*)::int from sessions) as sessions,
      (select count(*)::int from sign_in_links) as links, (select count(*)::int from rate_windows) as windows`);
    return row;
  };
  await createSignInLink(ctx(), { keyId });
  await signInWithKey(ctx(), key);
  const before = await counts();
  await forgetExpired(ctx());
  expect(await counts()).toEqual(before);
  clock.advance(15 * 24 * 3_600_000);
  await createSignInLink(ctx(), { keyId });
  await signInWithKey(ctx(), key);
  await takeRate(ctx(), { subject: "now", limit: 1, windowMs: 60_000 });
  await forgetExpired(ctx());
  expect(await counts()).toEqual({ sessions: 1, links: 1, windows: 1 });
});
