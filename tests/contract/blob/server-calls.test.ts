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
import { needs } from "../target.ts";
import { type BlobTarget, openTarget } from "./target.ts";

let target: BlobTarget;
let token: string;
let open: { access: "public"; token: string };
let closed: { access: "private"; token: string };
let asServer: { headers: { authorization: string } };
beforeAll(async () => {
  target = await openTarget();
  token = target.token;
  open = { access: "public", token };
  closed = { access: "private", token };
  asServer = { headers: { authorization: `Bearer ${token}` } };
});
afterAll(() => target.close());

describe("put and head", () => {
  test("a text is stored and described", async () => {
    target.needsAccess("public");
    const stored = await put(target.path("notes/a b.txt"), "hello", open);
    expect(stored).toMatchObject({
      pathname: target.path("notes/a b.txt"),
      contentType: expect.stringContaining("text/plain"),
      contentDisposition: 'inline; filename="a b.txt"',
      url: expect.stringMatching(/\/notes\/a%20b\.txt$/),
    });
    const described = await head(stored.url, { token });
    expect(described).toMatchObject({
      pathname: target.path("notes/a b.txt"),
      size: 5,
      etag: stored.etag,
      url: stored.url,
    });
    expect(await head(target.path("notes/a b.txt"), { token })).toEqual(described);
    expect(await (await fetch(stored.url)).text()).toBe("hello");
  });

  test("a stream of 24 MB arrives unchanged", async () => {
    target.needsAccess("private");
    const chunks = Array.from({ length: 24 }, () => randomBytes(1024 * 1024));
    const digest = createHash("sha256").update(Buffer.concat(chunks)).digest("hex");
    const { url } = await put(target.path("large.bin"), Readable.from(chunks), closed);
    const read = createHash("sha256");
    const answer = await fetch(url, asServer);
    for await (const chunk of answer.body ?? []) read.update(chunk);
    expect(read.digest("hex")).toBe(digest);
  });

  test("in parts arrives unchanged", async () => {
    target.needsAccess("private");
    const content = randomBytes(20 * 1024 * 1024);
    const { url } = await put(target.path("parts.bin"), content, { ...closed, multipart: true });
    const read = Buffer.from(await (await fetch(url, asServer)).arrayBuffer());
    expect(read.equals(content)).toBe(true);
  });

  test("of an upload in parts no part stays behind", async () => {
    needs("stand-in");
    const content = randomBytes(12 * 1024 * 1024);
    await put(target.path("parts-only.bin"), content, { ...closed, multipart: true });
    const { blobs } = await list({ token });
    expect(await target.fileNames()).toHaveLength(blobs.length);
  });

  test("the same pathname is refused unless overwriting is allowed", async () => {
    target.needsAccess("public");
    await put(target.path("once.txt"), "first", open);
    await expect(put(target.path("once.txt"), "second", open)).rejects.toThrow("This blob already exists");
    const { url } = await put(target.path("once.txt"), "third", { ...open, allowOverwrite: true });
    expect(await (await fetch(url)).text()).toBe("third");
  });

  test("of a blob that is overwritten the old bytes go", async () => {
    needs("stand-in");
    await put(target.path("replaced.txt"), "first", open);
    const files = (await target.fileNames()).length;
    await put(target.path("replaced.txt"), "second", { ...open, allowOverwrite: true });
    expect(await target.fileNames()).toHaveLength(files);
  });

  test("ifMatch lets only the writer pass who saw the current bytes", async () => {
    target.needsAccess("public");
    const first = await put(target.path("matched.txt"), "one", open);
    await put(target.path("matched.txt"), "two", { ...open, ifMatch: first.etag });
    await expect(put(target.path("matched.txt"), "three", { ...open, ifMatch: first.etag })).rejects.toThrow(
      BlobPreconditionFailedError,
    );
  });

  test("addRandomSuffix keeps two of one name apart", async () => {
    target.needsAccess("public");
    const both = [await put(target.path("twin.pdf"), "1", { ...open, addRandomSuffix: true })];
    both.push(await put(target.path("twin.pdf"), "2", { ...open, addRandomSuffix: true }));
    expect(new Set(both.map((stored) => stored.pathname)).size).toBe(2);
    for (const stored of both) expect(stored.pathname).toMatch(/\/twin-[a-zA-Z0-9]{30}\.pdf$/);
  });

  test("an upload that breaks off leaves nothing", async () => {
    needs("stand-in");
    const files = (await target.fileNames()).length;
    const { hostname, port } = new URL(target.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `PUT /api/blob/?pathname=${encodeURIComponent(target.path("broken.bin"))} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
        `Authorization: Bearer ${token}\r\nContent-Length: 5000000\r\n\r\n`,
    );
    socket.write(randomBytes(1_000_000));
    await expect.poll(() => target.fileNames()).toHaveLength(files + 1);
    socket.destroy();
    await expect.poll(() => target.fileNames()).toHaveLength(files);
    await expect(head(target.path("broken.bin"), { token })).rejects.toThrow(BlobNotFoundError);
  });
});

describe("reading by URL", () => {
  test("a private blob asks for the token", async () => {
    target.needsAccess("private");
    const { url } = await put(target.path("private.txt"), "secret", closed);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { headers: { authorization: "Bearer wrong" } })).status).toBe(403);
    expect(await (await fetch(`${url}?cache=0`, asServer)).text()).toBe("secret");
  });

  test("serves ranges, conditions and downloads", async () => {
    target.needsAccess("public");
    const { url, etag, downloadUrl } = await put(target.path("ranges.txt"), "0123456789", open);
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
    target.needsAccess("private");
    const stored = await put(target.path("there.txt"), "x", closed);
    const missing = stored.url.replace(/[^/]*$/, "missing.txt");
    expect((await fetch(missing)).status).toBe(403);
    expect((await fetch(missing, asServer)).status).toBe(404);
  });
});

describe("list, copy and del", () => {
  test("list pages in order and folds folders", async () => {
    target.needsAccess("public");
    const names = ["a.txt", "b.txt", "deep/c.txt", "deep/d/e.txt"].map((name) => target.path(`list/${name}`));
    for (const name of names) await put(name, "x", open);
    const prefix = target.path("list/");
    const first = await list({ token, prefix, limit: 3 });
    expect(first.blobs.map((blob) => blob.pathname)).toEqual(names.slice(0, 3));
    expect(first.hasMore).toBe(true);
    const rest = await list({ token, prefix, limit: 3, ...(first.cursor && { cursor: first.cursor }) });
    expect(rest.blobs.map((blob) => blob.pathname)).toEqual(names.slice(3));
    expect(rest.hasMore).toBe(false);
    const folded = await list({ token, prefix, mode: "folded" });
    expect(folded.folders).toEqual([target.path("list/deep/")]);
    expect(folded.blobs.map((blob) => blob.pathname)).toEqual(names.slice(0, 2));
  });

  test("a copy stands on its own", async () => {
    target.needsAccess("public");
    const original = await put(target.path("original.txt"), "copied", open);
    const copied = await copy(original.url, target.path("copy.txt"), open);
    await del(original.url, { token });
    expect(await (await fetch(copied.url)).text()).toBe("copied");
  });

  test("of what is not there no copy is made", async () => {
    target.needsAccess("public");
    const missing = target.path("never.txt");
    await expect(copy(missing, target.path("copy-of-never.txt"), open)).rejects.toThrow(BlobNotFoundError);
    await expect(head(target.path("copy-of-never.txt"), { token })).rejects.toThrow(BlobNotFoundError);
  });

  test("ifMatch keeps del from what was changed since", async () => {
    target.needsAccess("public");
    const first = await put(target.path("del-matched.txt"), "one", open);
    const second = await put(target.path("del-matched.txt"), "two", { ...open, allowOverwrite: true });
    await expect(del(first.url, { token, ifMatch: first.etag })).rejects.toThrow(BlobPreconditionFailedError);
    await del(first.url, { token, ifMatch: second.etag });
    await expect(head(first.url, { token })).rejects.toThrow(BlobNotFoundError);
  });

  test("what the stand-in does not speak is refused with 501", async () => {
    needs("stand-in");
    const answer = await fetch(`${target.url}/rename`, { method: "POST", headers: asServer.headers });
    expect([answer.status, await answer.json()]).toEqual([
      501,
      { error: { code: "not_implemented", message: expect.stringContaining("rename") } },
    ]);
  });

  test("del takes URLs and pathnames, and what is gone is no error", async () => {
    target.needsAccess("public");
    const one = await put(target.path("gone/one.txt"), "1", open);
    await put(target.path("gone/two.txt"), "2", open);
    await del([one.url, target.path("gone/two.txt"), target.path("gone/never.txt")], { token });
    expect((await list({ token, prefix: target.path("gone/") })).blobs).toEqual([]);
    await expect(head(one.url, { token })).rejects.toThrow(BlobNotFoundError);
  });
});

test("a wrong token is refused everywhere", async () => {
  const wrong = token.replace(/[^_]*$/, "wrong");
  await expect(put(target.path("x.txt"), "x", { access: "public", token: wrong })).rejects.toThrow(
    BlobAccessError,
  );
  await expect(head(target.path("once.txt"), { token: wrong })).rejects.toThrow(BlobAccessError);
  await expect(list({ token: wrong })).rejects.toThrow(BlobAccessError);
  await expect(del(target.path("once.txt"), { token: wrong })).rejects.toThrow(BlobAccessError);
});

test("an injected 429 is the SDK's rate limit", async () => {
  needs("faults");
  await target.fault({ match: "/api/blob", status: 429, times: 1 });
  await expect(list({ token })).rejects.toThrow(BlobServiceRateLimited);
});

test("a restart keeps every blob", async () => {
  needs("restart");
  const { url } = await put(target.path("kept.txt"), "kept", open);
  await target.restart();
  expect(await (await fetch(url)).text()).toBe("kept");
});
