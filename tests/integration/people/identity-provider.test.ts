import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type IdentityProvider, serveIdentityProvider } from "../../support/identity-provider.ts";
import { addPerson } from "../../support/people.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
let provider: IdentityProvider;
let address = 0;

beforeAll(async () => {
  provider = await serveIdentityProvider();
  api = await serveApi({
    WAYBILL_OIDC_DISCOVERY_URL: provider.discoveryUrl,
    WAYBILL_OIDC_CLIENT_ID: "waybill",
    WAYBILL_OIDC_CLIENT_SECRET: "a secret of the provider",
  });
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** The whole way as a browser walks it. @returns where it ends, and what the browser sends from then on */
async function walk(origin = api.url): Promise<{ location: string; cookie: string }> {
  address += 1;
  const from = { "x-real-ip": `10.5.0.${address}` };
  const begun = await fetch(`${api.url}/api/auth/sign-in/social`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...from },
    body: JSON.stringify({ provider: "oidc", callbackURL: "/stuck", errorCallbackURL: "/sign-in" }),
  });
  if (!begun.ok) return { location: String(begun.status), cookie: "" };
  const { url } = z.object({ url: z.url() }).parse(await begun.json());
  const back = await fetch(url, { redirect: "manual" });
  const ended = await fetch(back.headers.get("location") ?? "", {
    redirect: "manual",
    headers: { cookie: cookiesOf(begun), ...from },
  });
  return { location: ended.headers.get("location") ?? "", cookie: cookiesOf(ended) };
}

const me = async (cookie: string) => fetch(`${api.url}/api/v1/me`, { headers: { cookie } });

test("who was invited by address signs in by the provider as the same person", async () => {
  const { id, email } = await addPerson(api.ctx, { role: "operator", name: "Grace" });
  provider.user = { sub: "grace", email, email_verified: true, name: "Grace at the provider" };
  for (const time of ["first", "second"]) {
    const { location, cookie } = await walk();
    expect([time, location]).toEqual([time, "/stuck"]);
    expect(await (await me(cookie)).json()).toEqual({ id, name: "Grace", role: "operator", via: "session" });
  }
});

test("who was not invited is let in by no provider", async () => {
  provider.user = { sub: "eve", email: "eve@waybill.example", email_verified: true, name: "Eve" };
  const { location, cookie } = await walk();
  expect(location).toMatch(/\/sign-in\?error=signup_disabled/);
  expect((await me(cookie)).status).toBe(401);
  const { rows } = await api.ctx.db.execute("select 1 from people where email = 'eve@waybill.example'");
  expect(rows).toEqual([]);
});

test("an address that nobody has proved is not joined with the provider's account of it", async () => {
  const { id, email } = await addPerson(api.ctx, { role: "admin", name: "Mallory" });
  await api.ctx.db.execute(`update people set email_verified = false where id = '${id}'`);
  provider.user = { sub: "victim", email, email_verified: true, name: "Victim" };
  const { location, cookie } = await walk();
  expect(location).toMatch(/\/sign-in\?error=account_not_linked/);
  expect((await me(cookie)).status).toBe(401);
});

test("what the provider's key has not signed opens nothing", async () => {
  const { email } = await addPerson(api.ctx, { role: "admin", name: "Ada" });
  provider.user = { sub: "ada", email, email_verified: true, name: "Ada" };
  provider.forge = true;
  const { location, cookie } = await walk();
  provider.forge = false;
  expect(location).toMatch(/\/sign-in\?error=/);
  expect((await me(cookie)).status).toBe(401);
});

test("another site cannot begin it", async () => {
  expect((await walk("https://evil.test")).location).toBe("403");
});
