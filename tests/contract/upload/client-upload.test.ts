import { createHmac, randomBytes } from "node:crypto";
import { list } from "@vercel/blob";
import { put } from "@vercel/blob/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Hex } from "../../../src/kernel/hash.ts";
import { newId } from "../../../src/kernel/ids.ts";
import { expireUploads } from "../../../src/pipeline/files/expire-uploads.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { accepted, countEverything, formOf, refusalOf, sendForm } from "./upload-form.ts";

const limitBytes = 300_000;
let api: ServedApi;

beforeAll(async () => {
  api = await serveApi({ WAYBILL_MAX_UPLOAD_BYTES: String(limitBytes) });
});
afterAll(() => api.stop());

const newUploadId = () => newId("upl", new Date());

function askForToken(payload: object, pathname: string, headers: Record<string, string> = {}) {
  return api.call("/api/upload", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({
      type: "blob.generate-client-token",
      payload: { pathname, clientPayload: JSON.stringify(payload), multipart: false },
    }),
  });
}

/** Sends a file as the console does: a token of ours, then the bytes straight to Blob. */
async function sendToBlob(content: string | Buffer, name = "note.txt") {
  const uploadId = newUploadId();
  const pathname = `uploads/${uploadId}/${name}`;
  const answer = await askForToken({ project: "default", name, uploadId }, pathname);
  expect(answer.status).toBe(200);
  const { clientToken } = await answer.json();
  const { url } = await put(pathname, content, { access: "private", token: clientToken });
  return { uploadId, url, pathname };
}

async function viewOf(uploadId: string) {
  return (await api.call(`/api/v1/uploads/${uploadId}`)).json();
}

/** What became of it, after Blob's report has come. */
async function verdictOf(uploadId: string) {
  await expect.poll(async () => (await viewOf(uploadId)).state, { timeout: 10_000 }).not.toBe("pending");
  return viewOf(uploadId);
}

function report(uploadId: string, url: string, token = api.ctx.env.BLOB_READ_WRITE_TOKEN) {
  const body = JSON.stringify({
    type: "blob.upload-completed",
    payload: {
      blob: { url, downloadUrl: url, pathname: `uploads/${uploadId}/note.txt`, contentType: "text/plain" },
      tokenPayload: JSON.stringify({ uploadId }),
    },
  });
  const signature = createHmac("sha256", token).update(body).digest("hex");
  return fetch(`${api.url}/api/upload`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-vercel-signature": signature },
    body,
  });
}

async function blobsUnder(uploadId: string) {
  const found = await list({ token: api.ctx.env.BLOB_READ_WRITE_TOKEN, prefix: `uploads/${uploadId}/` });
  return found.blobs.length;
}

test("a file that a browser sends to Blob becomes a file, without the browser", async () => {
  const text = "sent by a browser";
  const { uploadId } = await sendToBlob(text, "from-browser.txt");
  const verdict = await verdictOf(uploadId);
  expect(verdict).toMatchObject({ state: "accepted", error: null, file: { duplicate: false } });
  const file = await (await api.call(`/api/v1/files/${verdict.file.fileId}`)).json();
  expect(file).toMatchObject({
    name: "from-browser.txt",
    contentHash: sha256Hex(text),
    bytes: text.length,
    status: "queued",
    runHistory: [{ traceId: verdict.file.traceId }],
  });
});

test("a duplicate sent by a browser is the file that is there; what was sent is removed and costs nothing", async () => {
  const first = await accepted(await sendForm(api, formOf("both ways in")));
  const before = await countEverything(api);
  const { uploadId } = await sendToBlob("both ways in");
  expect((await verdictOf(uploadId)).file).toEqual({ ...first, duplicate: true });
  await expect.poll(() => blobsUnder(uploadId)).toBe(0);
  expect(await countEverything(api)).toEqual(before);
});

test.each([
  ["no bytes", "file_empty", Buffer.alloc(0)],
  ["a picture", "file_type_unsupported", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
])("a sent file with %s is refused as %s, removed, and recorded nowhere", async (_name, code, content) => {
  const before = await countEverything(api);
  const { uploadId } = await sendToBlob(content);
  expect(await verdictOf(uploadId)).toMatchObject({ state: "refused", file: null, error: { code } });
  await expect.poll(() => blobsUnder(uploadId)).toBe(0);
  expect(await countEverything(api)).toEqual(before);
});

test("a file over the limit is refused by Blob itself", async () => {
  await expect(sendToBlob(randomBytes(limitBytes + 1))).rejects.toThrow(/too large|greater than/i);
});

test("a report that comes five times more, at once, changes nothing and keeps the original", async () => {
  const { uploadId, url } = await sendToBlob("reported again");
  const verdict = await verdictOf(uploadId);
  const before = await countEverything(api);
  const answers = await Promise.all(Array.from({ length: 5 }, () => report(uploadId, url)));
  expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(200));
  expect(await viewOf(uploadId)).toEqual(verdict);
  expect(await countEverything(api)).toEqual(before);
  expect(await new Response(await api.ctx.blob.open(url)).text()).toBe("reported again");
});

test("reports that come at the same moment as the first come to one end", async () => {
  api.refuseReports(true);
  const { uploadId, url } = await sendToBlob("reported at once");
  api.refuseReports(false);
  await Promise.all(Array.from({ length: 5 }, () => report(uploadId, url)));
  expect(await verdictOf(uploadId)).toMatchObject({ state: "accepted", file: { duplicate: false } });
  expect(await blobsUnder(uploadId)).toBe(1);
});

test.each([
  ["unsigned", undefined],
  ["signed with another token", "vercel_blob_rw_teststore_another"],
])("a report that is %s is refused as 401 and changes nothing", async (_name, token) => {
  const uploadId = newUploadId();
  await askForToken({ project: "default", name: "a.txt", uploadId }, `uploads/${uploadId}/a.txt`);
  const answer =
    token === undefined
      ? await fetch(`${api.url}/api/upload`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${api.key}` },
          body: JSON.stringify({ type: "blob.upload-completed", payload: {} }),
        })
      : await report(uploadId, `${api.blob.url}/files/a`, token);
  expect(await refusalOf(answer)).toMatchObject({ status: 401, code: "signature_invalid" });
  expect(await viewOf(uploadId)).toMatchObject({ state: "pending" });
});

test("a token is given only to known callers, for known projects and for the upload's own pathname", async () => {
  const uploadId = newUploadId();
  const payload = { project: "default", name: "a.txt", uploadId };
  const pathname = `uploads/${uploadId}/a.txt`;
  const refusal = async (answer: Promise<Response>) => {
    const { status, code } = await refusalOf(await answer);
    return [status, code];
  };
  expect(
    await refusal(
      fetch(`${api.url}/api/upload`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          type: "blob.generate-client-token",
          payload: { pathname, clientPayload: "" },
        }),
      }),
    ),
  ).toEqual([401, "unauthenticated"]);
  expect(await refusal(askForToken({ ...payload, project: "nowhere" }, pathname))).toEqual([
    404,
    "project_not_found",
  ]);
  expect(await refusal(askForToken(payload, "uploads/elsewhere/a.txt"))).toEqual([400, "malformed_request"]);
  expect(await refusal(askForToken({ ...payload, uploadId: "mine" }, pathname))).toEqual([
    400,
    "malformed_request",
  ]);
  expect((await askForToken(payload, pathname)).status).toBe(200);
  expect((await askForToken(payload, pathname)).status).toBe(200);
  expect(await refusal(askForToken(payload, `uploads/${uploadId}/b.txt`))).toEqual([
    400,
    "malformed_request",
  ]);
});

test("JSON that cannot be read, or of another kind, is refused as 400", async () => {
  const send = (body: string) =>
    api.call("/api/upload", { method: "POST", headers: { "content-type": "application/json" }, body });
  expect(await refusalOf(await send("{"))).toMatchObject({ status: 400, code: "malformed_request" });
  expect(await refusalOf(await send('{"type":"other"}'))).toMatchObject({ status: 400 });
  expect(await refusalOf(await send(JSON.stringify({ type: "x".repeat(70_000) })))).toMatchObject({
    status: 400,
  });
});

test("an upload that nobody reported within a day is refused and what it left is removed", async () => {
  api.refuseReports(true);
  const { uploadId } = await sendToBlob("never reported");
  expect(await expireUploads(api.ctx)).toBe(0);
  api.clock.advance(24 * 3_600_000 + 1_000);
  expect(await expireUploads(api.ctx)).toBeGreaterThan(0);
  expect(await viewOf(uploadId)).toMatchObject({ state: "refused", error: { code: "upload_incomplete" } });
  expect(await blobsUnder(uploadId)).toBe(0);
  expect(await expireUploads(api.ctx)).toBe(0);
  api.refuseReports(false);
});

test("an upload whose file was recorded before a crash is found again and keeps its original", async () => {
  const { uploadId, url } = await sendToBlob("recorded before a crash");
  const { file } = await verdictOf(uploadId);
  await api.ctx.db.execute(
    `update uploads set state = 'pending', file_id = null, run_id = null, trace_id = null where id = '${uploadId}'`,
  );
  api.clock.advance(24 * 3_600_000 + 1_000);
  await expireUploads(api.ctx);
  expect(await viewOf(uploadId)).toMatchObject({ state: "accepted", file });
  expect(await new Response(await api.ctx.blob.open(url)).text()).toBe("recorded before a crash");
});
