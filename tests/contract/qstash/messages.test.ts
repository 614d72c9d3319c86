import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remote } from "../remote-target.ts";
import { needs } from "../target.ts";
import { patienceMs, statesOf, untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

async function delayed(path: string, label?: string): Promise<string> {
  const { client, destination } = target;
  const url = `${destination.url}${path}`;
  return (await client.publish({ url, delay: 60, ...(label && { label: target.name(label) }) })).messageId;
}

describe("cancelling", () => {
  test("a cancelled message is never delivered", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    const messageId = await delayed("/cancelled");
    expect(await client.messages.cancel(messageId)).toEqual({ cancelled: 1 });
    await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
    await expect(client.messages.cancel(messageId)).rejects.toMatchObject({ status: 404 });
    expect(await statesOf(client, messageId)).toEqual(["CREATED", "CANCEL_REQUESTED"]);
    clock.advance(120_000);
    await client.publish({ url: `${destination.url}/sentinel` });
    await destination.request("/sentinel");
    expect(destination.count("/cancelled")).toBe(0);
    expect(await statesOf(client, messageId)).toEqual(["CREATED", "CANCEL_REQUESTED", "CANCELED"]);
  });

  test("one that waits for a retry is over when the retry would have been made", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    destination.answer("/retrying", { status: 500 });
    const url = `${destination.url}/retrying`;
    const { messageId } = await client.publish({ url, retryDelay: "60000" });
    await untilState(client, messageId, "RETRY");
    expect(await client.messages.cancel(messageId)).toEqual({ cancelled: 1 });
    expect((await statesOf(client, messageId)).at(-1)).toBe("CANCEL_REQUESTED");
    clock.advance(60_000);
    await untilState(client, messageId, "CANCELED");
    expect(destination.count("/retrying")).toBe(1);
  });

  test("a message that is being delivered is not tried again once it is cancelled", async () => {
    needs("destination");
    const { client, destination } = target;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    destination.answer("/under-way", async () => {
      await held;
      return { status: 500 };
    });
    const { messageId } = await client.publish({ url: `${destination.url}/under-way`, retryDelay: "1" });
    await destination.request("/under-way");
    expect(await client.messages.cancel(messageId)).toEqual({ cancelled: 1 });
    release();
    await untilState(client, messageId, "CANCELED");
    expect(destination.count("/under-way")).toBe(1);
  });

  test("however close a cancel comes to the delivery, what the log calls cancelled was not sent", async () => {
    needs("destination");
    const { client, destination } = target;
    const fates = new Set<string>();
    // The later a message is due, the surer the cancel is in time, on a slow machine too.
    for (let round = 0; round < 40; round += 1) {
      const path = `/race/${round}`;
      const headers = { "Upstash-Delay": `${Math.max(0, round - 20) * 10}ms` };
      const published = await target.call("POST", `/v2/publish/${destination.url}${path}`, { headers });
      const { messageId } = await published.json();
      await target.call("DELETE", `/v2/messages/${messageId}`);
      await expect
        .poll(async () => (await statesOf(client, messageId)).at(-1), { interval: 5, timeout: patienceMs })
        .toMatch(/^(DELIVERED|CANCELED)$/);
      const fate = (await statesOf(client, messageId)).at(-1) ?? "";
      fates.add(fate);
      expect(destination.count(path)).toBe(fate === "DELIVERED" ? 1 : 0);
    }
    // To a service in another process every cancel may come too late.
    if (!remote) expect(fates).toContain("CANCELED");
  });

  test("many are cancelled by ids or by filter", async () => {
    const { client, destination } = target;
    const ids = await Promise.all(
      ["/1", "/2", "/3", "/4"].map((path, i) => delayed(path, i < 2 ? "x" : "y")),
    );
    expect(await client.messages.cancel([ids[0] ?? "", "msg_unknown"])).toEqual({ cancelled: 1 });
    expect(await client.messages.cancel({ filter: { label: [target.name("x"), target.name("z")] } })).toEqual(
      { cancelled: 1 },
    );
    expect(
      await client.messages.cancel({ filter: { path: new URL(`${destination.url}/3`).pathname } }),
    ).toEqual({ cancelled: 1 });
    expect(
      await client.messages.cancel({
        filter: { host: new URL(destination.url).host, url: "https://a.test" },
      }),
    ).toEqual({ cancelled: 0 });
    expect(await client.messages.cancel([ids[3] ?? ""])).toEqual({ cancelled: 1 });
  });

  test("all are cancelled at once", async () => {
    needs("exclusive account");
    const { client } = target;
    const ids = [await delayed("/all/1"), await delayed("/all/2")];
    expect(await client.messages.cancel({ all: true })).toEqual({ cancelled: 2 });
    for (const id of ids) await expect(client.messages.get(id)).rejects.toMatchObject({ status: 404 });
  });

  test("an empty id and an unknown filter cancel nothing", async () => {
    needs("exclusive account");
    const { client } = target;
    const messageId = await delayed("/safe");
    for (const path of ["/v2/messages/", "/v2/messages?labeel=x"]) {
      const { status } = await target.call("DELETE", path);
      expect([400, 404]).toContain(status);
    }
    expect((await client.messages.get(messageId)).messageId).toBe(messageId);
    await client.messages.cancel(messageId);
  });
});

describe("logs", () => {
  test("logs are filtered by state and label, paged newest first, and carry the message", async () => {
    needs("destination");
    const { client, destination } = target;
    const label = target.name("logged");
    const ids: string[] = [];
    for (const n of [1, 2, 3]) {
      const url = `${destination.url}/logged/${n}`;
      ids.push((await client.publish({ url, label, body: `body ${n}` })).messageId);
      await untilState(client, ids.at(-1) ?? "", "DELIVERED");
    }
    const filter = { label, state: "DELIVERED" } as const;
    const first = await client.logs({ filter, count: 2 });
    expect(first.logs.map((entry) => entry.messageId)).toEqual([ids[2], ids[1]]);
    const rest = await client.logs({ filter, count: 2, ...(first.cursor && { cursor: first.cursor }) });
    expect(rest.logs.map((entry) => entry.messageId)).toEqual([ids[0]]);
    expect(rest.cursor).toBeUndefined();
    const [created] = (await client.logs({ filter: { label, state: "CREATED" } })).logs;
    expect(created).toMatchObject({
      url: `${destination.url}/logged/3`,
      label,
      labels: [label],
    });
    expect(Buffer.from(created?.body ?? "", "base64").toString()).toBe("body 3");
  });

  test("a state that does not exist is refused", async () => {
    expect((await target.call("GET", "/v2/events?state=DONE")).status).toBe(400);
  });

  test("each state finds its own lines, several find those of all, and CANCELLED is CANCELED", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    const label = target.name("states");
    destination.answer("/states", { status: 500 }, { status: 200 }, { status: 500 });
    const publish = (options: { delay?: number; retries?: number; retryDelay?: string }) =>
      client.publish({ url: `${destination.url}/states`, label, ...options });
    const delivered = (await publish({ retries: 1, retryDelay: "1" })).messageId;
    await untilState(client, delivered, "DELIVERED");
    const failed = (await publish({ retries: 0 })).messageId;
    await untilState(client, failed, "FAILED");
    const cancelled = (await publish({ delay: 60 })).messageId;
    await client.messages.cancel(cancelled);
    clock.advance(61_000);
    await untilState(client, cancelled, "CANCELED");
    const found = async (states: string) => {
      const path = `/v2/events?label=${label}&order=earliestFirst&state=${states}`;
      const { events } = await (await target.call("GET", path)).json();
      return events.map((line: { state: string; messageId: string }) => [line.state, line.messageId]);
    };
    const erring = [
      ["ERROR", delivered],
      ["RETRY", delivered],
    ] as const;
    const lines = {
      CREATED: [delivered, failed, cancelled].map((id) => ["CREATED", id]),
      ACTIVE: [delivered, delivered, failed].map((id) => ["ACTIVE", id]),
      ERROR: [
        ["ERROR", delivered],
        ["ERROR", failed],
      ],
      RETRY: [["RETRY", delivered]],
      DELIVERED: [["DELIVERED", delivered]],
      FAILED: [["FAILED", failed]],
      CANCEL_REQUESTED: [["CANCEL_REQUESTED", cancelled]],
      CANCELED: [["CANCELED", cancelled]],
      CANCELLED: [["CANCELED", cancelled]],
      "DELIVERED,CANCELLED": [
        ["DELIVERED", delivered],
        ["CANCELED", cancelled],
      ],
      "FAILED&state=RETRY": [
        ["RETRY", delivered],
        ["FAILED", failed],
      ],
      IN_PROGRESS: [
        ["ACTIVE", delivered],
        ...erring,
        ["ACTIVE", delivered],
        ["ACTIVE", failed],
        ["ERROR", failed],
      ],
    };
    for (const [states, expected] of Object.entries(lines)) {
      expect([states, await found(states)]).toEqual([states, expected]);
    }
  });

  test("the documented path answers the same under the name logs", async () => {
    const answer = await (await target.call("GET", "/v2/logs?count=1")).json();
    expect(answer.logs).toHaveLength(1);
  });

  test("IN_PROGRESS means active, waiting for a retry, or in error", async () => {
    needs("destination");
    const { client, destination } = target;
    const label = target.name("erring");
    destination.answer("/erring", { status: 500 });
    const { messageId } = await client.publish({ url: `${destination.url}/erring`, label });
    await untilState(client, messageId, "RETRY");
    const { logs } = await client.logs({ filter: { label, state: "IN_PROGRESS" } });
    expect(logs.map((entry) => entry.state).sort()).toEqual(["ACTIVE", "ERROR", "RETRY"]);
    await client.messages.cancel(messageId);
  });
});

describe("redaction", () => {
  test("redacted fields are shown as a hash and delivered as they are", async () => {
    needs("clock", "destination");
    const { client, destination } = target;
    const { messageId } = await client.publish({
      url: `${destination.url}/secret`,
      body: "hunter2",
      headers: { "X-Password": "hunter2", "X-Open": "yes" },
      redact: { body: true, header: ["X-Password"] },
      delay: 60,
    });
    const shown = await client.messages.get(messageId);
    expect(shown.body).toMatch(/^REDACTED:[0-9a-f]{64}$/);
    expect(shown.header?.["X-Password"]?.[0]).toMatch(/^REDACTED:/);
    expect(shown.header?.["X-Open"]).toEqual(["yes"]);
    const { logs } = await client.logs({ messageIds: [messageId] });
    expect(JSON.stringify(logs)).not.toContain(Buffer.from("hunter2").toString("base64"));
    target.clock.advance(61_000);
    expect(await destination.request("/secret")).toMatchObject({ body: "hunter2" });
  });
});
