import { afterAll, beforeAll, expect, test } from "vitest";
import { createSignInLink } from "../../../src/access/create-sign-in-link.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
let address = 0;

beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

/** Each from an address of its own, unless one is given. */
function signIn(body: object | string, headers: Record<string, string> = {}) {
  address += 1;
  return fetch(`${api.url}/api/session`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/json", "x-real-ip": `10.0.0.${address}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";
const readWith = (cookie: string) => fetch(`${api.url}/api/v1/projects`, { headers: { cookie } });
const codeOf = async (answer: Response) => (await answer.json()).error.code;

async function newLink() {
  const { url } = await createSignInLink(api.ctx, { keyId: api.keyId });
  return url.slice(url.lastIndexOf("/") + 1);
}

test("a key signs a browser in with a cookie that scripts and other sites do not get", async () => {
  const answer = await signIn({ key: api.key });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^waybill_session=wbs_[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
  expect((await readWith(cookieOf(answer))).status).toBe(200);
});

test("neither keys, nor sessions, nor links are kept in a form that can be used", async () => {
  const link = await newLink();
  const secret = cookieOf(await signIn({ key: api.key })).split("=")[1] ?? "";
  for (const table of ["api_keys", "sessions", "sign_in_links"]) {
    const { rows } = await api.ctx.db.execute(`select * from ${table}`);
    const stored = JSON.stringify(rows);
    expect(stored.length).toBeGreaterThan(2);
    for (const value of [api.key, secret, link]) expect(stored).not.toContain(value);
  }
});

test("a wrong key signs nobody in", async () => {
  const answer = await signIn({ key: "wbk_wrong" });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(await codeOf(answer)).toBe("unauthenticated");
});

test("a link signs in once, even when it is followed five times at once", async () => {
  const link = await newLink();
  const answers = await Promise.all(Array.from({ length: 5 }, () => signIn({ link })));
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 401, 401, 401, 401]);
  const used = await signIn({ link });
  expect(await codeOf(used)).toBe("sign_in_link_used");
});

test("looking at a link does not use it up", async () => {
  const link = await newLink();
  await fetch(`${api.url}/api/session?link=${link}`);
  expect((await signIn({ link })).status).toBe(200);
});

test("a link is good for an hour and a session for fourteen days", async () => {
  const link = await newLink();
  const cookie = cookieOf(await signIn({ key: api.key }));
  api.clock.advance(3_600_000);
  expect((await signIn({ link })).status).toBe(401);
  api.clock.advance(14 * 24 * 3_600_000 - 3_600_000 - 60_000);
  expect((await readWith(cookie)).status).toBe(200);
  api.clock.advance(60_000);
  expect((await readWith(cookie)).status).toBe(401);
});

test("signing out ends the session on the server and clears the cookie", async () => {
  const cookie = cookieOf(await signIn({ key: api.key }));
  const answer = await fetch(`${api.url}/api/session`, {
    method: "DELETE",
    headers: { cookie, origin: api.url, "content-type": "application/json" },
    body: "{}",
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("set-cookie")).toMatch(/^waybill_session=; Max-Age=0; Path=\//);
  expect((await readWith(cookie)).status).toBe(401);
});

test("another site can neither sign a browser in nor out, nor change anything with its session", async () => {
  const evil = { origin: "https://evil.test" };
  const cookie = cookieOf(await signIn({ key: api.key }));
  const refused = [
    await signIn({ key: api.key }, evil),
    await fetch(`${api.url}/api/session`, { method: "DELETE", headers: { cookie, ...evil } }),
    await fetch(`${api.url}/api/v1/projects`, {
      method: "POST",
      headers: { cookie, ...evil, "content-type": "application/json" },
      body: '{"slug":"evil"}',
    }),
  ];
  expect(refused.map((answer) => answer.status)).toEqual([403, 403, 403]);
  expect((await readWith(cookie)).status).toBe(200);
});

test("a plain form is sent on: to the console, or back with the reason", async () => {
  const form = (fields: Record<string, string>) =>
    signIn(new URLSearchParams(fields).toString(), { "content-type": "application/x-www-form-urlencoded" });
  const good = await form({ link: await newLink() });
  expect([good.status, good.headers.get("location")]).toEqual([303, "/"]);
  expect((await readWith(cookieOf(good))).status).toBe(200);
  const bad = await form({ key: "wbk_wrong" });
  expect([bad.status, bad.headers.get("location")]).toEqual([303, "/sign-in?error=unauthenticated"]);
});

test.each(['{"key":"a","link":"b"}', "{}", "{", '{"key":""}'])("%s is refused as 400", async (body) => {
  const answer = await signIn(body);
  expect([answer.status, await codeOf(answer)]).toEqual([400, "malformed_request"]);
});

test("keys cannot be guessed: ten attempts a minute from one address, with Retry-After", async () => {
  const from = { "x-real-ip": "10.9.9.9" };
  const answers = [];
  for (let at = 0; at < 11; at += 1) answers.push(await signIn({ key: `wbk_guess_${at}` }, from));
  expect(answers.map((answer) => answer.status)).toEqual([...Array(10).fill(401), 429]);
  // Also the right key has to wait; another address does not.
  const waiting = await signIn({ key: api.key }, from);
  expect(waiting.status).toBe(429);
  expect((await signIn({ key: api.key })).status).toBe(200);
  api.clock.advance(Number(waiting.headers.get("retry-after")) * 1_000);
  expect((await signIn({ key: api.key }, from)).status).toBe(200);
});
