import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callerLifeMs } from "../../../src/access/caller-cache.ts";
import { addPerson, openSession, password } from "../../support/people.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
let email: string;
let address = 0;

beforeAll(async () => {
  api = await serveApi();
  ({ email } = await addPerson(api.ctx, { role: "operator", name: "Ada" }));
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
const readWith = (cookie: string) => fetch(`${api.url}/api/v1/me`, { headers: { cookie } });
const codeOf = async (answer: Response) => (await answer.json()).error.code;
const rowsOf = async (query: string) => (await api.ctx.db.execute(query)).rows;

test("a password signs a browser in with a cookie that scripts and other sites do not get", async () => {
  const answer = await signIn({ email: email.toUpperCase(), password });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^waybill\.session_token=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
  const me = await readWith(cookieOf(answer));
  expect(await me.json()).toMatchObject({ name: "Ada", role: "operator", via: "session" });
});

test("neither passwords nor what a session's cookie carries are kept in a form that can be used", async () => {
  const cookie = decodeURIComponent(cookieOf(await signIn({ email, password })).split("=")[1] ?? "");
  const stored = JSON.stringify([
    await rowsOf("select * from credentials"),
    await rowsOf("select * from person_sessions"),
  ]);
  expect(stored).not.toContain(password);
  expect(stored).not.toContain(cookie);
  // What is stored of a session is not enough: the cookie needs a signature.
  const [token = ""] = cookie.split(".");
  expect(stored).toContain(token);
  for (const forged of [token, `${token}.`, `${token}.${"a".repeat(43)}=`]) {
    expect((await readWith(`waybill.session_token=${encodeURIComponent(forged)}`)).status).toBe(401);
  }
});

test("a wrong password and an unknown address are refused alike", async () => {
  const answers = [
    await signIn({ email, password: "a wrong password" }),
    await signIn({ email: "nobody@waybill.example", password }),
  ];
  for (const answer of answers) {
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect([answer.status, await codeOf(answer)]).toEqual([401, "wrong_password"]);
  }
});

test("nobody signs up by themselves, and nothing else of better-auth is reached from outside", async () => {
  for (const path of ["sign-up/email", "sign-in/email", "change-password", "list-sessions", "get-session"]) {
    const answer = await fetch(`${api.url}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: api.url, "x-real-ip": `10.2.0.${path.length}` },
      body: JSON.stringify({ email: "new@waybill.example", password, name: "New" }),
    });
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect(await rowsOf("select 1 from people where email = 'new@waybill.example'")).toEqual([]);
});

test("a session that has expired is none, at the latest when it is looked up again", async () => {
  const cookie = await openSession(api.ctx, email);
  expect((await readWith(cookie)).status).toBe(200);
  await api.ctx.db.execute("update person_sessions set expires_at = now() - interval '1 second'");
  api.clock.advance(callerLifeMs);
  expect((await readWith(cookie)).status).toBe(401);
});

describe("once a day", () => {
  /** A session of somebody else, two days old; nobody is remembered any more. */
  async function oldSession() {
    const { email: whose, id } = await addPerson(api.ctx, { role: "viewer" });
    const cookie = await openSession(api.ctx, whose);
    expect((await readWith(cookie)).headers.get("set-cookie")).toBeNull();
    await api.ctx.db.execute(`update person_sessions set expires_at = now() + interval '12 days',
      created_at = now() - interval '2 days', updated_at = now() - interval '2 days' where person_id = '${id}'`);
    api.ctx.callers.forget();
    const rows = () =>
      rowsOf(`select token, replaced_by is null as open, expires_at > now() + interval '13 days' as long,
        expires_at < now() + interval '2 minutes' as short, created_at < now() - interval '1 day' as old
        from person_sessions where person_id = '${id}' order by updated_at`);
    const endGrace = async () => {
      await api.ctx.db.execute(`update person_sessions set expires_at = now() - interval '1 second'
        where person_id = '${id}' and replaced_by is not null`);
      api.ctx.callers.forget();
    };
    return { cookie, rows, endGrace };
  }
  const sessionsWith = async (cookie: string) =>
    (await (await fetch(`${api.url}/api/v1/me/sessions`, { headers: { cookie } })).json()).items;

  test("use gives a session another token and another fortnight, and its owner sees one session", async () => {
    const { cookie, rows } = await oldSession();
    const extended = await readWith(cookie);
    expect(extended.status).toBe(200);
    expect(extended.headers.get("set-cookie")).toMatch(
      /^waybill\.session_token=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const next = cookieOf(extended);
    expect(next).not.toBe(cookie);
    expect(await rows()).toMatchObject([
      { open: false, short: true, old: true },
      { open: true, long: true, old: true },
    ]);
    for (const sent of [cookie, next]) expect(await sessionsWith(sent)).toMatchObject([{ current: true }]);
    expect((await readWith(next)).headers.get("set-cookie")).toBeNull();
  });

  test("requests that were under way with the old token pass, and get the same new one", async () => {
    const { cookie, rows } = await oldSession();
    // Two processes, which remember nothing of each other.
    const [first, second] = await Promise.all(
      [0, 1].map(() => api.ctx.auth.readSession(new Headers({ cookie }), { extend: true })),
    );
    expect(first?.sessionId).toBe(second?.sessionId);
    expect(first?.cookies).toHaveLength(1);
    expect(second?.cookies).toEqual(first?.cookies);
    expect(await rows()).toHaveLength(2);
    const answers = await Promise.all([readWith(cookie), readWith(cookie)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(cookieOf)).toContain(first?.cookies[0]?.split(";")[0]);
    // A page cannot carry a cookie: it passes, and changes nothing.
    const page = await api.ctx.auth.readSession(new Headers({ cookie }), { extend: false });
    expect(page).toMatchObject({ sessionId: first?.sessionId, cookies: [] });
  });

  test("the old token is good for nothing after a minute, and the new one is", async () => {
    const { cookie, endGrace } = await oldSession();
    const next = cookieOf(await readWith(cookie));
    await endGrace();
    const refused = await readWith(cookie);
    expect([refused.status, refused.headers.get("set-cookie")]).toEqual([401, null]);
    expect((await readWith(next)).status).toBe(200);
  });

  test.each(["old", "new"])("signing out with the %s token ends both", async (which) => {
    const { cookie, rows } = await oldSession();
    const next = cookieOf(await readWith(cookie));
    const headers = { cookie: which === "old" ? cookie : next, origin: api.url };
    expect((await fetch(`${api.url}/api/session`, { method: "DELETE", headers })).status).toBe(200);
    expect(await rows()).toEqual([]);
    for (const sent of [cookie, next]) expect((await readWith(sent)).status).toBe(401);
  });

  test("who signs out elsewhere in that minute ends all tokens but the new one", async () => {
    const { cookie, rows } = await oldSession();
    const next = cookieOf(await readWith(cookie));
    const ended = await fetch(`${api.url}/api/v1/me/sessions/end-others`, {
      method: "POST",
      headers: { cookie, origin: api.url },
    });
    expect(ended.status).toBe(200);
    expect(await rows()).toMatchObject([{ open: true }]);
    expect((await readWith(next)).status).toBe(200);
    expect((await readWith(cookie)).status).toBe(401);
  });
});

test("signing out ends the session on the server and clears the cookie", async () => {
  const cookie = cookieOf(await signIn({ email, password }));
  expect((await readWith(cookie)).status).toBe(200);
  const answer = await fetch(`${api.url}/api/session`, {
    method: "DELETE",
    headers: { cookie, origin: api.url },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("set-cookie")).toMatch(/^waybill\.session_token=; Max-Age=0; Path=\//);
  expect((await readWith(cookie)).status).toBe(401);
});

test("another site can neither sign a browser in nor out, nor change anything with its session", async () => {
  const evil = { origin: "https://evil.test" };
  const cookie = cookieOf(await signIn({ email, password }));
  const refused = [
    await signIn({ email, password }, evil),
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

test.each(['{"email":"a@b.example"}', "{}", "{", '{"email":"a","password":"b"}'])(
  "%s is refused as 400",
  async (body) => {
    const answer = await signIn(body);
    expect([answer.status, await codeOf(answer)]).toEqual([400, "malformed_request"]);
  },
);

test("passwords cannot be guessed: ten attempts a minute from one address, with Retry-After", async () => {
  const from = { "x-real-ip": "10.9.9.9" };
  const answers = [];
  for (let at = 0; at < 11; at += 1) answers.push(await signIn({ email, password: `guess ${at}` }, from));
  expect(answers.map((answer) => answer.status)).toEqual([...Array(10).fill(401), 429]);
  // Also the right password has to wait; another address does not.
  const waiting = await signIn({ email, password }, from);
  expect(waiting.status).toBe(429);
  expect((await signIn({ email, password })).status).toBe(200);
  api.clock.advance(Number(waiting.headers.get("retry-after")) * 1_000);
  expect((await signIn({ email, password }, from)).status).toBe(200);
});

test("fifty requests of a session cost the database one look", async () => {
  const cookie = await openSession(api.ctx, email);
  const looked = api.ctx.auth.readSession;
  let looks = 0;
  Object.assign(api.ctx.auth, {
    readSession: (...asked: Parameters<typeof looked>) => {
      looks += 1;
      return looked(...asked);
    },
  });
  await Promise.all(Array.from({ length: 50 }, () => readWith(cookie)));
  expect(looks).toBe(1);
  Object.assign(api.ctx.auth, { readSession: looked });
});
