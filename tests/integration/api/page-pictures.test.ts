import { decode } from "fast-png";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accepted, formOf, refusalOf, sendForm } from "../../contract/upload/upload-form.ts";
import { drawingBombPdf } from "../../support/documents/drawing-bomb.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { encryptedPdf } from "../../support/documents/poison-documents.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

async function pictureOf(name: string, bytes: Buffer | string, page: number, headers?: HeadersInit) {
  const form = formOf(Uint8Array.from(Buffer.from(bytes)), { name });
  const { fileId } = await accepted(await sendForm(api, form));
  return api.call(`/api/v1/files/${fileId}/pages/${page}/picture`, headers ? { headers } : {});
}

test("a page of a PDF has a picture, which the browser may keep and need not fetch twice", async () => {
  const manual = manualPdf({ pages: 2 });
  const answer = await pictureOf("manual.pdf", manual, 2);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("cache-control")).toBe("private, max-age=604800, immutable");
  const picture = decode(await answer.arrayBuffer());
  expect(picture.data.some((value) => value < 64)).toBe(true);

  const etag = answer.headers.get("etag") ?? "";
  const again = await pictureOf("manual.pdf", manual, 2, { "If-None-Match": etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const other = await pictureOf("manual.pdf", manual, 1, { "If-None-Match": etag });
  expect(other.status).toBe(200);
});

test.each([
  ["a text file", "note.txt", "Only words.", 1, 404, "page_has_no_picture"],
  [
    "a page that the PDF does not have",
    "short.pdf",
    manualPdf({ pages: 1, seed: 2 }),
    2,
    404,
    "page_has_no_picture",
  ],
  ["an encrypted PDF", "secret.pdf", encryptedPdf(), 1, 422, "document_encrypted"],
  ["the page 0", "short.pdf", manualPdf({ pages: 1, seed: 2 }), 0, 400, "malformed_request"],
])("%s has no picture, and the answer says why", async (_what, name, bytes, page, status, code) => {
  const answer = await pictureOf(name, bytes, page);
  expect(answer.headers.get("cache-control")).not.toContain("immutable");
  expect(await refusalOf(answer)).toMatchObject({ status, code });
});

test("a page whose drawing never ends is given up, and holds up neither the server nor the next picture", async () => {
  const bomb = pictureOf("bomb.pdf", drawingBombPdf(), 1);
  const first = await Promise.race([bomb, api.call("/api/v1/files")]);
  expect(first.status).toBe(200);
  api.clock.advance(10_000);
  const { status, code } = await refusalOf(await bomb);
  expect(status).toBe(422);
  // Its forms take memory as well as time: which limit it meets first depends on the machine.
  expect(["document_timeout", "document_out_of_memory"]).toContain(code);
  expect((await pictureOf("after.pdf", manualPdf({ pages: 1, seed: 3 }), 1)).status).toBe(200);
}, 60_000);

test("nobody without a key sees a page", async () => {
  const answer = await fetch(`${api.url}/api/v1/files/file_1/pages/1/picture`);
  expect(answer.status).toBe(401);
});
