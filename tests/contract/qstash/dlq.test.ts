import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

/**
 * Publishes a message that fails at once.
 * @param more.label as a test calls it; in the account it is a name of this run
 * @returns its message id
 */
async function fail(
  path: string,
  { label, ...more }: { body?: string; label?: string; headers?: Record<string, string> } = {},
): Promise<string> {
  const { client, destination } = target;
  const options = { retries: 0, ...more, ...(label && { label: target.name(label) }) };
  destination.answer(path, { status: 500, body: "no", headers: { "X-Why": "test" } });
  const { messageId } = await client.publish({ url: `${destination.url}${path}`, ...options });
  await untilState(client, messageId, "FAILED");
  return messageId;
}

/** The dead letters of the messages that were sent to a path or bear a label. */
async function letters(filter: { path: string } | { label: string }) {
  const ours =
    "path" in filter
      ? { url: `${target.destination.url}${filter.path}` }
      : { label: target.name(filter.label) };
  return (await target.client.dlq.listMessages({ filter: ours })).messages;
}

describe("dead letters", () => {
  test("a dead letter keeps the message and the last answer", async () => {
    const { client, destination } = target;
    const messageId = await fail("/kept", { body: "precious", label: "l", headers: { "X-Tenant": "acme" } });
    const filter = { label: target.name("l") };
    const { messages, cursor } = await client.dlq.listMessages({ filter });
    expect(cursor).toBeUndefined();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      messageId,
      url: `${destination.url}/kept`,
      body: "precious",
      method: "POST",
      label: target.name("l"),
      maxRetries: 0,
      responseStatus: 500,
      responseBody: "no",
      responseHeader: { "X-Why": ["test"] },
      header: { "X-Tenant": ["acme"] },
    });
    const one = await target.call("GET", `/v2/dlq/${messages[0]?.dlqId}`);
    expect(await one.json()).toMatchObject({ messageId });
    expect((await target.call("GET", "/v2/dlq/1-1")).status).toBe(404);
  });

  test("lists are filtered, OR within a filter and AND between filters, and paged newest first", async () => {
    const { client, destination } = target;
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
      await urls({
        filter: { url: [`${destination.url}/a`, `${destination.url}/c`], label: target.name("odd") },
      }),
    ).toEqual(["/c"]);
    expect(await urls({ filter: { responseStatus: 404, label: target.name("odd") } })).toEqual([]);
    const filter = { label: [target.name("odd"), target.name("even")] };
    const first = await client.dlq.listMessages({ filter, count: 2 });
    expect(first.messages.map((message) => message.url)).toEqual([
      `${destination.url}/c`,
      `${destination.url}/b`,
    ]);
    const next = first.cursor && { cursor: first.cursor };
    const rest = await client.dlq.listMessages({ filter, count: 2, ...next });
    expect(rest.messages.map((message) => message.url)).toEqual([`${destination.url}/a`]);
    expect(rest.cursor).toBeUndefined();
  });

  test("a retry sends the same body and headers under a new id, and takes the letter out", async () => {
    const { client, destination } = target;
    const messageId = await fail("/retried", { body: "precious", headers: { "X-Tenant": "acme" } });
    destination.answer("/retried", { status: 200 });
    const [letter] = await letters({ path: "/retried" });
    const { responses } = await client.dlq.retry(letter?.dlqId ?? "");
    expect(responses).toHaveLength(1);
    expect(responses[0]?.messageId).not.toBe(messageId);
    const again = await destination.request("/retried", 2);
    expect(again.body).toBe("precious");
    expect(again.headers.get("x-tenant")).toBe("acme");
    expect(again.headers.get("upstash-message-id")).toBe(responses[0]?.messageId);
    expect(await letters({ path: "/retried" })).toEqual([]);
    await expect(client.dlq.retry(letter?.dlqId ?? "")).rejects.toMatchObject({ status: 404 });
  });

  test("headers of the retry override those of the message", async () => {
    const { client, destination } = target;
    await fail("/override");
    const [letter] = await letters({ path: "/override" });
    const answer = await target.call("POST", `/v2/dlq/retry/${letter?.dlqId}`, {
      headers: { "Upstash-Retries": "5", "Upstash-Delay": "1h" },
    });
    expect(answer.status).toBe(201);
    const { messageId } = await answer.json();
    const pending = await client.messages.get(messageId);
    expect(pending).toMatchObject({ maxRetries: 5, url: `${destination.url}/override` });
    expect(pending.notBefore ?? 0).toBeGreaterThan(target.clock.now().getTime() + 3_500_000);
    await client.messages.cancel(messageId);
  });

  test("many are retried by filter, with a cursor while there are more", async () => {
    const { client, destination } = target;
    for (const path of ["/m1", "/m2", "/m3"]) await fail(path, { label: "many" });
    for (const path of ["/m1", "/m2", "/m3"]) destination.answer(path, { status: 200 });
    const filter = { label: target.name("many") };
    const some = await client.dlq.retry({ filter, count: 2 });
    expect(some.responses).toHaveLength(2);
    expect(some.cursor).toBeDefined();
    const rest = await client.dlq.retry({ filter, count: 2, ...(some.cursor && { cursor: some.cursor }) });
    expect(rest.responses).toHaveLength(1);
    expect(rest.cursor).toBeUndefined();
    for (const path of ["/m1", "/m2", "/m3"]) await destination.request(path, 2);
  });

  test("many are deleted by ids or by filter; what is gone is no error, unless it is named alone", async () => {
    const { client, destination } = target;
    for (const path of ["/d1", "/d2"]) await fail(path, { label: "deleted" });
    expect(await client.dlq.delete({ filter: { url: `${destination.url}/d1` } })).toEqual({ deleted: 1 });
    const [left] = await letters({ label: "deleted" });
    expect(await client.dlq.delete([left?.dlqId ?? "", "1-999999"])).toMatchObject({ deleted: 1 });
    expect((await target.call("DELETE", `/v2/dlq/${left?.dlqId}`)).status).toBe(404);
  });

  test("all are retried or deleted at once", async () => {
    needs("exclusive account");
    const { client, destination } = target;
    await client.dlq.delete({ all: true });
    for (const path of ["/all1", "/all2"]) await fail(path);
    for (const path of ["/all1", "/all2"]) destination.answer(path, { status: 200 });
    expect((await client.dlq.retry({ all: true, count: 1 })).responses).toHaveLength(1);
    expect(await client.dlq.delete({ all: true })).toMatchObject({ deleted: 1 });
    expect((await client.dlq.listMessages()).messages).toEqual([]);
  });

  test("a filter that does not exist is refused, so that nothing is deleted by mistake", async () => {
    needs("exclusive account");
    await fail("/safe");
    const answer = await target.call("DELETE", "/v2/dlq?labeel=x&count=100");
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await letters({ path: "/safe" })).toHaveLength(1);
  });
});
