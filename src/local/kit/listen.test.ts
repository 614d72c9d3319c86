import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { createAdjustableClock } from "../../kernel/clock.ts";
import { requireBearer } from "./bearer.ts";
import { controlRoutes, disturbRequests, undisturbedHeader } from "./control.ts";
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

test("latency makes a request wait until the clock has gone on", async () => {
  const url = await serveSample();
  await send(`${url}/__local/faults`, { match: "/hello", latencyMs: 3_600_000, times: 1 });
  const slow = fetch(`${url}/hello`, authorized);
  await untilDisturbed(url);
  await send(`${url}/__local/clock/advance`, { ms: 3_600_000 });
  expect(await (await slow).text()).toBe("3600000");
});

test("only the share of the requests that the probability tells is disturbed", async () => {
  const url = await serveSample();
  await send(`${url}/__local/faults`, { match: "/hello", status: 503, probability: 0.5 });
  const statuses: number[] = [];
  for (let n = 0; n < 40; n += 1) statuses.push((await fetch(`${url}/hello`, authorized)).status);
  const disturbed = statuses.filter((status) => status === 503).length;
  // Which ones is drawn from the fault's id and the number of the match: the same at every run.
  expect(disturbed).toBeGreaterThan(10);
  expect(disturbed).toBeLessThan(30);
  expect(statuses.filter((status) => status === 200)).toHaveLength(40 - disturbed);
});

test("a reordered request is answered after the next one that matches", async () => {
  const url = await serveSample();
  await send(`${url}/__local/faults`, { match: "/hello", reorder: true, times: 1 });
  const answered: string[] = [];
  const hello = async (name: string) => {
    await (await fetch(`${url}/hello?${name}`, authorized)).text();
    answered.push(name);
  };
  const first = hello("first");
  await untilDisturbed(url);
  await hello("second");
  await first;
  expect(answered).toEqual(["second", "first"]);
});

test("who only looks meets no fault and uses none up", async () => {
  const url = await serveSample();
  await send(`${url}/__local/faults`, { match: "/hello", status: 503, times: 1 });
  const looking = { headers: { ...authorized.headers, [undisturbedHeader]: "1" } };
  expect((await fetch(`${url}/hello`, looking)).status).toBe(200);
  expect((await fetch(`${url}/hello`, authorized)).status).toBe(503);
});

test("a fault is removed by its id", async () => {
  const url = await serveSample();
  for (const status of [500, 503]) await send(`${url}/__local/faults`, { status });
  const removed = await fetch(`${url}/__local/faults/1`, { method: "DELETE" });
  expect(await removed.json()).toMatchObject({ faults: [{ id: 2, status: 503 }] });
  expect((await fetch(`${url}/__local/faults/1`, { method: "DELETE" })).status).toBe(404);
});

test.each([
  { origin: "https://a.test" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
])("the page of another site (%j) moves no clock and sets no fault", async (headers) => {
  const url = await serveSample();
  const answer = await fetch(`${url}/__local/clock/advance`, { method: "POST", headers, body: '{"ms":5}' });
  expect(answer.status).toBe(403);
  expect(await (await fetch(`${url}/hello`, authorized)).text()).toBe("0");
});

async function untilDisturbed(url: string): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${url}/__local/faults`)).json(), { interval: 5 })
    .toMatchObject({ faults: [{ disturbed: 1 }] });
}
