import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Hex } from "../../../src/kernel/hash.ts";
import { signedIn } from "../../support/people.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { accepted, countEverything, formOf, sendForm } from "./upload-form.ts";

let api: ServedApi;

beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

async function fileOf(fileId: string) {
  const answer = await api.call(`/api/v1/files/${fileId}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

test("an accepted file is stored byte by byte, recorded, charged and under way", async () => {
  const text = `# Report\n\n${randomBytes(200_000).toString("hex")}`;
  const ids = await accepted(await sendForm(api, formOf(text, { name: "reports/Größe\u0007.md" })));
  expect(ids).toMatchObject({ duplicate: false, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(await fileOf(ids.fileId)).toMatchObject({
    name: "Größe.md",
    bytes: Buffer.byteLength(text),
    contentHash: sha256Hex(text),
    mediaType: "text/markdown",
    status: "queued",
    runId: ids.runId,
    runHistory: [{ traceId: ids.traceId, steps: [{ name: "inspect", state: "queued" }] }],
  });
  const costs = await (await api.call(`/api/v1/files/${ids.fileId}/costs`)).json();
  expect(costs.items.map((entry: { meter: string }) => entry.meter)).toEqual(["blob.operations"]);
  const { rows } = await api.ctx.db.execute(`select blob_url from files where id = '${ids.fileId}'`);
  const stored = await api.ctx.blob.open(String(rows[0]?.blob_url));
  expect(await new Response(stored).text()).toBe(text);
  expect(api.sent.at(-1)?.path).toBe("/api/jobs/ingest-file");
});

test("the project may come after the file in the form", async () => {
  const form = new FormData();
  form.append("file", new Blob(["the project comes later"]), "late.txt");
  form.append("project", "default");
  expect(await accepted(await sendForm(api, form))).toMatchObject({ duplicate: false });
});

test("text under the name of another type is let in, as what it is", async () => {
  const ids = await accepted(await sendForm(api, formOf("only text", { name: "report.pdf" })));
  expect(await fileOf(ids.fileId)).toMatchObject({ name: "report.pdf", mediaType: "text/plain" });
});

test("the same content again, under any name, is the file that is there, and starts and costs nothing", async () => {
  const first = await accepted(await sendForm(api, formOf("twice", { name: "a.txt" })));
  const before = await countEverything(api);
  const second = await accepted(await sendForm(api, formOf("twice", { name: "b.txt" })));
  expect(second).toEqual({ ...first, duplicate: true });
  expect(await countEverything(api)).toEqual(before);
});

test("the same content eight times at once is one file, one run and one charge", async () => {
  const before = await countEverything(api);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      sendForm(api, formOf("at once", { name: `${at}.txt` })).then(accepted),
    ),
  );
  expect(new Set(answers.map((answer) => answer.fileId)).size).toBe(1);
  expect(new Set(answers.map((answer) => answer.traceId)).size).toBe(1);
  expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
  expect(await countEverything(api)).toEqual({
    files: Number(before.files) + 1,
    runs: Number(before.runs) + 1,
    steps: Number(before.steps) + 1,
    ledger: Number(before.ledger) + 1,
    outbox: Number(before.outbox) + 1,
    blobs: before.blobs + 1,
    sent: before.sent + 1,
  });
});

test("the same content in another project is another file", async () => {
  await api.call("/api/v1/projects", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ slug: "other" }),
  });
  const here = await accepted(await sendForm(api, formOf("shared")));
  const there = await accepted(await sendForm(api, formOf("shared", { project: "other" })));
  expect(there.duplicate).toBe(false);
  expect(there.fileId).not.toBe(here.fileId);
});

test("a session may upload from our own pages, and from no other site", async () => {
  const { cookie } = await signedIn(api.ctx, { role: "operator" });
  const send = (headers: Record<string, string>) =>
    fetch(`${api.url}/api/upload`, {
      method: "POST",
      headers: { cookie, ...headers },
      body: formOf("session"),
    });
  expect((await send({ origin: "https://evil.test" })).status).toBe(403);
  expect((await send({})).status).toBe(403);
  expect((await send({ origin: api.url })).status).toBe(202);
});
