import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StandIn, startStandIn, statesOf, untilState } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

async function delayed(path: string, label?: string): Promise<string> {
  const { client, destination } = standIn;
  const url = `${destination.url}${path}`;
  return (await client.publish({ url, delay: 60, ...(label && { label }) })).messageId;
}

describe("cancelling", () => {
  test("a cancelled message is never delivered", async () => {
    const { client, destination, clock } = standIn;
    const messageId = await delayed("/cancelled");
    expect(await client.messages.cancel(messageId)).toEqual({ cancelled: 1 });
    await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
    await expect(client.messages.cancel(messageId)).rejects.toMatchObject({ status: 404 });
    clock.advance(120_000);
    await client.publish({ url: `${destination.url}/sentinel` });
    await destination.request("/sentinel");
    expect(destination.count("/cancelled")).toBe(0);
    expect(await statesOf(client, messageId)).toEqual(["CREATED", "CANCEL_REQUESTED", "CANCELED"]);
  });

  test("a message that is being delivered is not tried again once it is cancelled", async () => {
    const { client, destination } = standIn;
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
    const { client, destination } = standIn;
    const fates = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const path = `/race/${round}`;
      const { messageId } = await client.publish({ url: `${destination.url}${path}` });
      await standIn.call("DELETE", `/v2/messages/${messageId}`);
      await expect
        .poll(async () => (await statesOf(client, messageId)).at(-1), { interval: 5 })
        .toMatch(/^(DELIVERED|CANCELED)$/);
      const fate = (await statesOf(client, messageId)).at(-1) ?? "";
      fates.add(fate);
      expect(destination.count(path)).toBe(fate === "DELIVERED" ? 1 : 0);
    }
    expect(fates).toContain("CANCELED");
  });

  test("many are cancelled by ids, by filter, or all", async () => {
    const { client, destination } = standIn;
    const ids = await Promise.all(
      ["/1", "/2", "/3", "/4"].map((path, i) => delayed(path, i < 2 ? "x" : "y")),
    );
    expect(await client.messages.cancel([ids[0] ?? "", "msg_unknown"])).toEqual({ cancelled: 1 });
    expect(await client.messages.cancel({ filter: { label: ["x", "z"] } })).toEqual({ cancelled: 1 });
    expect(await client.messages.cancel({ filter: { path: "/3" } })).toEqual({ cancelled: 1 });
    expect(
      await client.messages.cancel({
        filter: { host: new URL(destination.url).host, url: "https://a.test" },
      }),
    ).toEqual({ cancelled: 0 });
    expect(await client.messages.cancel({ all: true })).toEqual({ cancelled: 1 });
  });

  test("an empty id and an unknown filter cancel nothing", async () => {
    const { client } = standIn;
    const messageId = await delayed("/safe");
    for (const path of ["/v2/messages/", "/v2/messages?labeel=x"]) {
      const { status } = await standIn.call("DELETE", path);
      expect([400, 404]).toContain(status);
    }
    expect((await client.messages.get(messageId)).messageId).toBe(messageId);
    await client.messages.cancel(messageId);
  });
});

describe("logs", () => {
  test("logs are filtered by state and label, paged newest first, and carry the message", async () => {
    const { client, destination } = standIn;
    const ids: string[] = [];
    for (const n of [1, 2, 3]) {
      const url = `${destination.url}/logged/${n}`;
      ids.push((await client.publish({ url, label: "logged", body: `body ${n}` })).messageId);
      await untilState(client, ids.at(-1) ?? "", "DELIVERED");
    }
    const filter = { label: "logged", state: "DELIVERED" } as const;
    const first = await client.logs({ filter, count: 2 });
    expect(first.logs.map((entry) => entry.messageId)).toEqual([ids[2], ids[1]]);
    const rest = await client.logs({ filter, count: 2, ...(first.cursor && { cursor: first.cursor }) });
    expect(rest.logs.map((entry) => entry.messageId)).toEqual([ids[0]]);
    expect(rest.cursor).toBeUndefined();
    const [created] = (await client.logs({ filter: { label: "logged", state: "CREATED" } })).logs;
    expect(created).toMatchObject({
      url: `${destination.url}/logged/3`,
      label: "logged",
      labels: ["logged"],
    });
    expect(Buffer.from(created?.body ?? "", "base64").toString()).toBe("body 3");
  });

  test("a state that does not exist is refused", async () => {
    expect((await standIn.call("GET", "/v2/events?state=DONE")).status).toBe(400);
    expect((await standIn.call("GET", "/v2/events?state=CANCELLED")).status).toBe(200);
  });

  test("the documented path answers the same under the name logs", async () => {
    const answer = await (await standIn.call("GET", "/v2/logs?count=1")).json();
    expect(answer.logs).toHaveLength(1);
  });

  test("IN_PROGRESS means active, waiting for a retry, or in error", async () => {
    const { client, destination } = standIn;
    destination.answer("/erring", { status: 500 });
    const { messageId } = await client.publish({ url: `${destination.url}/erring`, label: "erring" });
    await untilState(client, messageId, "RETRY");
    const { logs } = await client.logs({ filter: { label: "erring", state: "IN_PROGRESS" } });
    expect(logs.map((entry) => entry.state).sort()).toEqual(["ACTIVE", "ERROR", "RETRY"]);
    await client.messages.cancel(messageId);
  });
});

describe("redaction", () => {
  test("redacted fields are shown as a hash and delivered as they are", async () => {
    const { client, destination } = standIn;
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
    standIn.clock.advance(61_000);
    expect(await destination.request("/secret")).toMatchObject({ body: "hunter2" });
  });
});
