import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("stand-in"));

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
});

/** A destination that answers the head of each request with these very bytes, and then ends or breaks off. */
async function serveBytes(
  answer: string,
  end: (socket: Socket) => void = (socket) => socket.end(),
): Promise<{ url: string; heads: string[] }> {
  const heads: string[] = [];
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", (chunk) => {
      heads.push(chunk.toString("latin1"));
      socket.write(answer, "latin1", () => end(socket));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/strange`, heads };
}

/** Publishes to it, and shows that the service delivers to others afterwards. */
async function deliver(url: string, state: "DELIVERED" | "FAILED", headers: Record<string, string> = {}) {
  const { client, destination } = target;
  const { messageId } = await client.publish({ url, body: "hello", retries: 0, headers });
  await untilState(client, messageId, state);
  const other = await client.publish({ url: `${destination.url}/other` });
  await untilState(client, other.messageId, "DELIVERED");
  return messageId;
}

describe("whatever a destination answers, the message ends and the service goes on", () => {
  const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

  test.each([
    ["what is not HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["nothing at all", ""],
    ["half of a head", "HTTP/1.1 200 OK\r\nContent-Le"],
    ["less of a body than it said", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"],
    ["chunks that are none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"],
    ["a head that never ends", `HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}\r\n`],
  ])("%s has failed, with a reason", async (_what, answer) => {
    const { url } = await serveBytes(answer);
    const messageId = await deliver(url, "FAILED");
    const { logs } = await target.client.logs({ filter: { messageId, state: "ERROR" } });
    expect(logs[0]?.error).toMatch(/\w/);
  });

  test("a connection that is reset has failed", async () => {
    const { url } = await serveBytes("HTTP/1.1 200 OK\r\n", (socket) => socket.resetAndDestroy());
    await deliver(url, "FAILED");
  });

  test("headers of any name are only headers", async () => {
    const { url } = await serveBytes(
      `${ok}__proto__: x\r\nconstructor: y\r\nX-Twice: 1\r\nX-Twice: 2\r\n\r\n`,
    );
    const messageId = await deliver(url, "DELIVERED");
    expect((await target.client.logs({ messageIds: [messageId] })).logs).toHaveLength(3);
  });

  test("of a large body the first megabyte is kept", async () => {
    const size = 3 * 1024 * 1024;
    const head = `HTTP/1.1 500 No\r\nContent-Length: ${size}\r\n\r\n`;
    const { url } = await serveBytes(head + "x".repeat(size));
    const messageId = await deliver(url, "FAILED");
    const { messages } = await target.client.dlq.listMessages({ filter: { messageId } });
    expect(messages[0]?.responseBody).toHaveLength(1024 * 1024);
  });
});

describe("headers of the connection are the service's own", () => {
  test.each([
    ["Host", "other.test"],
    ["Content-Length", "3"],
    ["Transfer-Encoding", "chunked"],
    ["Connection", "upgrade"],
    ["Upgrade", "websocket"],
    ["Expect", "100-continue"],
    ["TE", "trailers"],
    ["Trailer", "X-A"],
    ["Keep-Alive", "timeout=5"],
  ])("%s is not sent, even when it is forwarded by name", async (name, value) => {
    const { url, heads } = await serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    await deliver(url, "DELIVERED", { [`Upstash-Forward-${name}`]: value, "X-Kept": "kept" });
    const lines = (heads[0] ?? "").toLowerCase().split("\r\n");
    expect(lines).toContain("x-kept: kept");
    expect(lines).toContain(`host: ${new URL(url).host}`);
    expect(lines.filter((line) => line.startsWith("content-length"))).toEqual(["content-length: 5"]);
    expect(lines).not.toContain(`${name.toLowerCase()}: ${value}`);
  });
});
