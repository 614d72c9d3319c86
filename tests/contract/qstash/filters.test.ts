import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

/** A failed message that has everything it can be found by, with its dead letter; and one that has nothing of it. */
interface Sample {
  readonly failed: string;
  readonly other: string;
  readonly dlqId: string;
  readonly callerIp: string;
}

let prepared: Promise<Sample> | undefined;
let sample: Sample;
beforeEach(async () => {
  needs("destination");
  prepared ??= prepare();
  sample = await prepared;
});

async function prepare(): Promise<Sample> {
  const { client, destination } = target;
  destination.answer("/found/it", { status: 418 });
  destination.answer("/lost", { status: 500 });
  const endpoints = [{ name: "end", url: `${destination.url}/found/it?q=1` }];
  await client.urlGroups.addEndpoints({ name: target.name("group"), endpoints });
  const path = `/v2/enqueue/${target.name("queue")}/${target.name("group")}`;
  const headers = {
    "Upstash-Label": `${target.name("one")},${target.name("two")}`,
    "Upstash-Retries": "0",
    "Upstash-Flow-Control-Key": target.name("key"),
    "Upstash-Flow-Control-Value": "parallelism=5",
  };
  const [{ messageId: failed }] = await (await target.call("POST", path, { headers })).json();
  const { messageId: other } = await client.publish({ url: `${destination.url}/lost`, retries: 0 });
  for (const id of [failed, other]) await untilState(client, id, "FAILED");
  const [letter] = (await (await target.call("GET", `/v2/dlq?label=${target.name("one")}`)).json()).messages;
  return { failed, other, dlqId: letter.dlqId, callerIp: letter.callerIP };
}

/** The ids of the messages that a query finds in the log or among the dead letters, each once. */
async function find(list: "events" | "dlq", query: string): Promise<string[]> {
  const answer = await (await target.call("GET", `/v2/${list}?${query}`)).json();
  const rows: { messageId: string }[] = answer[list === "dlq" ? "messages" : "events"];
  return [...new Set(rows.map((row) => row.messageId))];
}

const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe("filters", () => {
  const filters: [string, () => Record<string, string>][] = [
    ["label", () => ({ label: target.name("two") })],
    ["flowControlKey", () => ({ flowControlKey: target.name("key") })],
    ["url", () => ({ url: `${target.destination.url}/found/it?q=1` })],
    ["topicName", () => ({ topicName: target.name("group") })],
    ["queueName", () => ({ queueName: target.name("queue") })],
    ["messageId", () => ({ messageId: sample.failed })],
    ["two of them", () => ({ label: target.name("one"), queueName: target.name("queue") })],
  ];

  test.each(filters)("the log is found by %s", async (_name, fields) => {
    const found = await find("events", query(fields()));
    expect(found).toContain(sample.failed);
    expect(found).not.toContain(sample.other);
  });

  test.each(filters)("dead letters are found by %s", async (_name, fields) => {
    expect(await find("dlq", query(fields()))).toEqual([sample.failed]);
  });

  test("dead letters are found by the status of the answer", async () => {
    expect(await find("dlq", query({ responseStatus: "418" }))).toContain(sample.failed);
    expect(await find("dlq", query({ responseStatus: "418" }))).not.toContain(sample.other);
    const both = await find("dlq", query({ responseStatus: "418,500" }));
    expect(both).toEqual(expect.arrayContaining([sample.failed, sample.other]));
  });

  test("by host and path the log is found, and the DLQ refuses to be", async () => {
    const { host, pathname } = new URL(`${target.destination.url}/found/it`);
    expect(await find("events", query({ host, path: pathname }))).toContain(sample.failed);
    expect(await find("events", query({ host, path: "/elsewhere" }))).toEqual([]);
    for (const field of ["host", "path", "state"]) {
      expect((await target.call("GET", `/v2/dlq?${field}=x`)).status).toBe(400);
      expect((await target.call("DELETE", `/v2/dlq?${field}=x`)).status).toBe(400);
      expect((await target.call("POST", `/v2/dlq/retry?${field}=x`)).status).toBe(400);
    }
  });

  test("by the publisher's address, in both spellings", async () => {
    needs("stand-in");
    for (const name of ["callerIp", "callerIP"]) {
      for (const list of ["events", "dlq"] as const) {
        expect(await find(list, query({ [name]: sample.callerIp }))).toContain(sample.failed);
        expect(await find(list, query({ [name]: "203.0.113.9" }))).toEqual([]);
      }
    }
  });

  test("by dates, both inclusive", async () => {
    const { client } = target;
    const [letter] = (await client.logs({ filter: { messageId: sample.failed, state: "FAILED" } })).logs;
    const time = letter?.time ?? 0;
    const at = (fromDate: number, toDate: number) =>
      find("events", query({ state: "FAILED", fromDate: String(fromDate), toDate: String(toDate) }));
    expect(await at(time, time)).toContain(sample.failed);
    expect(await at(time + 1, time + 60_000)).not.toContain(sample.failed);
    expect(await at(time - 60_000, time - 1)).not.toContain(sample.failed);
  });

  test("several values, repeated or joined by commas, are alternatives", async () => {
    const [one, none] = [target.name("one"), target.name("none")];
    for (const text of [`label=${one}&label=${none}`, `label=${none},${one}`]) {
      expect(await find("dlq", text)).toEqual([sample.failed]);
    }
    expect(await find("dlq", `messageId=${sample.other},${sample.failed}`)).toHaveLength(2);
  });

  test("ids name the rows, and other filters beside them do not count", async () => {
    const none = target.name("none");
    expect(await find("dlq", `dlqIds=${sample.dlqId},1-1&label=${none}`)).toEqual([sample.failed]);
    expect(await find("events", `messageIds=${sample.failed}&label=${none}`)).toEqual([sample.failed]);
  });

  test("lists come newest first, or oldest first on request, and their pages join", async () => {
    const label = target.name("one");
    for (const [order, sign] of [["latestFirst", -1] as const, ["earliestFirst", 1] as const]) {
      const times: number[] = [];
      let cursor: string | undefined;
      do {
        const page = `count=2&order=${order}${cursor ? `&cursor=${cursor}` : ""}`;
        const answer = await (await target.call("GET", `/v2/events?label=${label}&${page}`)).json();
        times.push(...answer.events.map((event: { time: number }) => event.time));
        cursor = answer.cursor;
      } while (cursor);
      expect(times.length).toBeGreaterThanOrEqual(4);
      expect(times).toEqual([...times].sort((a, b) => sign * (a - b)));
    }
  });

  test("dead letters come in either order, and their pages join", async () => {
    const ids = `messageId=${sample.failed},${sample.other}`;
    const all = await find("dlq", ids);
    expect(all).toHaveLength(2);
    for (const [order, expected] of [
      ["latestFirst", all] as const,
      ["earliestFirst", all.toReversed()] as const,
    ]) {
      const path = `/v2/dlq?${ids}&count=1&order=${order}`;
      const first = await (await target.call("GET", path)).json();
      const last = await (await target.call("GET", `${path}&cursor=${first.cursor}`)).json();
      const found = [...first.messages, ...last.messages].map(({ messageId }) => messageId);
      expect([found, "cursor" in last]).toEqual([expected, false]);
    }
  });

  test.each(["messages", "events", "dlq"])(
    "what is no filter of %s is refused, and so is a value that cannot be",
    async (list) => {
      const method = list === "messages" ? "DELETE" : "GET";
      const wrong = [
        "labeel=x",
        "fromDate=yesterday",
        "toDate=1e9",
        "fromDate=99999999999999999999",
        "label=%00",
      ];
      const wrongPages = ["count=0", "count=-1", "count=many", "cursor=x", "order=upwards"];
      for (const text of [...wrong, ...(list === "messages" ? [] : wrongPages)]) {
        const answer = await target.call(method, `/v2/${list}?${text}`);
        expect([text, answer.status]).toEqual([text, 400]);
        expect(await answer.json()).toEqual({ error: expect.any(String) });
      }
      if (list === "dlq") expect((await target.call("GET", "/v2/dlq?responseStatus=all")).status).toBe(400);
    },
  );

  test("a count beyond the greatest is the greatest", async () => {
    expect((await target.call("GET", "/v2/dlq?count=5000")).status).toBe(200);
    expect((await target.call("GET", "/v2/events?count=99999999999999999999")).status).toBe(200);
  });
});
