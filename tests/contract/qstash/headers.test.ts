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

describe("headers as delivered", () => {
  test("values of one name in two spellings arrive as one list", async () => {
    const { client, destination } = target;
    const headers = new Headers([
      ["X-Value", "upper"],
      ["x-value", "lower"],
    ]);
    const { messageId } = await client.publish({ url: `${destination.url}/casing`, headers, delay: 3600 });
    expect((await client.messages.get(messageId)).header).toMatchObject({ "X-Value": ["upper, lower"] });
    await client.messages.cancel(messageId);
  });

  test("a client's own headers are added, and a message's count more, whatever their spelling", async () => {
    const { destination } = target;
    const client = new Client({
      ...{ baseUrl: target.url, token: secrets.token, retry: false },
      headers: { "X-Tenant": "of-client", "x-only": "client", "Upstash-Retries": "1" },
    });
    await client.publish({ url: `${destination.url}/global`, headers: { "x-tenant": "of-message" } });
    const { headers } = await destination.request("/global");
    expect(headers.get("x-tenant")).toBe("of-message");
    expect(headers.get("x-only")).toBe("client");
    const leaked = [...headers.keys()].filter((name) => /^upstash-(telemetry|retries|forward)/.test(name));
    expect(leaked).toEqual([]);
  });

  test("the content type is forwarded as it is; one that is forwarded by name counts more; without any there is none", async () => {
    const { destination } = target;
    const publish = (path: string, headers: Record<string, string>, body?: string) =>
      target.call("POST", `/v2/publish/${destination.url}${path}`, {
        headers,
        ...(body !== undefined && { body }),
      });
    await publish("/type", { "Content-Type": "application/vnd.waybill+json; charset=utf-8" }, "{}");
    await publish("/type-named", { "Content-Type": "a/b", "Upstash-Forward-Content-Type": "c/d" }, "x");
    await publish("/type-none", {});
    const typeOf = async (path: string) => (await destination.request(path)).headers.get("content-type");
    expect(await typeOf("/type")).toBe("application/vnd.waybill+json; charset=utf-8");
    expect(await typeOf("/type-named")).toBe("c/d");
    expect(await typeOf("/type-none")).toBeNull();
  });

  test("what the service says of a delivery cannot be forged by a forwarded header", async () => {
    const { client, destination } = target;
    const { messageId } = await client.publish({
      url: `${destination.url}/forged`,
      headers: { "Upstash-Forward-Upstash-Signature": "x", "Upstash-Forward-Upstash-Message-Id": "y" },
    });
    const { headers } = await destination.request("/forged");
    expect(headers.get("upstash-message-id")).toBe(messageId);
    expect(headers.get("upstash-signature")).toMatch(/^ey/);
    expect(headers.get("upstash-region")).toMatch(/^(US-EAST-1|EU-CENTRAL-1)$/);
    expect(headers.get("upstash-caller-ip")).toMatch(/[.:]/);
    expect(headers.get("upstash-retried")).toBe("0");
  });

  test.each(["POST", "GET", "PUT", "PATCH", "DELETE"] as const)("%s is sent as %s", async (method) => {
    const { client, destination } = target;
    await client.publish({ url: `${destination.url}/method/${method}`, method });
    expect((await destination.request(`/method/${method}`)).method).toBe(method);
  });
});
