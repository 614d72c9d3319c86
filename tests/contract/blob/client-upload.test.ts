import { createServer, type Server } from "node:http";
import {
  BlobClientTokenExpiredError,
  BlobContentTypeNotAllowedError,
  BlobFileTooLargeError,
  BlobPathnameMismatchError,
  head,
  list,
} from "@vercel/blob";
import {
  generateClientTokenFromReadWriteToken,
  type HandleUploadBody,
  handleUpload,
  put as putFromClient,
  upload,
} from "@vercel/blob/client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { remote } from "../remote-target.ts";
import { needs } from "../target.ts";
import { type BlobTarget, openTarget } from "./target.ts";

let target: BlobTarget;
let token: string;
let application: Server;
let applicationUrl: string;
let completed: { pathname: string; tokenPayload: string | null | undefined }[];
let failuresLeft: number;

beforeAll(async () => {
  target = await openTarget();
  token = target.token;
  application = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body: HandleUploadBody = JSON.parse(Buffer.concat(chunks).toString());
    if (body.type === "blob.upload-completed" && failuresLeft > 0) {
      failuresLeft -= 1;
      response.writeHead(500).end();
      return;
    }
    const answer = await handleUpload({
      token,
      request,
      body,
      onBeforeGenerateToken: async (_pathname, clientPayload) => ({
        callbackUrl: `${remote?.destination?.url ?? applicationUrl}/uploads`,
        tokenPayload: `for ${clientPayload}`,
        allowedContentTypes: ["text/*"],
        maximumSizeInBytes: 1000,
      }),
      onUploadCompleted: async ({ blob, tokenPayload }) => {
        completed.push({ pathname: blob.pathname, tokenPayload });
      },
    }).catch((error: Error) => ({ error: error.message }));
    response.writeHead("error" in answer ? 400 : 200).end(JSON.stringify(answer));
  });
  await new Promise<void>((listening) =>
    application.listen(remote?.destination?.port ?? 0, "127.0.0.1", listening),
  );
  const address = application.address();
  applicationUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(async () => {
  application.closeAllConnections();
  await new Promise((closed) => application.close(closed));
  await target.close();
});
beforeEach(() => {
  completed = [];
  failuresLeft = 0;
});

const uploadFile = (name: string, content: string, multipart = false) =>
  upload(target.path(name), new Blob([content], { type: "text/plain" }), {
    access: "private",
    handleUploadUrl: `${applicationUrl}/uploads`,
    clientPayload: "project",
    multipart,
  });

describe("upload() with handleUpload on the server", () => {
  test.each([
    ["whole", false],
    ["in parts", true],
  ])("%s: stores the file and tells the server, signed", async (label, multipart) => {
    needs("destination");
    target.needsAccess("private");
    const stored = await uploadFile(`client-${label}.txt`, "from a browser", multipart);
    expect(await head(stored.url, { token })).toMatchObject({
      size: 14,
      pathname: target.path(`client-${label}.txt`),
    });
    await expect
      .poll(() => completed)
      .toEqual([{ pathname: target.path(`client-${label}.txt`), tokenPayload: "for project" }]);
  });

  test("tells the server again when it failed, also after a restart", async () => {
    needs("clock", "restart");
    failuresLeft = 2;
    await uploadFile("again.txt", "x");
    await expect.poll(() => failuresLeft).toBe(1);
    target.clock.advance(1_000);
    await expect.poll(() => failuresLeft).toBe(0);
    await target.restart();
    await expect.poll(() => completed.length).toBe(1);
  });

  test("answers the preflight of another origin", async () => {
    const answer = await fetch(`${target.url}/?pathname=a.txt`, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:3000",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "authorization,x-api-version,x-content-type",
      },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-headers")).toContain("x-content-type");
    expect(answer.headers.get("access-control-allow-methods")).toContain("PUT");
  });
});

describe("a client token allows what it says and nothing else", () => {
  beforeEach(() => target.needsAccess("private"));
  const tokenFor = (options: Record<string, unknown> = {}) =>
    generateClientTokenFromReadWriteToken({ token, pathname: target.path("allowed.txt"), ...options });
  const putWith = (clientToken: string, pathname = "allowed.txt", content = "text") =>
    putFromClient(target.path(pathname), content, {
      access: "private",
      token: clientToken,
      contentType: "text/plain",
    });

  test("another pathname", async () => {
    await expect(putWith(await tokenFor(), "other.txt")).rejects.toThrow(BlobPathnameMismatchError);
  });

  test("after its time", async () => {
    const expired = await tokenFor({ validUntil: Date.now() - 1000 });
    await expect(putWith(expired)).rejects.toThrow(BlobClientTokenExpiredError);
  });

  test("another type", async () => {
    const picture = await tokenFor({ allowedContentTypes: ["image/*"] });
    await expect(putWith(picture)).rejects.toThrow(BlobContentTypeNotAllowedError);
  });

  test("more bytes, and nothing is left of them", async () => {
    needs("stand-in");
    const files = (await target.fileNames()).length;
    const small = await tokenFor({ maximumSizeInBytes: 10 });
    await expect(putWith(small, "allowed.txt", "x".repeat(100_000))).rejects.toThrow(BlobFileTooLargeError);
    expect(await target.fileNames()).toHaveLength(files);
  });

  test("a changed payload, or another call", async () => {
    const good = await tokenFor();
    const [prefix, payload] = [
      good.slice(0, good.lastIndexOf("_") + 1),
      good.slice(good.lastIndexOf("_") + 1),
    ];
    const [signature] = Buffer.from(payload, "base64").toString().split(".");
    const forgedPayload = Buffer.from(
      JSON.stringify({ pathname: target.path("other.txt"), validUntil: Date.now() + 1e6 }),
    );
    const forged =
      prefix + Buffer.from(`${signature}.${forgedPayload.toString("base64")}`).toString("base64");
    await expect(putWith(forged, "other.txt")).rejects.toThrow("Access denied");
    await expect(list({ token: good })).rejects.toThrow("client token");
  });
});
