import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

test("a batch answers in its order: a message for a URL, a list for a URL group, an error for neither", async () => {
  needs("destination");
  const { client, destination } = target;
  const endpoints = ["/a", "/b"].map((path) => ({ url: `${destination.url}${path}` }));
  await client.urlGroups.addEndpoints({ name: target.name("group"), endpoints });
  const answers = await client.batch([
    { url: `${destination.url}/single`, body: "1" },
    { urlGroup: target.name("group"), body: "2" },
    { urlGroup: target.name("unknown"), body: "3" },
    { urlGroup: target.name("group"), queueName: target.name("queue"), body: "4" },
  ]);
  const message = { messageId: expect.any(String) };
  const fanned = endpoints.map(({ url }) => ({ ...message, url }));
  expect(answers).toEqual([message, fanned, { error: expect.stringContaining("not found") }, fanned]);
  const bodies = async (path: string) =>
    [(await destination.request(path, 1)).body, (await destination.request(path, 2)).body].sort();
  expect(await bodies("/a")).toEqual(["2", "4"]);
  expect(await bodies("/b")).toEqual(["2", "4"]);
  expect((await destination.request("/single")).body).toBe("1");
});

test("each item of a batch has its own settings", async () => {
  const { client } = target;
  const answers = await client.batch([
    { url: "https://a.test", delay: 3600, retries: 1, method: "PUT", headers: { "X-N": "1" } },
    { url: "https://a.test", delay: 7200, label: target.name("two") },
  ]);
  const [first, second] = await Promise.all(
    answers.map((answer) => client.messages.get(String(Reflect.get(answer, "messageId")))),
  );
  expect(first).toMatchObject({ maxRetries: 1, method: "PUT", header: { "X-N": ["1"] } });
  expect(second).toMatchObject({ maxRetries: 3, method: "POST", labels: [target.name("two")] });
  expect(first).not.toHaveProperty("labels");
  await client.messages.cancel([first?.messageId ?? "", second?.messageId ?? ""]);
});

test("an item that cannot be read, or is not spoken, is told of in its place and spoils no others", async () => {
  needs("stand-in");
  const good = { destination: `${target.destination.url}/good`, headers: { "Upstash-Delay": "1h" } };
  const bad: [unknown, RegExp][] = [
    [null, /invalid item/],
    ["https://a.test", /invalid item/],
    [{ destination: "https://a.test", body: { n: 1 } }, /body/],
    [{ destination: "https://a.test", headers: { "Upstash-Retries": 3 } }, /headers/],
    [{ destination: "api/llm" }, /not speak the destination api\/llm/],
    [{ destination: "https://a.test", headers: { "Upstash-Cron": "* * * * *" } }, /not speak the header/],
  ];
  const body = JSON.stringify([good, ...bad.map(([item]) => item), good]);
  const answer = await target.call("POST", "/v2/batch", { body });
  expect(answer.status).toBe(200);
  const items = await answer.json();
  expect(items.slice(1, -1)).toEqual(bad.map(([, error]) => ({ error: expect.stringMatching(error) })));
  for (const item of [items[0], items.at(-1)]) {
    expect(item).toEqual({ messageId: expect.any(String) });
    await target.client.messages.cancel(item.messageId);
  }
});
