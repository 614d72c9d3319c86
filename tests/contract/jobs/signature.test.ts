import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ledger } from "../../../src/db/schema/costs.ts";
import { files } from "../../../src/db/schema/files.ts";
import { jobApp } from "../../support/job-server.ts";
import { type Stack, startStack } from "../../support/stack.ts";

const paths = ["/api/jobs/ingest-file", "/api/jobs/failed", "/api/jobs/tick", "/api/jobs/retention"];
const body = JSON.stringify({ v: 1, runId: "run_none", stepId: "step_none", dispatch: 1 });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

/** A signature as QStash makes it, wrong where the test wants it wrong. */
async function sign(
  path: string,
  change: { key?: string; url?: string; body?: string; expiredSec?: number } = {},
) {
  const nowSec = Math.floor(Date.now() / 1000);
  const expires = change.expiredSec === undefined ? nowSec + 300 : nowSec - change.expiredSec;
  return new SignJWT({
    body: createHash("sha256")
      .update(change.body ?? body)
      .digest("base64url"),
  })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("Upstash")
    .setSubject(change.url ?? `${stack.env.WAYBILL_URL}${path}`)
    .setIssuedAt(nowSec - 600)
    .setNotBefore(0)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(change.key ?? stack.env.QSTASH_CURRENT_SIGNING_KEY));
}

async function deliver(path: string, signature: string | null, sent = body): Promise<Response> {
  const headers = new Headers({ "Content-Type": "application/json", "Upstash-Message-Id": "msg_test" });
  if (signature !== null) headers.set("Upstash-Signature", signature);
  return jobApp(stack.runtime).request(path, { method: "POST", headers, body: sent });
}

async function refused(response: Response): Promise<void> {
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: "signature_invalid" } });
  expect(await stack.database.db.select().from(files)).toEqual([]);
  expect(await stack.database.db.select().from(ledger)).toEqual([]);
}

describe.each(paths)("%s", (path) => {
  it("refuses a delivery that is not signed", async () => {
    await refused(await deliver(path, null));
  });

  it("refuses a signature by another key", async () => {
    await refused(await deliver(path, await sign(path, { key: "sig_foreign" })));
  });

  it("refuses what is no signature at all", async () => {
    await refused(await deliver(path, "not.a.jwt"));
  });

  it("refuses a signature that has expired", async () => {
    await refused(await deliver(path, await sign(path, { expiredSec: 60 })));
  });

  it("refuses a signature for another address", async () => {
    await refused(await deliver(path, await sign(path, { url: `https://elsewhere.example${path}` })));
    await refused(await deliver(path, await sign(path, { url: `${stack.env.WAYBILL_URL}/api/jobs/other` })));
  });

  it("refuses a body that was altered", async () => {
    await refused(await deliver(path, await sign(path), body.replace("run_none", "run_other")));
  });

  it("refuses the key that was replaced two rotations ago", async () => {
    await refused(await deliver(path, await sign(path, { key: "sig_before_current" })));
  });
});

describe("a delivery that QStash signed", () => {
  it("is accepted with the current key and with the next one", async () => {
    const path = "/api/jobs/ingest-file";
    for (const key of [stack.env.QSTASH_CURRENT_SIGNING_KEY, stack.env.QSTASH_NEXT_SIGNING_KEY]) {
      const response = await deliver(path, await sign(path, { key }));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ note: "step is unknown" });
    }
  });

  it("is put among the dead letters at once when its body is not a message", async () => {
    const path = "/api/jobs/ingest-file";
    for (const wrong of ["", "{", JSON.stringify({ v: 2 })]) {
      const response = await deliver(path, await sign(path, { body: wrong }), wrong);
      expect(response.status).toBe(489);
      expect(response.headers.get("upstash-nonretryable-error")).toBe("true");
    }
  });

  it("passes again after the local QStash has rotated its keys once, and not after a second time", async () => {
    const rotate = () =>
      fetch(`${stack.env.QSTASH_URL}/v2/keys/rotate`, {
        method: "POST",
        headers: { Authorization: `Bearer ${stack.env.QSTASH_TOKEN}` },
      }).then((answer) => answer.json());
    const path = "/api/jobs/ingest-file";
    const { current: first } = await rotate();
    expect((await deliver(path, await sign(path, { key: first }))).status).toBe(200);
    const { current: second } = await rotate();
    await refused(await deliver(path, await sign(path, { key: second })));
  });
});
