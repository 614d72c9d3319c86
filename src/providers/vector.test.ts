import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createVectorProvider } from "./vector.ts";

let answer = { status: 200, headers: {}, body: "{}" };
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
});
let url = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => server.close());

const ask = (of = url) => createVectorProvider({ url: of, token: "a-token" }).present("ns", ["a"]);

test.each([
  [422, "provider_refused"],
  [401, "provider_unauthorized"],
  [429, "provider_rate_limited"],
  [503, "provider_unavailable"],
])("an answer of %i is told as %s", async (status, code) => {
  answer = { status, headers: {}, body: JSON.stringify({ error: "No.", status }) };
  await expect(ask()).rejects.toMatchObject({ code, details: { provider: "vector", status } });
});

test("an error page of something in between is told by its status", async () => {
  answer = { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" };
  await expect(ask()).rejects.toMatchObject({ code: "provider_unavailable", details: { status: 502 } });
});

test("the time to wait is kept", async () => {
  answer = {
    status: 429,
    headers: { "retry-after": "7" },
    body: JSON.stringify({ error: "Slower.", status: 429 }),
  };
  await expect(ask()).rejects.toMatchObject({ retryAfterSec: 7 });
});

test("no answer at all is an index that is down", async () => {
  await expect(ask("http://127.0.0.1:1")).rejects.toMatchObject({
    code: "provider_unavailable",
    details: { provider: "vector" },
  });
});
