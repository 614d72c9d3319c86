import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";
import { startTicking, toNextTick } from "./ticks.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

describe("URL groups", () => {
  test("a message to a group goes to each of its endpoints, with an answer for each", async () => {
    needs("destination");
    const { client, destination } = target;
    const endpoints = [{ name: "one", url: `${destination.url}/one` }, { url: `${destination.url}/two` }];
    await client.urlGroups.addEndpoints({ name: target.name("both"), endpoints });
    const answers = await client.publishJSON({ urlGroup: target.name("both"), body: { n: 1 } });
    expect(answers.map((answer) => answer.url)).toEqual(endpoints.map((endpoint) => endpoint.url));
    for (const [index, path] of ["/one", "/two"].entries()) {
      const request = await destination.request(path);
      expect(request.headers.get("upstash-topic-name")).toBe(target.name("both"));
      expect(request.headers.get("upstash-message-id")).toBe(answers[index]?.messageId);
    }
    const { logs } = await client.logs({ filter: { urlGroup: target.name("both"), state: "CREATED" } });
    expect(logs.map((entry) => entry.endpointName)).toEqual([undefined, "one"]);
  });

  test("groups are listed, and gone with their last endpoint", async () => {
    const { client, destination } = target;
    const name = target.name("shrinking");
    const [a, b] = [`${destination.url}/a`, `${destination.url}/b`];
    await client.urlGroups.addEndpoints({
      name,
      endpoints: [{ name: "a", url: a }, { url: b }],
    });
    expect(await client.urlGroups.get(name)).toMatchObject({
      name,
      endpoints: [{ name: "a", url: a }, { url: b }],
    });
    expect((await client.urlGroups.list()).map((group) => group.name)).toContain(name);
    await client.urlGroups.removeEndpoints({ name, endpoints: [{ name: "a" }] });
    expect((await client.urlGroups.get(name)).endpoints).toEqual([{ url: b }]);
    await client.urlGroups.removeEndpoints({ name, endpoints: [{ url: b }] });
    await expect(client.urlGroups.get(name)).rejects.toMatchObject({ status: 404 });
    await expect(client.publish({ urlGroup: name })).rejects.toMatchObject({ status: 404 });
  });

  test("a schedule sends to the endpoints that its group has at the time of the tick", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    await client.urlGroups.addEndpoints({
      name: target.name("growing"),
      endpoints: [{ url: `${destination.url}/g1` }],
    });
    await startTicking(target, { name: "g", destination: target.name("growing") });
    await client.urlGroups.addEndpoints({
      name: target.name("growing"),
      endpoints: [{ url: `${destination.url}/g2` }],
    });
    toNextTick(clock);
    await Promise.all([destination.request("/g1"), destination.request("/g2")]);
    expect([destination.count("/g1"), destination.count("/g2")]).toEqual([1, 1]);
  });
});
