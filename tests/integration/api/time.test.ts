import { afterAll, beforeAll, expect, test } from "vitest";
import { newTraceId } from "../../../src/kernel/ids.ts";
import { fileTimeSchema } from "../../../src/pipeline/time/time-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { insertFailedStep, insertFile, insertRun } from "./sample-file.ts";

const createdAt = new Date("2026-05-01T10:00:00Z");
let api: ServedApi;
let file: { fileId: string; runId: string; traceId: string };

beforeAll(async () => {
  api = await serveApi();
  file = await insertFile(api.ctx.db, { name: "timed.pdf", createdAt });
  await insertFailedStep(api.ctx.db, file.runId, createdAt);
  await insertRun(api.ctx.db, { ...file, runId: "run_two", traceId: newTraceId(), number: 2, createdAt });
});
afterAll(() => api.stop());

async function read(query: string) {
  const answer = await api.call(`/api/v1/files/${file.fileId}/time${query}`);
  return { status: answer.status, body: await answer.json() };
}

test("the time of a file's newest run is answered, or that of the run that is asked for", async () => {
  const newest = await read("");
  expect(newest.status).toBe(200);
  expect(fileTimeSchema.parse(newest.body)).toMatchObject({ run: 2, startMs: createdAt.getTime() });
  const first = fileTimeSchema.parse((await read("?run=1")).body);
  expect(first).toMatchObject({ run: 1, criticalPath: [{ name: "inspect", shard: 0 }] });
  expect(first.parts.reduce((sum, part) => sum + part.ms, 0)).toBe(first.wallMs);
});

test.each([
  ["?run=3", 404, "not_found"],
  ["?run=0", 400, "malformed_request"],
  ["?run=first", 400, "malformed_request"],
])("%s is refused as %i", async (query, status, code) => {
  expect(await read(query)).toMatchObject({ status, body: { error: { code } } });
});

test("the time of a file that is not there is refused as 404", async () => {
  const answer = await api.call("/api/v1/files/file_none/time");
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: "file_not_found" } });
});
