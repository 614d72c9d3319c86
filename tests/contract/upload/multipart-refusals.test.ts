import { readdir } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { countEverything, formOf, refusalOf, sendForm } from "./upload-form.ts";

const limitBytes = 200_000;
let api: ServedApi;
let before: unknown;

beforeAll(async () => {
  api = await serveApi({ WAYBILL_MAX_UPLOAD_BYTES: String(limitBytes), WAYBILL_UPLOADS_PER_MINUTE: "50" });
  before = await countEverything(api);
});
afterAll(() => api.stop());
afterEach(async () => {
  expect(await countEverything(api)).toEqual(before);
  expect(await readdir(api.spool)).toEqual([]);
});

const boundary = "a-boundary";
const part = (name: string, content: string, filename?: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ""}\r\n\r\n${content}\r\n`;
const multipart = `multipart/form-data; boundary=${boundary}`;

function post(body: string, contentType = multipart) {
  return api.call("/api/upload", { method: "POST", headers: { "content-type": contentType }, body });
}

test.each([
  ["no key", {}],
  ["a wrong key", { authorization: "Bearer wbk_not-a-key-of-ours" }],
  ["another scheme", { authorization: "Basic d2J4Ong=" }],
  ["a made-up session", { cookie: "waybill_session=wbs_made-up" }],
])("an upload with %s is refused as 401", async (_name, headers) => {
  const answer = await fetch(`${api.url}/api/upload`, { method: "POST", headers, body: formOf("text") });
  expect(await refusalOf(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
});

test("a body that is no multipart form is refused as 400", async () => {
  expect(await refusalOf(await post("text", "text/plain"))).toMatchObject({
    status: 400,
    code: "malformed_request",
  });
});

test("a multipart form without a boundary is refused as 400", async () => {
  expect(await refusalOf(await post("text", "multipart/form-data"))).toMatchObject({
    status: 400,
    code: "malformed_request",
  });
});

test("a form without a project, without a file or with nothing says which field is missing", async () => {
  const end = `--${boundary}--\r\n`;
  expect(await refusalOf(await post(part("file", "text", "a.txt") + end))).toMatchObject({
    status: 400,
    code: "malformed_request",
    details: { project: "is missing" },
  });
  expect(await refusalOf(await post(part("project", "default") + end))).toMatchObject({
    status: 400,
    details: { file: expect.any(String) },
  });
  expect(await refusalOf(await post(end))).toMatchObject({ status: 400 });
});

test("a form with two files is refused as 400", async () => {
  const form = formOf("one");
  form.append("file", new Blob(["two"]), "two.txt");
  expect(await refusalOf(await sendForm(api, form))).toMatchObject({
    status: 400,
    code: "malformed_request",
    details: { file: "was sent twice" },
  });
});

test("a form with a file under another name is refused as 400", async () => {
  const form = formOf("one");
  form.append("attachment", new Blob(["two"]), "two.txt");
  expect(await refusalOf(await sendForm(api, form))).toMatchObject({
    status: 400,
    code: "malformed_request",
  });
});

test.each(["in the file", "in a field", "before the first part"])(
  "a body that ends %s is refused as 400",
  async (where) => {
    const bodies: Record<string, string> = {
      "in the file": part("project", "default") + part("file", "the first half", "a.txt").slice(0, -4),
      "in a field": part("project", "default").slice(0, -4),
      "before the first part": "",
    };
    const answer = await refusalOf(await post(bodies[where] ?? ""));
    expect(answer.status).toBe(400);
    expect(["upload_incomplete", "malformed_request"]).toContain(answer.code);
  },
);

test("a client that goes away in the middle leaves nothing behind", async () => {
  const sending = httpRequest(`${api.url}/api/upload`, {
    method: "POST",
    headers: { authorization: `Bearer ${api.key}`, "content-type": multipart, "content-length": "100000" },
  });
  sending.on("error", () => undefined);
  sending.write(part("project", "default") + part("file", "x".repeat(10_000), "a.txt").slice(0, -4));
  await expect.poll(() => readdir(api.spool)).toHaveLength(1);
  sending.destroy();
  await expect.poll(() => readdir(api.spool)).toEqual([]);
});

test.each(["before", "after"])("an unknown project sent %s the file is refused as 404", async (place) => {
  const form = new FormData();
  if (place === "before") form.append("project", "nowhere");
  form.append("file", new Blob(["text"]), "a.txt");
  if (place === "after") form.append("project", "nowhere");
  expect(await refusalOf(await sendForm(api, form))).toMatchObject({
    status: 404,
    code: "project_not_found",
    details: { project: "nowhere" },
  });
});

test("a file over the limit is refused as 413, by its Content-Length or by what has come", async () => {
  const large = "x".repeat(limitBytes + 1);
  const refusal = { status: 413, code: "file_too_large", details: { maxBytes: limitBytes } };
  expect(await refusalOf(await sendForm(api, formOf(large)))).toMatchObject(refusal);
  expect(await refusalOf(await sendForm(api, formOf(large + large)))).toMatchObject(refusal);
});

test("a file without a Content-Length is refused as 413 while it is still being sent", async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = httpRequest(`${api.url}/api/upload`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${api.key}`,
        "content-type": multipart,
        "transfer-encoding": "chunked",
      },
    });
    sending.on("response", (answer) => {
      resolve(answer.statusCode);
      sending.destroy();
    });
    sending.on("error", reject);
    // Never ended: only an answer in the middle ends the test.
    sending.write(part("project", "default") + part("file", "x".repeat(limitBytes + 1), "a.txt"));
  });
  expect(status).toBe(413);
});

test("an empty file is refused as 400", async () => {
  expect(await refusalOf(await sendForm(api, formOf("")))).toMatchObject({ status: 400, code: "file_empty" });
});

test("a type that cannot be read is refused as 415 by its content, whatever its name says", async () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  expect(
    await refusalOf(await sendForm(api, formOf(new Uint8Array(png), { name: "report.pdf" }))),
  ).toMatchObject({
    status: 415,
    code: "file_type_unsupported",
    details: { detected: "image/png" },
  });
});

test("a Blob store that does not answer is told as 503, and nothing is recorded", async () => {
  await api.blob.fault({ match: "/api/blob", status: 503, times: 50 });
  const answer = await refusalOf(await sendForm(api, formOf("kept nowhere")));
  await fetch(`${api.blob.url}/__local/faults`, { method: "DELETE" });
  expect(answer).toMatchObject({ status: 503, code: "provider_unavailable" });
}, 60_000);

test("too many uploads with one key are refused as 429 with Retry-After until the minute is over", async () => {
  api.clock.advance(60_000);
  const answers = [];
  for (let sent = 0; sent < 51; sent += 1) answers.push(await post("", "text/plain"));
  expect(answers.slice(0, 50).map((answer) => answer.status)).toEqual(Array(50).fill(400));
  const last = answers.at(-1);
  expect(last?.status).toBe(429);
  const waitSec = Number(last?.headers.get("retry-after"));
  expect(waitSec).toBeGreaterThan(0);
  expect(waitSec).toBeLessThanOrEqual(60);
  api.clock.advance(waitSec * 1000);
  expect((await post("", "text/plain")).status).toBe(400);
});
