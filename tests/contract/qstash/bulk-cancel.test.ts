import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

async function delayed(label: string, count: number): Promise<string[]> {
  const message = { url: `${target.destination.url}/x`, delay: 3600, label: target.name(label) };
  const answers = await target.client.batch(Array.from({ length: count }, () => ({ ...message })));
  return answers.map((answer) => String(Reflect.get(answer, "messageId")));
}

async function cancel(path: string, body?: string): Promise<unknown> {
  const answer = await target.call("DELETE", path, { ...(body !== undefined && { body }) });
  return answer.ok ? answer.json() : answer.status;
}

function placeOf(url: string): { host: string; path: string } {
  const { host, pathname } = new URL(url);
  return { host, path: pathname };
}

describe("cancelling many", () => {
  test.each([
    ["label", () => ({ label: target.name("two") })],
    ["flowControlKey", () => ({ flowControlKey: target.name("key") })],
    ["url", () => ({ url: `${target.destination.url}/found/it?q=1` })],
    ["topicName", () => ({ topicName: target.name("group") })],
    ["queueName", () => ({ queueName: target.name("queue") })],
    ["host and path", () => placeOf(`${target.destination.url}/found/it`)],
    ["date and label", () => ({ label: target.name("two"), fromDate: "0", toDate: "99999999999999" })],
  ] as const)("messages are found by %s, and no others", async (_filter, fields) => {
    const { client, destination } = target;
    const url = `${destination.url}/found/it?q=1`;
    await client.urlGroups.addEndpoints({ name: target.name("group"), endpoints: [{ url }] });
    const headers = {
      "Upstash-Delay": "1h",
      "Upstash-Label": `${target.name("one")},${target.name("two")}`,
      "Upstash-Flow-Control-Key": target.name("key"),
      "Upstash-Flow-Control-Value": "parallelism=5",
    };
    const path = `/v2/enqueue/${target.name("queue")}/${target.name("group")}`;
    await target.call("POST", path, { headers });
    const [other = ""] = await delayed("other", 1);
    const query = new URLSearchParams(Object.entries(fields()));
    expect(await cancel(`/v2/messages?${query}`)).toEqual({ cancelled: 1 });
    expect(await target.client.messages.cancel(other)).toEqual({ cancelled: 1 });
  });

  test("by dates those are found that were made between them, both inclusive", async () => {
    const [first = "", second = ""] = [...(await delayed("dated", 1)), ...(await delayed("dated", 1))];
    const { createdAt } = await target.client.messages.get(first);
    const found = (from: number, to: number) =>
      cancel(`/v2/messages?label=${target.name("dated")}&fromDate=${from}&toDate=${to}`);
    expect(await found(createdAt - 60_000, createdAt - 1)).toEqual({ cancelled: 0 });
    expect(await found(createdAt + 60_000, createdAt + 120_000)).toEqual({ cancelled: 0 });
    expect(await found(createdAt, createdAt)).toMatchObject({ cancelled: expect.any(Number) });
    await expect(target.client.messages.get(first)).rejects.toMatchObject({ status: 404 });
    await target.client.messages.cancel([second]);
  });

  test("by the publisher's address, in both spellings", async () => {
    needs("stand-in");
    for (const name of ["callerIp", "callerIP"]) {
      const [id = ""] = await delayed("address", 1);
      const { callerIP } = JSON.parse(await (await target.call("GET", `/v2/messages/${id}`)).text());
      expect(await cancel(`/v2/messages?${name}=203.0.113.9`)).toEqual({ cancelled: 0 });
      expect(await cancel(`/v2/messages?${name}=${callerIP}`)).toEqual({ cancelled: 1 });
    }
  });

  test("by filter all are cancelled, whatever the count: it is a thing of the past", async () => {
    await delayed("many", 120);
    const filter = { label: target.name("many") };
    expect(await target.client.messages.cancel({ filter, count: 10 })).toEqual({ cancelled: 120 });
    expect(await target.client.messages.cancel({ filter })).toEqual({ cancelled: 0 });
  });

  test("by ids, repeated, joined by commas or in the body; unknown ones and repeated ones do not count", async () => {
    const [a = "", b = "", c = "", d = "", e = ""] = await delayed("ids", 5);
    expect(await cancel(`/v2/messages?messageIds=${a}&messageIds=${b}&messageIds=msg_unknown`)).toEqual({
      cancelled: 2,
    });
    expect(await cancel(`/v2/messages?messageIds=${b},${c},${c}`)).toEqual({ cancelled: 1 });
    expect(await cancel("/v2/messages", JSON.stringify({ messageIds: [d] }))).toEqual({ cancelled: 1 });
    expect((await target.client.messages.get(e)).messageId).toBe(e);
    await target.client.messages.cancel(e);
  });

  test("nothing is taken for all that does not say so", async () => {
    needs("exclusive account");
    const [id = ""] = await delayed("safe", 1);
    for (const path of ["/v2/messages/", "/v2/messages//", "/v2/messages?messageId="]) {
      await cancel(path);
    }
    for (const body of ["{}", '{"messageIds":[]}', '{"ids":["x"]}', "all", "[]"]) {
      expect(await cancel("/v2/messages", body)).toBe(400);
    }
    expect((await target.client.messages.get(id)).messageId).toBe(id);
    await target.client.messages.cancel(id);
  });

  test("dead letters are deleted by ids in the body too, and by nothing else in it", async () => {
    expect(await cancel("/v2/dlq", JSON.stringify({ dlqIds: ["1-1"] }))).toEqual({ deleted: 0 });
    expect(await cancel("/v2/dlq", "{}")).toBe(400);
  });

  test("by the id as a filter beside others, all of which must hold", async () => {
    const [id = "", other = ""] = await delayed("filtered", 2);
    const beside = (label: string) => cancel(`/v2/messages?messageId=${id}&label=${target.name(label)}`);
    expect(await beside("none")).toEqual({ cancelled: 0 });
    expect(await beside("filtered")).toEqual({ cancelled: 1 });
    expect(await target.client.messages.cancel(other)).toEqual({ cancelled: 1 });
  });

  test("a cancel that runs behind the answer is not spoken", async () => {
    needs("stand-in");
    expect(await cancel("/v2/messages?label=x&async=true")).toBe(501);
    expect(await cancel("/v2/dlq?label=x&async=true")).toBe(501);
    expect((await target.call("POST", "/v2/dlq/retry?label=x&async=true")).status).toBe(501);
    expect((await target.call("GET", "/v2/bulkActions")).status).toBe(501);
  });
});
