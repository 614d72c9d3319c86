import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { invite } from "../../../src/access/invite.ts";
import { inviteFirstAdmin } from "../../../src/access/invite-first-admin.ts";
import { openSession, password, type SignedIn, signedIn } from "../../support/people.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
let ada: SignedIn;
let address = 0;

beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.ctx.db.execute("delete from people");
  api.ctx.callers.forget();
  ada = await signedIn(api.ctx, { role: "admin", name: "Ada" });
});

function as({ cookie }: { cookie: string }, method: string, path: string, body?: object) {
  return fetch(`${api.url}${path}`, {
    method,
    headers: { cookie, origin: api.url, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function join(token: string, who: { email: string; name?: string; password?: string }) {
  address += 1;
  return fetch(`${api.url}/api/session/join`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-real-ip": `10.4.0.${address}`, "user-agent": "a test" },
    body: JSON.stringify({ token, name: "Grace", password, ...who }),
  });
}
const said = async (answer: Response) => {
  const body = await answer.json();
  return [answer.status, body.error?.code];
};
const tokenOf = (url: string) => url.slice(url.lastIndexOf("/") + 1);
const rowsOf = async (query: string) => (await api.ctx.db.execute(query)).rows;
const newest = async (action: string) =>
  (
    await rowsOf(`select * from audit_entries where action = '${action}' order by at desc, id desc limit 1`)
  )[0];

test("the first link makes one admin, even when two follow it at once, and none once there is somebody", async () => {
  await api.ctx.db.execute("delete from people");
  const link = await inviteFirstAdmin(api.ctx);
  const other = await inviteFirstAdmin(api.ctx);
  const tokens = [link, link, other, other].map((made) => tokenOf(made?.url ?? ""));
  const answers = await Promise.all(
    tokens.map((token, at) => join(token, { email: `first-${at}@waybill.example` })),
  );
  const codes = await Promise.all(answers.map(said));
  expect(codes.toSorted()).toEqual([
    [201, undefined],
    [410, "invitation_used"],
    [410, "invitation_used"],
    [410, "invitation_used"],
  ]);
  expect(await rowsOf("select role from people")).toEqual([{ role: "admin" }]);
  expect(await inviteFirstAdmin(api.ctx)).toBeUndefined();
  expect(await newest("person.join")).toMatchObject({
    key_name: "Grace",
    via: "session",
    user_agent: "a test",
    after: { name: "Grace", role: "admin" },
  });
});

test("an invitation is good once, for its role, and its answer signs in", async () => {
  const made = await as(ada, "POST", "/api/v1/invitations", { role: "operator" });
  const { url, id } = await made.json();
  expect(JSON.stringify(await rowsOf("select * from invitations"))).not.toContain(tokenOf(url));
  const joined = await join(tokenOf(url), { email: "Grace@Waybill.Example" });
  const cookie = joined.headers.get("set-cookie")?.split(";")[0] ?? "";
  const me = await (await as({ cookie }, "GET", "/api/v1/me")).json();
  expect(me).toMatchObject({ name: "Grace", role: "operator" });
  expect(await said(await join(tokenOf(url), { email: "x@waybill.example" }))).toEqual([
    410,
    "invitation_used",
  ]);
  expect(await newest("invitation.create")).toMatchObject({
    key_name: "Ada",
    request: { role: "operator", email: null },
    after: { invitationId: id },
  });
});

test("an invitation for an address is for nobody else, and a refusal leaves it open", async () => {
  const made = await as(ada, "POST", "/api/v1/invitations", {
    role: "viewer",
    email: "grace@waybill.example",
  });
  const token = tokenOf((await made.json()).url);
  expect(await said(await join(token, { email: "eve@waybill.example" }))).toEqual([
    403,
    "invitation_elsewhere",
  ]);
  expect(await said(await join(token, { email: "grace@waybill.example", password: "short" }))).toEqual([
    400,
    "malformed_request",
  ]);
  expect((await join(token, { email: "grace@waybill.example" })).status).toBe(201);
  const again = await as(ada, "POST", "/api/v1/invitations", {
    role: "viewer",
    email: "grace@waybill.example",
  });
  expect(await said(again)).toEqual([409, "person_exists"]);
});

test("an address that is somebody's already joins no second time", async () => {
  const made = await invite(api.ctx, api.ctx.db, {
    role: "admin",
    email: null,
    createdBy: null,
    firstAdmin: false,
  });
  expect(await said(await join(tokenOf(made.url), { email: ada.email }))).toEqual([409, "person_exists"]);
  expect((await join(tokenOf(made.url), { email: "new@waybill.example" })).status).toBe(201);
});

test("an invitation that was taken back or is three days old is worth nothing", async () => {
  const made = await (await as(ada, "POST", "/api/v1/invitations", { role: "viewer" })).json();
  expect((await as(ada, "DELETE", `/api/v1/invitations/${made.id}`)).status).toBe(200);
  expect(await said(await as(ada, "DELETE", `/api/v1/invitations/${made.id}`))).toEqual([
    404,
    "invitation_not_found",
  ]);
  expect(await said(await join(tokenOf(made.url), { email: "a@waybill.example" }))).toEqual([
    410,
    "invitation_used",
  ]);
  const old = await (await as(ada, "POST", "/api/v1/invitations", { role: "viewer" })).json();
  await api.ctx.db.execute(`update invitations set expires_at = '${api.clock.now().toISOString()}'`);
  expect(await said(await join(tokenOf(old.url), { email: "a@waybill.example" }))).toEqual([
    410,
    "invitation_used",
  ]);
});

test("two admins who demote or remove each other at once leave one admin, in each of twenty tries", async () => {
  for (let at = 0; at < 20; at += 1) {
    await api.ctx.db.execute("update people set role = 'admin'");
    const grace = await signedIn(api.ctx, { role: "admin", name: "Grace" });
    ada = { ...ada, cookie: await openSession(api.ctx, ada.email) };
    const deed = (from: SignedIn, to: SignedIn) =>
      at % 2 === 0
        ? as(from, "POST", `/api/v1/people/${to.id}/role`, { role: "viewer" })
        : as(from, "DELETE", `/api/v1/people/${to.id}`);
    const answers = await Promise.all([deed(ada, grace), deed(grace, ada)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(await rowsOf("select count(*)::int as admins from people where role = 'admin'")).toEqual([
      { admins: 1 },
    ]);
    await api.ctx.db.execute("delete from people");
    ada = await signedIn(api.ctx, { role: "admin", name: "Ada" });
  }
}, 60_000);

test("the last admin is neither demoted nor removed, not even by themselves or by a key", async () => {
  const path = `/api/v1/people/${ada.id}`;
  expect(await said(await as(ada, "POST", `${path}/role`, { role: "viewer" }))).toEqual([409, "last_admin"]);
  expect(await said(await as(ada, "DELETE", path))).toEqual([409, "last_admin"]);
  expect(await said(await api.call(path, { method: "DELETE" }))).toEqual([409, "last_admin"]);
  expect((await as(ada, "GET", "/api/v1/me")).status).toBe(200);
});

test("who loses rights is signed out everywhere; who gains some stays", async () => {
  const grace = await signedIn(api.ctx, { role: "operator", name: "Grace" });
  const setRole = (role: string) =>
    as(ada, "POST", `/api/v1/people/${grace.id}/role`, { role, reason: "a test" });
  await setRole("admin");
  expect((await (await as(grace, "GET", "/api/v1/me")).json()).role).toBe("admin");
  expect(await newest("person.set-role")).toMatchObject({
    key_name: "Ada",
    reason: "a test",
    before: { role: "operator" },
    after: { role: "admin" },
  });
  await setRole("viewer");
  expect((await as(grace, "GET", "/api/v1/me")).status).toBe(401);
});

test("who is removed is gone at once, and what they did stays under the name that they had", async () => {
  const grace = await signedIn(api.ctx, { role: "operator", name: "Grace" });
  await as(grace, "PATCH", "/api/v1/me", { name: "Grace Hopper" });
  expect((await as(ada, "DELETE", `/api/v1/people/${grace.id}`)).status).toBe(200);
  expect((await as(grace, "GET", "/api/v1/me")).status).toBe(401);
  expect(await rowsOf(`select 1 from credentials where person_id = '${grace.id}'`)).toEqual([]);
  expect(await newest("person.rename")).toMatchObject({ key_id: grace.id, key_name: "Grace" });
  expect(await newest("person.remove")).toMatchObject({ before: { name: "Grace Hopper", role: "operator" } });
  expect(await said(await as(ada, "DELETE", `/api/v1/people/${grace.id}`))).toEqual([
    404,
    "person_not_found",
  ]);
});

test("an admin who has just lost the role does nothing more with what a process remembers of them", async () => {
  const grace = await signedIn(api.ctx, { role: "admin", name: "Grace" });
  expect((await as(grace, "GET", "/api/v1/people")).status).toBe(200);
  // As another process would do it: this one still takes her for an admin.
  await api.ctx.db.execute(`update people set role = 'viewer' where id = '${grace.id}'`);
  const refused = await as(grace, "POST", "/api/v1/keys", { name: "k", role: "admin", expiresAt: null });
  expect(await said(refused)).toEqual([403, "forbidden_role"]);
  expect(await said(await as(grace, "DELETE", `/api/v1/people/${ada.id}`))).toEqual([403, "forbidden_role"]);
});

test("another password ends all other sessions, and needs the present one", async () => {
  const other = await openSession(api.ctx, ada.email);
  const change = (current: string, next: string) => as(ada, "POST", "/api/v1/me/password", { current, next });
  expect(await said(await change("not it at all", "a better password"))).toEqual([401, "wrong_password"]);
  expect((await change(password, "a better password")).status).toBe(200);
  expect((await as({ cookie: other }, "GET", "/api/v1/me")).status).toBe(401);
  expect((await as(ada, "GET", "/api/v1/me")).status).toBe(200);
  const old = api.ctx.auth.signIn({ email: ada.email, password, headers: new Headers() });
  await expect(old).rejects.toMatchObject({ code: "wrong_password" });
  expect(await newest("person.change-password")).toMatchObject({
    key_id: ada.id,
    after: { endedSessions: 1 },
  });
  expect(JSON.stringify(await newest("person.change-password"))).not.toMatch(/better|correct horse/);
});

test("sessions are listed without what opens them, and all but the present one can be ended", async () => {
  await openSession(api.ctx, ada.email);
  const { items } = await (await as(ada, "GET", "/api/v1/me/sessions")).json();
  expect(items.map(({ current }: { current: boolean }) => current).toSorted()).toEqual([false, true]);
  expect(JSON.stringify(items)).not.toContain(decodeURIComponent(ada.cookie).split(/[=.]/)[2] ?? "none");
  expect(await (await as(ada, "POST", "/api/v1/me/sessions/end-others")).json()).toEqual({ ended: 1 });
  expect((await (await as(ada, "GET", "/api/v1/me/sessions")).json()).items).toHaveLength(1);
});

test("a key has no account of its own", async () => {
  expect(await said(await api.call("/api/v1/me/sessions"))).toEqual([403, "people_only"]);
});

test("a key is shown once, acts with its role, tells its last use, and is refused once it is revoked", async () => {
  const expiresAt = new Date(api.clock.now().getTime() + 3_600_000).toISOString();
  const made = await (
    await as(ada, "POST", "/api/v1/keys", { name: "nightly", role: "operator", expiresAt })
  ).json();
  expect(made).toMatchObject({ name: "nightly", role: "operator", createdBy: "Ada", lastUsedAt: null });
  expect(JSON.stringify(await rowsOf("select * from api_keys"))).not.toContain(made.key);
  const ask = () => fetch(`${api.url}/api/v1/me`, { headers: { authorization: `Bearer ${made.key}` } });
  expect(await (await ask()).json()).toMatchObject({ name: "nightly", role: "operator", via: "key" });
  const { items } = await (await as(ada, "GET", "/api/v1/keys")).json();
  expect(items[0]).toMatchObject({ id: made.id, hint: made.key.slice(0, 6), lastUsedAt: expect.any(String) });
  expect((await as(ada, "DELETE", `/api/v1/keys/${made.id}`)).status).toBe(200);
  expect((await ask()).status).toBe(401);
  expect(await said(await as(ada, "DELETE", `/api/v1/keys/${made.id}`))).toEqual([404, "key_not_found"]);
  expect(await newest("key.create")).toMatchObject({
    request: { name: "nightly", role: "operator", expiresAt },
  });
  expect(await newest("key.revoke")).toMatchObject({ request: { revokedKeyId: made.id } });
});

test("a key expires by itself, within the time for which a process remembers it", async () => {
  const expiresAt = new Date(api.clock.now().getTime() + 60_000).toISOString();
  const made = await (
    await as(ada, "POST", "/api/v1/keys", { name: "short", role: "viewer", expiresAt })
  ).json();
  const ask = () => fetch(`${api.url}/api/v1/me`, { headers: { authorization: `Bearer ${made.key}` } });
  expect((await ask()).status).toBe(200);
  api.clock.advance(60_000);
  expect((await ask()).status).toBe(401);
  const past = await as(ada, "POST", "/api/v1/keys", { name: "past", role: "viewer", expiresAt });
  expect(await said(past)).toEqual([400, "malformed_request"]);
});

test("what nobody did is not in the audit log: a refused deed leaves no entry", async () => {
  const count = async () => (await rowsOf("select count(*)::int as entries from audit_entries"))[0];
  const before = await count();
  await as(ada, "DELETE", `/api/v1/people/${ada.id}`);
  await as(ada, "DELETE", "/api/v1/keys/key_none");
  await as(ada, "POST", "/api/v1/me/password", { current: "not it at all", next: "a better password" });
  expect(await count()).toEqual(before);
});
