import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StandIn, startStandIn } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

describe("URL groups", () => {
  test("a message to a group goes to each of its endpoints, with an answer for each", async () => {
    const { client, destination } = standIn;
    const endpoints = [{ name: "one", url: `${destination.url}/one` }, { url: `${destination.url}/two` }];
    await client.urlGroups.addEndpoints({ name: "both", endpoints });
    const answers = await client.publishJSON({ urlGroup: "both", body: { n: 1 } });
    expect(answers.map((answer) => answer.url)).toEqual(endpoints.map((endpoint) => endpoint.url));
    for (const [index, path] of ["/one", "/two"].entries()) {
      const request = await destination.request(path);
      expect(request.headers.get("upstash-topic-name")).toBe("both");
      expect(request.headers.get("upstash-message-id")).toBe(answers[index]?.messageId);
    }
    const { logs } = await client.logs({ filter: { urlGroup: "both", state: "CREATED" } });
    expect(logs.map((entry) => entry.endpointName)).toEqual([undefined, "one"]);
  });

  test("groups are listed, and gone with their last endpoint", async () => {
    const { client, destination } = standIn;
    const [a, b] = [`${destination.url}/a`, `${destination.url}/b`];
    await client.urlGroups.addEndpoints({
      name: "shrinking",
      endpoints: [{ name: "a", url: a }, { url: b }],
    });
    expect(await client.urlGroups.get("shrinking")).toMatchObject({
      name: "shrinking",
      endpoints: [{ name: "a", url: a }, { url: b }],
    });
    expect((await client.urlGroups.list()).map((group) => group.name)).toContain("shrinking");
    await client.urlGroups.removeEndpoints({ name: "shrinking", endpoints: [{ name: "a" }] });
    expect((await client.urlGroups.get("shrinking")).endpoints).toEqual([{ url: b }]);
    await client.urlGroups.removeEndpoints({ name: "shrinking", endpoints: [{ url: b }] });
    await expect(client.urlGroups.get("shrinking")).rejects.toMatchObject({ status: 404 });
    await expect(client.publish({ urlGroup: "shrinking" })).rejects.toMatchObject({ status: 404 });
  });

  test("a schedule sends to the endpoints that its group has at the time of the tick", async () => {
    const { client, destination, clock } = standIn;
    await client.urlGroups.addEndpoints({ name: "growing", endpoints: [{ url: `${destination.url}/g1` }] });
    await client.schedules.create({ destination: "growing", cron: "0 * * * *", scheduleId: "g" });
    await client.urlGroups.addEndpoints({ name: "growing", endpoints: [{ url: `${destination.url}/g2` }] });
    clock.advance(3_600_000);
    await Promise.all([destination.request("/g1"), destination.request("/g2")]);
    await client.schedules.delete("g");
  });
});
