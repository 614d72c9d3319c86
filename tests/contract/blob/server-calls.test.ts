import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";
import { Readable } from "node:stream";
import {
  BlobAccessError,
  BlobNotFoundError,
  BlobPreconditionFailedError,
  BlobServiceRateLimited,
  copy,
  del,
  head,
  list,
  put,
} from "@vercel/blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBlob, token } from "./serve-blob.ts";

let standIn: Awaited<ReturnType<typeof serveBlob>>;
beforeAll(async () => {
  standIn = await serveBlob();
});
afterAll(() => standIn.stop());

const open = { access: "public", token } as const;
const closed = { access: "private", token } as const;
const asServer = { headers: { authorization: `Bearer ${token}` } };

describe("put and head", () => {
  test("a text is stored and described", async () => {
    const stored = await put("notes/a b.txt", "hello", open);
    expect(stored).toMatchObject({
      pathname: "notes/a b.txt",
      contentType: expect.stringContaining("text/plain"),
      contentDisposition: 'inline; filename="a b.txt"',
      url: expect.stringMatching(/\/files\/notes\/a%20b\.txt$/),
    });
    const described = await head(stored.url, { token });
    expect(described).toMatchObject({
      pathname: "notes/a b.txt",
      size: 5,
      etag: stored.etag,
      url: stored.url,
    });
    expect(await head("notes/a b.txt", { token })).toEqual(described);
    expect(await (await fetch(stored.url)).text()).toBe("hello");
  });

  test("a stream of 24 MB arrives unchanged", async () => {
    const chunks = Array.from({ length: 24 }, () => randomBytes(1024 * 1024));
    const digest = createHash("sha256").update(Buffer.concat(chunks)).digest("hex");
    const { url } = await put("large.bin", Readable.from(chunks), closed);
    const read = createHash("sha256");
    const answer = await fetch(url, asServer);
    for await (const chunk of answer.body ?? []) read.update(chunk);
    expect(read.digest("hex")).toBe(digest);
  });

  test("in parts arrives unchanged and leaves no part behind", async () => {
    const content = randomBytes(20 * 1024 * 1024);
    const { url } = await put("parts.bin", content, { ...closed, multipart: true });
    const read = Buffer.from(await (await fetch(url, asServer)).arrayBuffer());
    expect(read.equals(content)).toBe(true);
    const { blobs } = await list({ token });
    expect(await standIn.fileNames()).toHaveLength(blobs.length);
  });

  test("the same pathname is refused unless overwriting is allowed, and the old bytes go", async () => {
    await put("once.txt", "first", open);
    await expect(put("once.txt", "second", open)).rejects.toThrow("This blob already exists");
    const files = (await standIn.fileNames()).length;
    const { url } = await put("once.txt", "third", { ...open, allowOverwrite: true });
    expect(await (await fetch(url)).text()).toBe("third");
    expect(await standIn.fileNames()).toHaveLength(files);
  });

  test("ifMatch lets only the writer pass who saw the current bytes", async () => {
    const first = await put("matched.txt", "one", open);
    await put("matched.txt", "two", { ...open, ifMatch: first.etag });
    await expect(put("matched.txt", "three", { ...open, ifMatch: first.etag })).rejects.toThrow(
      BlobPreconditionFailedError,
    );
  });

  test("addRandomSuffix keeps two of one name apart", async () => {
    const both = [await put("twin.pdf", "1", { ...open, addRandomSuffix: true })];
    both.push(await put("twin.pdf", "2", { ...open, addRandomSuffix: true }));
    expect(new Set(both.map((stored) => stored.pathname)).size).toBe(2);
    for (const stored of both) expect(stored.pathname).toMatch(/^twin-[a-zA-Z0-9]{30}\.pdf$/);
  });

  test("an upload that breaks off leaves nothing", async () => {
    const files = (await standIn.fileNames()).length;
    const { hostname, port } = new URL(standIn.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `PUT /api/blob/?pathname=broken.bin HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
        `Authorization: Bearer ${token}\r\nContent-Length: 5000000\r\n\r\n`,
    );
    socket.write(randomBytes(1_000_000));
    await expect.poll(() => standIn.fileNames()).toHaveLength(files + 1);
    socket.destroy();
    await expect.poll(() => standIn.fileNames()).toHaveLength(files);
    await expect(head("broken.bin", { token })).rejects.toThrow(BlobNotFoundError);
  });
});

describe("reading by URL", () => {
  test("a private blob asks for the token", async () => {
    const { url } = await put("private.txt", "secret", closed);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { headers: { authorization: "Bearer wrong" } })).status).toBe(403);
    expect(await (await fetch(`${url}?cache=0`, asServer)).text()).toBe("secret");
  });

  test("serves ranges, conditions and downloads", async () => {
    const { url, etag, downloadUrl } = await put("ranges.txt", "0123456789", open);
    const part = await fetch(url, { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 2-4/10",
      "234",
    ]);
    const tail = await fetch(url, { headers: { range: "bytes=-3" } });
    expect(await tail.text()).toBe("789");
    expect((await fetch(url, { headers: { range: "bytes=10-" } })).status).toBe(416);
    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
    const described = await fetch(url, { method: "HEAD" });
    expect(described.headers.get("content-length")).toBe("10");
    expect((await fetch(downloadUrl)).headers.get("content-disposition")).toBe(
      'attachment; filename="ranges.txt"',
    );
  });

  test("what was never stored is not found, and does not tell strangers so", async () => {
    const missing = `${standIn.url}/files/missing.txt`;
    expect((await fetch(missing)).status).toBe(403);
    expect((await fetch(missing, asServer)).status).toBe(404);
  });
});

describe("list, copy and del", () => {
  test("list pages in order and folds folders", async () => {
    for (const name of ["list/a.txt", "list/b.txt", "list/deep/c.txt", "list/deep/d/e.txt"])
      await put(name, "x", open);
    const first = await list({ token, prefix: "list/", limit: 3 });
    expect(first.blobs.map((blob) => blob.pathname)).toEqual(["list/a.txt", "list/b.txt", "list/deep/c.txt"]);
    expect(first.hasMore).toBe(true);
    const rest = await list({
      token,
      prefix: "list/",
      limit: 3,
      ...(first.cursor && { cursor: first.cursor }),
    });
    expect(rest.blobs.map((blob) => blob.pathname)).toEqual(["list/deep/d/e.txt"]);
    expect(rest.hasMore).toBe(false);
    const folded = await list({ token, prefix: "list/", mode: "folded" });
    expect(folded.folders).toEqual(["list/deep/"]);
    expect(folded.blobs.map((blob) => blob.pathname)).toEqual(["list/a.txt", "list/b.txt"]);
  });

  test("a copy stands on its own", async () => {
    const original = await put("original.txt", "copied", open);
    const copied = await copy(original.url, "copy.txt", open);
    await del(original.url, { token });
    expect(await (await fetch(copied.url)).text()).toBe("copied");
  });

  test("del takes URLs and pathnames, and what is gone is no error", async () => {
    const one = await put("gone/one.txt", "1", open);
    await put("gone/two.txt", "2", open);
    await del([one.url, "gone/two.txt", "gone/never.txt"], { token });
    expect((await list({ token, prefix: "gone/" })).blobs).toEqual([]);
    await expect(head(one.url, { token })).rejects.toThrow(BlobNotFoundError);
  });
});

test("a wrong token is refused everywhere", async () => {
  const wrong = "vercel_blob_rw_store1_wrong";
  await expect(put("x.txt", "x", { access: "public", token: wrong })).rejects.toThrow(BlobAccessError);
  await expect(head("once.txt", { token: wrong })).rejects.toThrow(BlobAccessError);
  await expect(list({ token: wrong })).rejects.toThrow(BlobAccessError);
  await expect(del("once.txt", { token: wrong })).rejects.toThrow(BlobAccessError);
});

test("an injected 429 is the SDK's rate limit", async () => {
  await standIn.fault({ match: "/api/blob", status: 429, times: 1 });
  await expect(list({ token })).rejects.toThrow(BlobServiceRateLimited);
});

test("a restart keeps every blob", async () => {
  const { url } = await put("kept.txt", "kept", open);
  await standIn.restart();
  expect(await (await fetch(url)).text()).toBe("kept");
});
