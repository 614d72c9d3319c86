import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { createAdjustableClock } from "../../kernel/clock.ts";
import { requireBearer } from "./bearer.ts";
import { controlRoutes, disturbRequests } from "./control.ts";
import { createFaults } from "./faults.ts";
import { type Listener, listen, type ServerBindings } from "./listen.ts";
import { notSpokenRoute } from "./not-spoken.ts";

let listener: Listener | undefined;
afterEach(async () => {
  await listener?.close();
  listener = undefined;
});

async function serveSample(): Promise<string> {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  const faults = createFaults();
  const app = new Hono<ServerBindings>()
    .route("/", controlRoutes(clock, faults))
    .use(disturbRequests(clock, faults))
    .use(requireBearer("right", (c) => c.json({ error: "unauthorized" }, 401)))
    .get("/hello", (c) => c.text(String(clock.now().getTime())))
    .notFound(notSpokenRoute);
  listener = await listen(app, 0);
  return listener.url;
}
const authorized = { headers: { authorization: "Bearer right" } };
const send = (url: string, body: unknown) => fetch(url, { method: "POST", body: JSON.stringify(body) });

test("closing ends connections that clients keep alive, and frees the port", async () => {
  const url = await serveSample();
  await (await fetch(`${url}/hello`, authorized)).text();
  await listener?.close();
  const next = await listen(new Hono(), Number(new URL(url).port));
  listener = next;
  expect(next.url).toBe(url);
});

test("only the exact token passes", async () => {
  const url = await serveSample();
  const status = async (headers: Record<string, string>) => (await fetch(`${url}/hello`, { headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: "Bearer righ" })).toBe(401);
  expect(await status({ authorization: "right" })).toBe(401);
  expect(await status({ authorization: "Bearer right" })).toBe(200);
});

test("what is not spoken answers 501 and names itself", async () => {
  const url = await serveSample();
  const answer = await fetch(`${url}/v2/llm`, { method: "POST", ...authorized });
  expect(answer.status).toBe(501);
  expect((await answer.json()).error).toContain("POST /v2/llm");
});

test("the clock can be advanced over HTTP", async () => {
  const url = await serveSample();
  await send(`${url}/__local/clock/advance`, { ms: 90_000 });
  expect(await (await fetch(`${url}/hello`, authorized)).text()).toBe("90000");
});

test("a fault answers with its status, and a drop breaks the connection", async () => {
  const url = await serveSample();
  await send(`${url}/__local/faults`, { match: "/hello", status: 503, times: 1 });
  expect((await fetch(`${url}/hello`, authorized)).status).toBe(503);
  for (const drop of ["before", "after"]) {
    await send(`${url}/__local/faults`, { match: "/hello", drop, times: 1 });
    await expect(fetch(`${url}/hello`, authorized)).rejects.toThrow();
  }
  expect((await fetch(`${url}/hello`, authorized)).status).toBe(200);
});
