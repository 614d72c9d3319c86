import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs, skipTest } from "../target.ts";
import { secrets } from "./secrets.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const writes = [
  ["POST", "/v2/publish/https://a.test"],
  ["POST", "/v2/enqueue/q/https://a.test"],
  ["POST", "/v2/batch"],
  ["DELETE", "/v2/messages/msg_x"],
  ["DELETE", "/v2/messages?messageIds=msg_x"],
  ["DELETE", "/v2/dlq/1-1"],
  ["DELETE", "/v2/dlq?dlqIds=1-1"],
  ["POST", "/v2/dlq/retry/1-1"],
  ["POST", "/v2/dlq/retry?dlqIds=1-1"],
  ["POST", "/v2/queues"],
  ["DELETE", "/v2/queues/q"],
  ["POST", "/v2/queues/q/pause"],
  ["POST", "/v2/queues/q/resume"],
  ["POST", "/v2/schedules/https://a.test"],
  ["DELETE", "/v2/schedules/s"],
  ["PATCH", "/v2/schedules/s/pause"],
  ["POST", "/v2/schedules/s/resume"],
  ["POST", "/v2/topics/t/endpoints"],
  ["DELETE", "/v2/topics/t/endpoints"],
  ["DELETE", "/v2/topics/t"],
  ["POST", "/v2/flowControl/k/pause"],
  ["POST", "/v2/flowControl/k/resume"],
  ["POST", "/v2/flowControl/k/pin?rate=1"],
  ["POST", "/v2/flowControl/k/unpin?rate=true"],
  ["POST", "/v2/flowControl/k/resetRate"],
  ["POST", "/v2/keys/rotate"],
] as const;
const reads = [
  ..."messages/msg_x events logs dlq dlq/1-1 queues queues/q schedules schedules/s topics topics/t".split(
    " ",
  ),
  ..."flowControl flowControl/k globalParallelism keys".split(" "),
].map((path) => ["GET", `/v2/${path}`] as const);

describe("tokens", () => {
  test.each([...writes, ...reads])("%s %s is refused without the token", async (method, path) => {
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: secrets.token }]) {
      const answer = await fetch(`${target.url}${path}`, { method, headers });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ error: expect.any(String) });
    }
  });

  test.each(writes)("%s %s is refused to the read-only token", async (method, path) => {
    if (!secrets.readOnlyToken) skipTest("needs a read-only token: QSTASH_READONLY_TOKEN");
    const headers = { authorization: `Bearer ${secrets.readOnlyToken}` };
    const answer = await fetch(`${target.url}${path}`, { method, headers });
    expect([401, 403]).toContain(answer.status);
  });

  test.each(reads)("%s %s is open to the read-only token", async (method, path) => {
    if (!secrets.readOnlyToken) skipTest("needs a read-only token: QSTASH_READONLY_TOKEN");
    const headers = { authorization: `Bearer ${secrets.readOnlyToken}` };
    expect([200, 404]).toContain((await fetch(`${target.url}${path}`, { method, headers })).status);
  });

  test("the token may stand in the query, beside filters too", async () => {
    const path = `/v2/dlq?qstash_token=${secrets.token}&label=${target.name("none")}`;
    const answer = await fetch(`${target.url}${path}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ messages: [] });
    expect((await fetch(`${target.url}/v2/queues?qstash_token=wrong`)).status).toBe(401);
  });

  test("a wrong token in the header does not spoil the right one in the query", async () => {
    needs("stand-in");
    const headers = { authorization: "Basic d2ViOmhvb2s=" };
    const answer = await fetch(`${target.url}/v2/queues?qstash_token=${secrets.token}`, { headers });
    expect(answer.status).toBe(200);
  });
});
