import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type StandIn, startStandIn, untilState } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(async () => {
  await standIn.client.dlq.delete({ all: true });
});

/** Publishes a message that fails at once. @returns its message id */
async function fail(
  path: string,
  more: { body?: string; label?: string; headers?: Record<string, string> } = {},
) {
  const { client, destination } = standIn;
  destination.answer(path, { status: 500, body: "no", headers: { "X-Why": "test" } });
  const { messageId } = await client.publish({ url: `${destination.url}${path}`, retries: 0, ...more });
  await untilState(client, messageId, "FAILED");
  return messageId;
}

describe("dead letters", () => {
  test("a dead letter keeps the message and the last answer", async () => {
    const { client, destination } = standIn;
    const messageId = await fail("/kept", { body: "precious", label: "l", headers: { "X-Tenant": "acme" } });
    const { messages, cursor } = await client.dlq.listMessages();
    expect(cursor).toBeUndefined();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      messageId,
      url: `${destination.url}/kept`,
      body: "precious",
      method: "POST",
      label: "l",
      maxRetries: 0,
      responseStatus: 500,
      responseBody: "no",
      responseHeader: { "X-Why": ["test"] },
      header: { "X-Tenant": ["acme"] },
    });
    const one = await standIn.call("GET", `/v2/dlq/${messages[0]?.dlqId}`);
    expect(await one.json()).toMatchObject({ messageId });
    expect((await standIn.call("GET", "/v2/dlq/1-1")).status).toBe(404);
  });

  test("lists are filtered, OR within a filter and AND between filters, and paged newest first", async () => {
    const { client, destination } = standIn;
    for (const path of ["/a", "/b", "/c"]) await fail(path, { label: path === "/c" ? "odd" : "even" });
    const urls = async (filter: Parameters<typeof client.dlq.listMessages>[0]) =>
      (await client.dlq.listMessages(filter)).messages.map((message) =>
        message.url.slice(destination.url.length),
      );
    expect(await urls({ filter: { url: [`${destination.url}/a`, `${destination.url}/c`] } })).toEqual([
      "/c",
      "/a",
    ]);
    expect(
      await urls({ filter: { url: [`${destination.url}/a`, `${destination.url}/c`], label: "odd" } }),
    ).toEqual(["/c"]);
    expect(await urls({ filter: { responseStatus: 404 } })).toEqual([]);
    const first = await client.dlq.listMessages({ count: 2 });
    expect(first.messages.map((message) => message.url)).toEqual([
      `${destination.url}/c`,
      `${destination.url}/b`,
    ]);
    const rest = await client.dlq.listMessages({ count: 2, ...(first.cursor && { cursor: first.cursor }) });
    expect(rest.messages.map((message) => message.url)).toEqual([`${destination.url}/a`]);
    expect(rest.cursor).toBeUndefined();
  });

  test("a retry sends the same body and headers under a new id, and takes the letter out", async () => {
    const { client, destination } = standIn;
    const messageId = await fail("/retried", { body: "precious", headers: { "X-Tenant": "acme" } });
    destination.answer("/retried", { status: 200 });
    const [letter] = (await client.dlq.listMessages()).messages;
    const { responses } = await client.dlq.retry(letter?.dlqId ?? "");
    expect(responses).toHaveLength(1);
    expect(responses[0]?.messageId).not.toBe(messageId);
    const again = await destination.request("/retried", 2);
    expect(again.body).toBe("precious");
    expect(again.headers.get("x-tenant")).toBe("acme");
    expect(again.headers.get("upstash-message-id")).toBe(responses[0]?.messageId);
    expect((await client.dlq.listMessages()).messages).toEqual([]);
    await expect(client.dlq.retry(letter?.dlqId ?? "")).rejects.toMatchObject({ status: 404 });
  });

  test("headers of the retry override those of the message", async () => {
    const { client, destination } = standIn;
    await fail("/override");
    const [letter] = (await client.dlq.listMessages()).messages;
    const answer = await standIn.call("POST", `/v2/dlq/retry/${letter?.dlqId}`, {
      headers: { "Upstash-Retries": "5", "Upstash-Delay": "1h" },
    });
    expect(answer.status).toBe(201);
    const { messageId } = await answer.json();
    const pending = await client.messages.get(messageId);
    expect(pending).toMatchObject({ maxRetries: 5, url: `${destination.url}/override` });
    expect(pending.notBefore ?? 0).toBeGreaterThan(standIn.clock.now().getTime() + 3_500_000);
    await client.messages.cancel(messageId);
  });

  test("many are retried or deleted by ids, by filter, or all, with a cursor while there are more", async () => {
    const { client, destination } = standIn;
    for (const path of ["/m1", "/m2", "/m3"]) await fail(path);
    for (const path of ["/m1", "/m2", "/m3"]) destination.answer(path, { status: 200 });
    const some = await client.dlq.retry({ all: true, count: 2 });
    expect(some.responses).toHaveLength(2);
    expect(some.cursor).toBeDefined();
    const rest = await client.dlq.retry({ all: true, count: 2, ...(some.cursor && { cursor: some.cursor }) });
    expect(rest.responses).toHaveLength(1);
    expect(rest.cursor).toBeUndefined();

    await fail("/d1");
    await fail("/d2");
    expect(await client.dlq.delete({ filter: { url: `${destination.url}/d1` } })).toEqual({ deleted: 1 });
    const [left] = (await client.dlq.listMessages()).messages;
    expect(await client.dlq.delete([left?.dlqId ?? "", "1-999999"])).toMatchObject({ deleted: 1 });
    expect((await standIn.call("DELETE", `/v2/dlq/${left?.dlqId}`)).status).toBe(404);
  });

  test("a filter that does not exist is refused, so that nothing is deleted by mistake", async () => {
    await fail("/safe");
    const answer = await standIn.call("DELETE", "/v2/dlq?labeel=x&count=100");
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect((await standIn.client.dlq.listMessages()).messages).toHaveLength(1);
  });
});
