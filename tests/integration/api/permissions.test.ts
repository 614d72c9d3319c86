import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureAdminKey } from "../../../src/access/ensure-admin-key.ts";
import { permissions, suffices } from "../../../src/access/permissions.ts";
import { createApi } from "../../../src/api/create-api.ts";
import { checkPermissions } from "../../../src/api/served-route.ts";
import { type Role, roles } from "../../../src/db/roles.ts";
import { listen } from "../../../src/local/kit/listen.ts";
import { signedIn } from "../../support/people.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
let qstash: Awaited<ReturnType<typeof listen>>;
/** What each sends, by who they are. */
const callers = new Map<string, { headers: Record<string, string>; role: Role | null }>();
let address = 0;

beforeAll(async () => {
  // What asks QStash is told at once that there is nothing.
  qstash = await listen({ fetch: () => new Response("{}", { status: 404 }) }, 0);
  api = await serveApi({ QSTASH_URL: qstash.url });
  callers.set("nobody", { headers: {}, role: null });
  for (const role of roles) {
    const { cookie } = await signedIn(api.ctx, { role });
    callers.set(`person: ${role}`, { headers: { cookie, origin: api.url }, role });
    callers.set(`key: ${role}`, { headers: await keyOf(role, role), role });
  }
  callers.set("expired key", { headers: await keyOf("expired", "admin", "expires_at = now()"), role: null });
  callers.set("revoked key", { headers: await keyOf("revoked", "admin", "revoked_at = now()"), role: null });
});
afterAll(async () => {
  await api.stop();
  await qstash.close();
});

async function keyOf(name: string, role: Role, change = "name = name"): Promise<Record<string, string>> {
  const secret = `wbk_of-the-${name}-0123456789`;
  const { keyId } = await ensureAdminKey(api.ctx, secret);
  await api.ctx.db.execute(`update api_keys set role = '${role}', ${change} where id = '${keyId}'`);
  return { authorization: `Bearer ${secret}` };
}

/** Asks for a route with ids that nothing has and a body that nothing takes: who may pass gets any other refusal. */
async function ask(deed: string, headers: Record<string, string>) {
  const [method = "", path = ""] = deed.split(" ");
  address += 1;
  const answer = await fetch(`${api.url}${path.replaceAll(/\{\w+\}/g, "none_0")}`, {
    method,
    headers: {
      ...headers,
      "x-real-ip": `10.3.${address >> 8}.${address & 255}`,
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
    },
    ...(method === "GET" ? {} : { body: '{"none":true}' }),
  });
  const body = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
  return { status: answer.status, code: body.error?.code, message: body.error?.message };
}

const deeds = Object.entries(permissions);

test.each(deeds)("%s is for whoever is at least %s", async (deed, needed) => {
  for (const [who, { headers, role }] of callers) {
    const { status, code, message } = await ask(deed, headers);
    const said = `${who} → ${status} ${code}`;
    if (role === null) expect(said).toBe(`${who} → 401 unauthenticated`);
    else if (suffices(role, needed)) expect([401, 403]).not.toContain(code === "people_only" ? 0 : status);
    else {
      expect(said).toBe(`${who} → 403 forbidden_role`);
      expect(message).toMatch(/^(Operators|Admins) can do this; you are an? (viewer|operator)\.$/);
    }
  }
});

test("the table is the API: nothing is served that is not in it, and nothing is in it that is not served", () => {
  const served = createApi(api.ctx).routes.map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`,
  );
  for (const deed of Object.keys(permissions)) {
    if (deed !== "POST /api/upload") expect(served).toContain(deed);
  }
  const extended = createApi(api.ctx);
  extended.get("/api/v1/secrets/:id", (c) => c.json({}));
  expect(() => checkPermissions(extended)).toThrow(
    "GET /api/v1/secrets/{id} is not in access/permissions.ts.",
  );
});

test("a route that slips past the table is not answered", async () => {
  const extended = createApi(api.ctx);
  extended.get("/api/v1/secrets/:id", (c) => c.json({}));
  const answer = await extended.request("/api/v1/secrets/1", {
    headers: callers.get("key: admin")?.headers ?? {},
  });
  expect(answer.status).toBe(404);
});

test("what reads is a viewer's, but for exports, who may come in and where alerts go", () => {
  const reading = deeds.filter(([deed, needed]) => deed.startsWith("GET ") && needed !== "viewer");
  expect(reading.map(([deed]) => deed).toSorted()).toEqual([
    "GET /api/v1/alert-rules",
    "GET /api/v1/alert-rules/{id}/alerts",
    "GET /api/v1/invitations",
    "GET /api/v1/keys",
    "GET /api/v1/ledger.csv",
    "GET /api/v1/people",
  ]);
});

test.each(["ledger", "audit", "files/{id}/costs", "files/{id}/audit"])(
  "who may only look at the %s may not carry it away",
  async (list) => {
    for (const format of ["csv", "json"]) {
      const deed = `GET /api/v1/${list}?format=${format}`;
      for (const who of ["person: viewer", "key: viewer"])
        expect((await ask(deed, callers.get(who)?.headers ?? {})).code).toBe("forbidden_role");
      const { status } = await ask(deed, callers.get("key: operator")?.headers ?? {});
      expect(status, deed).toBe(list.includes("{") ? 404 : 200);
    }
  },
);

test("every page behind the sign-in asks for a session", async () => {
  const root = "src/app/(console)";
  const pages = (await readdir(root, { recursive: true })).filter((name) => name.endsWith("page.tsx"));
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) {
    const source = await readFile(join(root, page), "utf8");
    expect(source, page).toMatch(/requireSession\(|redirect\("/);
  }
});

test("the routes of jobs are opened by a signature alone", async () => {
  const root = "src/app/api/jobs";
  const routes = (await readdir(root, { recursive: true })).filter((name) => name.endsWith("route.ts"));
  expect(routes.length).toBeGreaterThan(4);
  for (const route of routes) {
    const source = await readFile(join(root, route), "utf8");
    expect(source, route).toMatch(/jobRoute\(\s*ctx\.receive,/);
  }
});
