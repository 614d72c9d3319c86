import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/postgres.ts";
import { createAdjustableClock } from "../kernel/clock.ts";
import { authenticate } from "./authenticate.ts";
import { callerLifeMs, createCallerCache } from "./caller-cache.ts";
import { ensureAdminKey } from "./ensure-admin-key.ts";
import { forgetExpired } from "./forget-expired.ts";
import { invite } from "./invite.ts";
import { takeRate } from "./take-rate.ts";

const clock = createAdjustableClock({ frozenAt: new Date("2026-05-01T10:00:00Z") });
const key = "wbk_0123456789abcdef";
let database: TestDatabase;
const noSessions = {
  cookieName: "waybill.session_token",
  handle: () => Promise.reject(new TypeError("not asked")),
  readSession: () => Promise.resolve(undefined),
  signIn: () => Promise.resolve([]),
  signOut: () => Promise.resolve([]),
};
const ctx = () => ({
  db: database.db,
  clock,
  auth: noSessions,
  callers: createCallerCache(clock),
  env: { WAYBILL_URL: "https://waybill.example", WAYBILL_SESSION_SECRET: "s".repeat(32) },
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
  expect(await rowsOf("select hint, role from api_keys")).toEqual([{ hint: "wbk_01", role: "admin" }]);
});

test("a key's last use is written down at most once a minute", async () => {
  const use = () => authenticate(ctx(), asked({ authorization: `Bearer ${key}` }));
  const lastUse = async () => (await rowsOf("select last_used_at::text from api_keys"))[0]?.last_used_at;
  expect(await use()).toMatchObject({ keyName: "admin", via: "key", role: "admin" });
  const first = await lastUse();
  clock.advance(59_000);
  await use();
  expect(await lastUse()).toBe(first);
  clock.advance(1_001);
  await use();
  expect(await lastUse()).not.toBe(first);
});

test("a caller is looked up once in fifteen seconds, and anew when rights have changed", async () => {
  const callers = createCallerCache(clock);
  let looks = 0;
  const look = async () => {
    looks += 1;
    return { keyId: "key_1", keyName: "a", role: "viewer", via: "key", sessionId: null } as const;
  };
  await Promise.all(Array.from({ length: 50 }, () => callers.recall("h", look)));
  clock.advance(callerLifeMs - 1);
  await callers.recall("h", look);
  expect(looks).toBe(1);
  clock.advance(1);
  await callers.recall("h", look);
  expect(looks).toBe(2);
  callers.forget();
  await callers.recall("h", look);
  expect(looks).toBe(3);
});

test("who is refused is not remembered", async () => {
  const callers = createCallerCache(clock);
  const found = { keyId: "key_1", keyName: "a", role: "viewer", via: "key", sessionId: null } as const;
  expect(await callers.recall("h", async () => undefined)).toBeUndefined();
  await expect(callers.recall("h", () => Promise.reject(new TypeError("down")))).rejects.toThrow("down");
  expect(await callers.recall("h", async () => found)).toEqual(found);
});

test("a key that has expired is no key", async () => {
  await database.db.execute(`update api_keys set expires_at = '${clock.now().toISOString()}'`);
  await expect(authenticate(ctx(), asked({ authorization: `Bearer ${key}` }))).rejects.toMatchObject({
    code: "unauthenticated",
  });
  await database.db.execute("update api_keys set expires_at = null");
});

test("under another secret of the deployment no key is valid", async () => {
  const other = { ...ctx(), env: { ...ctx().env, WAYBILL_SESSION_SECRET: "t".repeat(32) } };
  await expect(authenticate(other, asked({ authorization: `Bearer ${key}` }))).rejects.toMatchObject({
    code: "unauthenticated",
  });
});

test("wrong keys are limited by address, and hold no right key up", async () => {
  const from = { "x-real-ip": "10.1.1.1" };
  const guess = (n: number) =>
    authenticate(ctx(), asked({ ...from, authorization: `Bearer wbk_${n}` })).catch(({ code }) => code);
  clock.advance(60_000);
  const codes = await Promise.all(Array.from({ length: 70 }, (_, n) => guess(n)));
  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(60);
  expect(codes.filter((code) => code === "rate_limited")).toHaveLength(10);
  expect(await authenticate(ctx(), asked({ ...from, authorization: `Bearer ${key}` }))).toMatchObject({
    keyName: "admin",
  });
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
  const invitation = { role: "viewer", email: null, createdBy: null, firstAdmin: false } as const;
  const counts = async () => {
    const [row] = await rowsOf(`select (select count(*)::int from invitations) as invitations,
      (select count(*)::int from rate_windows) as windows`);
    return row;
  };
  await invite(ctx(), database.db, invitation);
  const before = await counts();
  await forgetExpired(ctx());
  expect(await counts()).toEqual(before);
  clock.advance(15 * 24 * 3_600_000);
  await invite(ctx(), database.db, invitation);
  await takeRate(ctx(), { subject: "now", limit: 1, windowMs: 60_000 });
  await forgetExpired(ctx());
  expect(await counts()).toEqual({ invitations: 1, windows: 1 });
});
