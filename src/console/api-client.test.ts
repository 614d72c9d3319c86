import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { getJson, sendJson } from "./api-client.ts";

const shape = z.object({ value: z.number() });
let server: Server | undefined;

afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const address = started.address();
  if (address === null || typeof address === "string") throw new TypeError("no port");
  return `http://127.0.0.1:${address.port}`;
}

it("repeats the key for several values and leaves out what is not set", async () => {
  let asked = "";
  const origin = await serve((request, response) => {
    asked = request.url ?? "";
    response.end('{"value":1}');
  });
  await getJson(`${origin}/files`, shape, {
    query: { status: ["failed", "held"], project: "", q: null, limit: 50 },
  });
  expect(asked).toBe("/files?status=failed&status=held&limit=50");
});

it("turns a refusal into its code, status and sentence", async () => {
  const origin = await serve((_request, response) => {
    response.statusCode = 404;
    response.end('{"error":{"code":"file_not_found","message":"No file has this id.","details":{}}}');
  });
  await expect(getJson(`${origin}/files/x`, shape)).rejects.toMatchObject({
    code: "file_not_found",
    status: 404,
    message: "No file has this id.",
    passing: false,
  });
});

it("says so when an error page of a proxy comes instead of JSON", async () => {
  const origin = await serve((_request, response) => {
    response.statusCode = 502;
    response.end("<html>Bad gateway</html>");
  });
  await expect(sendJson("POST", `${origin}/projects`, {}, shape)).rejects.toMatchObject({
    code: "unexpected_answer",
    status: 502,
    passing: true,
  });
});

it("never passes on an answer of another shape", async () => {
  const origin = await serve((_request, response) => response.end('{"items":[]}'));
  await expect(getJson(`${origin}/files`, shape)).rejects.toMatchObject({ code: "unexpected_answer" });
});

it("names a server that does not answer", async () => {
  const origin = await serve((request) => request.socket.destroy());
  await expect(getJson(`${origin}/files`, shape)).rejects.toMatchObject({ code: "unreachable", status: 0 });
});
