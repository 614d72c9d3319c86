import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";
import { startTicking, toNextTick } from "./ticks.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const secret = "hunter2-is-the-password";
const hash = /^REDACTED:[0-9a-f]{64}$/;

/** Everything that a list shows, with what is in base64 decoded. */
async function shownBy(path: string): Promise<string> {
  const text = await (await target.call("GET", path)).text();
  const decoded = [...text.matchAll(/"([A-Za-z0-9+/=]{16,})"/g)].map(([, part = ""]) =>
    Buffer.from(part, "base64").toString("utf8"),
  );
  return [text, ...decoded].join("\n");
}

describe("redaction", () => {
  test("the secret is shown nowhere: not in a message, the log, a dead letter or a callback's log", async () => {
    needs("destination");
    const { client, destination } = target;
    destination.answer("/secret", { status: 500 });
    const label = target.name("secret");
    const { messageId } = await client.publish({
      ...{ url: `${destination.url}/secret`, body: secret, label, retries: 1, retryDelay: "3600000" },
      headers: { Authorization: secret, "Upstash-Callback-Forward-Authorization": secret },
      callback: `${destination.url}/told`,
      redact: { body: true, header: true },
    });
    await untilState(client, messageId, "RETRY");
    const told = await destination.request("/told");
    await untilState(client, told.headers.get("upstash-message-id") ?? "", "DELIVERED");
    for (const path of [`/v2/messages/${messageId}`, `/v2/events?label=${label}`]) {
      const shown = await shownBy(path);
      expect(shown).toContain("REDACTED:");
      expect(shown).not.toContain(secret);
    }
    // Whoever is called gets the originals.
    expect(await destination.request("/secret")).toMatchObject({ body: secret });
    expect(told.headers.get("authorization")).toBe(secret);
    expect(Buffer.from(JSON.parse(told.body).sourceBody, "base64").toString()).toBe(secret);
    await client.messages.cancel(messageId);
  });

  test("a dead letter hides it, and its retry sends the original and hides it again", async () => {
    needs("destination");
    const { client, destination } = target;
    destination.answer("/letter", { status: 500 }, { status: 200 });
    const { messageId } = await client.publish({
      ...{ url: `${destination.url}/letter`, body: secret, retries: 0 },
      headers: { Authorization: secret, "X-Open": "yes" },
      redact: { body: true, header: ["authorization"] },
    });
    await untilState(client, messageId, "FAILED");
    const filter = { url: `${destination.url}/letter` };
    const [letter] = (await client.dlq.listMessages({ filter })).messages;
    expect(letter?.body).toMatch(hash);
    expect(letter?.header).toMatchObject({
      Authorization: [expect.stringMatching(hash)],
      "X-Open": ["yes"],
    });
    const { responses } = await client.dlq.retry(letter?.dlqId ?? "");
    const again = await destination.request("/letter", 2);
    expect(again.body).toBe(secret);
    expect(again.headers.get("authorization")).toBe(secret);
    expect(await shownBy(`/v2/events?messageId=${responses[0]?.messageId}`)).not.toContain(secret);
  });

  test("a schedule hides it, and so do the messages that it sends", async () => {
    needs("destination", "clock");
    const { destination, clock } = target;
    const scheduleId = await startTicking(target, {
      ...{ name: "secret", destination: `${destination.url}/scheduled`, body: secret },
      headers: { Authorization: secret },
      redact: { body: true, header: true },
    });
    for (const path of ["/v2/schedules", `/v2/schedules/${scheduleId}`]) {
      expect(await shownBy(path)).not.toContain(secret);
    }
    toNextTick(clock);
    expect(await destination.request("/scheduled")).toMatchObject({ body: secret });
    expect(await shownBy(`/v2/events?scheduleId=${scheduleId}`)).not.toContain(secret);
  });

  test.each([
    ["body", { body: true, open: true, hidden: false }],
    ["headers", { body: false, open: false, hidden: true }],
    ["header", { body: false, open: false, hidden: true }],
    ["body, header[x-hidden]", { body: true, open: true, hidden: true }],
  ])("Upstash-Redact-Fields: %s", async (fields, expected) => {
    const { messageId } = await (
      await target.call("POST", `/v2/publish/${target.destination.url}/fields`, {
        headers: {
          ...{ "Upstash-Redact-Fields": fields, "Upstash-Delay": "1h" },
          ...{ "Upstash-Forward-X-Hidden": "a", "Upstash-Forward-X-Open": "b" },
        },
        body: "c",
      })
    ).json();
    const { body = "", header } = await target.client.messages.get(messageId);
    expect(hash.test(body)).toBe(expected.body);
    expect(hash.test(header?.["X-Hidden"]?.[0] ?? "")).toBe(expected.hidden);
    expect(header?.["X-Open"]?.[0] === "b").toBe(expected.open);
    await target.client.messages.cancel(messageId);
  });

  test("what is shown is the SHA-256 of what is hidden, so that whoever knows it can tell", async () => {
    const { client, destination } = target;
    const { messageId } = await client.publish({
      ...{ url: `${destination.url}/hashed`, body: "Grüße", delay: 3600, headers: { "X-Hidden": "hunter2" } },
      redact: { body: true, header: ["X-Hidden"] },
    });
    const digest = (text: string) => `REDACTED:${createHash("sha256").update(text).digest("hex")}`;
    const shown = await client.messages.get(messageId);
    expect([shown.body, shown.header?.["X-Hidden"]]).toEqual([digest("Grüße"), [digest("hunter2")]]);
    const [line] = (await client.logs({ messageIds: [messageId] })).logs;
    expect(Buffer.from(line?.body ?? "", "base64").toString()).toBe(digest("Grüße"));
    await client.messages.cancel(messageId);
  });

  test("a field that does not exist is refused: nothing must be shown by mistake", async () => {
    const headers = { "Upstash-Redact-Fields": "bodyy" };
    expect((await target.call("POST", "/v2/publish/https://a.test", { headers })).status).toBe(400);
  });
});
