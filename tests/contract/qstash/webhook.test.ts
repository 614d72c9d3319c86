import { Client } from "@upstash/qstash";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { secrets } from "./secrets.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

/** Sends as a webhook does: with the token in the query and headers of its own. */
function post(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${target.url}${path}`, { method: "POST", headers, body: "event" });
}

describe("publishing by a bare URL", () => {
  test("settings and the token may stand in the query; neither reaches the destination", async () => {
    const { client, destination } = target;
    const query = `a=1&upstash-retries=1&Upstash-Delay=1h&b=x%20y&qstash_token=${secrets.token}&upstash-forward-x-from=hook`;
    const answer = await post(`/v2/publish/${destination.url}/hook//in?${query}`);
    expect(answer.status).toBe(200);
    const { messageId } = await answer.json();
    const pending = await client.messages.get(messageId);
    expect(pending).toMatchObject({
      url: `${destination.url}/hook//in?a=1&b=x%20y`,
      maxRetries: 1,
      header: { "X-From": ["hook"] },
    });
    expect((pending.notBefore ?? 0) - (pending.createdAt ?? 0)).toBeGreaterThan(3_500_000);
    await client.messages.cancel(messageId);
  });

  test("a header counts more than the same setting in the query", async () => {
    const { client, destination } = target;
    const answer = await target.call(
      "POST",
      `/v2/publish/${destination.url}/both?upstash-retries=1&upstash-delay=1h`,
      { headers: { "Upstash-Retries": "2" } },
    );
    const { messageId } = await answer.json();
    const pending = await client.messages.get(messageId);
    expect(pending).toMatchObject({ url: `${destination.url}/both`, maxRetries: 2 });
    await client.messages.cancel(messageId);
  });

  test("all headers are forwarded on request, but for those between the webhook and the service", async () => {
    const { destination } = target;
    const token = `qstash_token=${secrets.token}`;
    const sent = { "X-Event": "push", "User-Agent": "Hook/1", Authorization: "Bearer of-the-webhook" };
    const path = `/v2/publish/${destination.url}`;
    expect((await post(`${path}/all?upstash-header-forward=true&${token}`, sent)).status).toBe(200);
    expect((await post(`${path}/few?${token}`, sent)).status).toBe(200);
    const all = await destination.request("/all");
    expect(all.headers.get("x-event")).toBe("push");
    expect(all.headers.get("user-agent")).toBe("Hook/1");
    expect(all.headers.has("authorization")).toBe(false);
    expect(all.headers.get("host")).toBe(new URL(destination.url).host);
    expect((await destination.request("/few")).headers.has("x-event")).toBe(false);
  });

  test("enqueue and schedules read the query too", async () => {
    const { client, destination } = target;
    const queueName = target.name("hooks");
    const path = `${destination.url}/queued?x=1&upstash-delay=1h`;
    const { messageId } = await (await target.call("POST", `/v2/enqueue/${queueName}/${path}`)).json();
    expect(await client.messages.get(messageId)).toMatchObject({
      url: `${destination.url}/queued?x=1`,
      queueName,
    });
    const cron = `upstash-cron=${encodeURIComponent("0 4 * * *")}&upstash-schedule-id=${target.name("s")}`;
    await target.call("POST", `/v2/schedules/${destination.url}/scheduled?x=1&${cron}`);
    expect(await client.schedules.get(target.name("s"))).toMatchObject({
      cron: "0 4 * * *",
      destination: `${destination.url}/scheduled?x=1`,
    });
    await client.schedules.delete(target.name("s"));
    await client.queue({ queueName }).delete();
  });

  test("a destination may come percent-encoded as a whole", async () => {
    const { destination } = target;
    const encoded = encodeURIComponent(`${destination.url}/encoded?a=%2F`);
    expect((await target.call("POST", `/v2/publish/${encoded}`)).status).toBe(200);
    expect((await destination.request("/encoded")).path).toBe("/encoded?a=%2F");
    expect((await target.call("POST", "/v2/publish/https%3A%2F%2Fa.test%2F%zz")).status).toBe(400);
  });

  test("a base URL may end in a slash", async () => {
    const { destination } = target;
    const client = new Client({ baseUrl: `${target.url}/`, token: secrets.token, retry: false });
    await client.publish({ url: `${destination.url}/by-slash` });
    await destination.request("/by-slash");
  });
});
