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

/** A dead letter that has everything it can be found by, and one beside it that has nothing of it. */
interface Sample {
  readonly messageId: string;
  readonly dlqId: string;
  readonly callerIp: string;
  /** When it was buried, in ms since the epoch. */
  readonly buriedAt: number;
  readonly otherDlqId: string;
}

async function prepare(): Promise<Sample> {
  const { client, destination } = target;
  destination.answer("/found/it", { status: 418 });
  destination.answer("/lost", { status: 500 });
  const endpoints = [{ url: `${destination.url}/found/it?q=1` }];
  await client.urlGroups.addEndpoints({ name: target.name("group"), endpoints });
  const headers = {
    ...{ "Upstash-Label": target.name("label"), "Upstash-Retries": "0" },
    ...{ "Upstash-Flow-Control-Key": target.name("key"), "Upstash-Flow-Control-Value": "parallelism=5" },
  };
  const { messageId: other } = await client.publish({ url: `${destination.url}/lost`, retries: 0 });
  await untilState(client, other, "FAILED");
  const path = `/v2/enqueue/${target.name("queue")}/${target.name("group")}`;
  const [{ messageId }] = await (await target.call("POST", path, { headers })).json();
  await untilState(client, messageId, "FAILED");
  const letterOf = async (id: string) =>
    (await (await target.call("GET", `/v2/dlq?messageId=${id}`)).json()).messages[0];
  const { dlqId, callerIP: callerIp } = await letterOf(messageId);
  const buriedAt = Number(dlqId.split("-")[0]);
  return { messageId, dlqId, callerIp, buriedAt, otherDlqId: (await letterOf(other)).dlqId };
}

const filters: [string, (sample: Sample) => Record<string, string>][] = [
  ["label", () => ({ label: target.name("label") })],
  ["flowControlKey", () => ({ flowControlKey: target.name("key") })],
  ["url", () => ({ url: `${target.destination.url}/found/it?q=1` })],
  ["topicName", () => ({ topicName: target.name("group") })],
  ["queueName", () => ({ queueName: target.name("queue") })],
  ["messageId", ({ messageId }) => ({ messageId })],
  ["responseStatus", () => ({ responseStatus: "418", label: target.name("label") })],
  ["callerIp", ({ callerIp }) => ({ callerIp, label: target.name("label") })],
  ["fromDate", ({ buriedAt }) => ({ fromDate: String(buriedAt), label: target.name("label") })],
  ["toDate", ({ buriedAt }) => ({ toDate: String(buriedAt), label: target.name("label") })],
  ["dlqIds", ({ dlqId }) => ({ dlqIds: dlqId })],
];
/** The same filters with values that hit nothing. */
const misses: [string, (sample: Sample) => Record<string, string>][] = [
  ["responseStatus", () => ({ responseStatus: "419", label: target.name("label") })],
  ["callerIp", () => ({ callerIp: "203.0.113.9", label: target.name("label") })],
  ["fromDate", ({ buriedAt }) => ({ fromDate: String(buriedAt + 1), label: target.name("label") })],
  ["toDate", ({ buriedAt }) => ({ toDate: String(buriedAt - 1), label: target.name("label") })],
];

const status = async (method: string, path: string) => (await target.call(method, path)).status;

describe("acting on dead letters by filter", () => {
  test.each(filters)("by %s they are listed, retried and deleted, and no others", async (_name, fields) => {
    const first = await prepare();
    const list = await (await target.call("GET", `/v2/dlq?${new URLSearchParams(fields(first))}`)).json();
    expect(list.messages.map(({ dlqId }: { dlqId: string }) => dlqId)).toEqual([first.dlqId]);
    const path = `/v2/dlq/retry?${new URLSearchParams(fields(first))}`;
    const retried = await (await target.call("POST", path, { headers: { "Upstash-Delay": "1h" } })).json();
    expect(retried).toEqual({ cursor: "", responses: [{ messageId: expect.stringMatching(/^msg_/) }] });
    expect(await status("GET", `/v2/dlq/${first.dlqId}`)).toBe(404);
    await target.client.messages.cancel(retried.responses[0].messageId);

    const second = await prepare();
    const deleted = await target.call("DELETE", `/v2/dlq?${new URLSearchParams(fields(second))}`);
    expect(await deleted.json()).toEqual({ deleted: 1 });
    expect(await status("GET", `/v2/dlq/${second.dlqId}`)).toBe(404);
    for (const { otherDlqId } of [first, second]) {
      expect(await status("DELETE", `/v2/dlq/${otherDlqId}`)).toBe(200);
    }
  });

  test.each(misses)("by another %s none is hit", async (_name, fields) => {
    const sample = await prepare();
    const query = new URLSearchParams(fields(sample));
    expect(await (await target.call("GET", `/v2/dlq?${query}`)).json()).toEqual({ messages: [] });
    expect(await (await target.call("POST", `/v2/dlq/retry?${query}`)).json()).toEqual({
      ...{ cursor: "", responses: [] },
    });
    expect(await (await target.call("DELETE", `/v2/dlq?${query}`)).json()).toEqual({ deleted: 0 });
    const all = [sample.dlqId, sample.otherDlqId];
    expect(await target.client.dlq.delete(all)).toMatchObject({ deleted: 2 });
  });

  test("one that is deleted by its id answers nothing, and once gone 404", async () => {
    const { dlqId, otherDlqId } = await prepare();
    const deleted = await target.call("DELETE", `/v2/dlq/${dlqId}`);
    expect([deleted.status, await deleted.text()]).toEqual([200, ""]);
    expect(await status("DELETE", `/v2/dlq/${dlqId}`)).toBe(404);
    expect(await status("DELETE", `/v2/dlq/${otherDlqId}`)).toBe(200);
  });
});
