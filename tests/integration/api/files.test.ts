import { afterAll, beforeAll, expect, test } from "vitest";
import { errorCodes } from "../../../src/kernel/error-codes.ts";
import { newTraceId } from "../../../src/kernel/ids.ts";
import { fileSummarySchema, fileViewSchema, listOf } from "../../../src/pipeline/files/file-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { insertFailedStep, insertFile, insertRun } from "./sample-file.ts";

const start = new Date("2026-05-01T10:00:00Z");
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
let api: ServedApi;
const ids: string[] = [];

beforeAll(async () => {
  api = await serveApi();
  await api.call("/api/v1/projects", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ slug: "other" }),
  });
  const statuses = ["succeeded", "failed", "succeeded", "held", "queued"] as const;
  // Two files share each time: the id decides their order.
  for (let at = 0; at < 10; at += 1) {
    const status = statuses[at % statuses.length] ?? "queued";
    const { fileId } = await insertFile(api.ctx.db, {
      name: `report 100% ${at}_a.txt`,
      createdAt: minutes(Math.floor(at / 2)),
      status,
      ...(status === "failed" && { errorCode: "document_corrupt" }),
    });
    ids.push(fileId);
  }
  await insertFile(api.ctx.db, { name: "Elsewhere.TXT", createdAt: minutes(60), project: "other" });
});
afterAll(() => api.stop());

async function list(query: string) {
  const answer = await api.call(`/api/v1/files${query}`);
  expect(answer.status).toBe(200);
  return listOf(fileSummarySchema).parse(await answer.json());
}
const names = async (query: string) => (await list(query)).items.map((file) => file.name);

test("files come newest first, in the shape of the view, and are never cached", async () => {
  const answer = await api.call("/api/v1/files");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const { items, nextCursor } = listOf(fileSummarySchema).parse(await answer.json());
  expect(items).toHaveLength(11);
  expect(items[0]?.name).toBe("Elsewhere.TXT");
  expect(nextCursor).toBeNull();
});

test.each([1, 3, 10, 11])("pages of %i show every file once, in one order", async (limit) => {
  const all = (await list("")).items.map((file) => file.id);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(
      `?limit=${limit}${cursor === null ? "" : `&cursor=${cursor}`}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    paged.push(...page.items.map((file) => file.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(all);
});

test("a list of two statuses is merged by time and paged like any other", async () => {
  expect((await list("?step=inspect")).items.map(({ status }) => status)).toEqual(
    (await list("?status=failed")).items.map(({ status }) => status),
  );
  expect((await list("?step=embed")).items).toEqual([]);
  const first = await list("?status=failed&status=held&limit=3");
  const second = await list(`?status=failed&status=held&limit=3&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map((file) => file.status)).toEqual([
    "held",
    "failed",
    "held",
    "failed",
  ]);
  expect(second.nextCursor).toBeNull();
  expect(first.items.find((file) => file.status === "failed")).toMatchObject({
    failedStep: "inspect",
    errorCode: "document_corrupt",
    errorMessage: errorCodes.document_corrupt.sentence,
  });
});

test("filters by project, part of the name and time", async () => {
  expect(await names("?project=other")).toEqual(["Elsewhere.TXT"]);
  expect(await names("?q=elsewhere")).toEqual(["Elsewhere.TXT"]);
  expect(await names("?q=100%25 3_")).toEqual(["report 100% 3_a.txt"]);
  // The signs of a pattern are plain characters.
  expect(await names("?q=%25%25")).toEqual([]);
  expect(await names("?q=3_b")).toEqual([]);
  const between = `?createdAfter=${minutes(2).toISOString()}&createdBefore=${minutes(3).toISOString()}`;
  expect((await names(between)).toSorted()).toEqual(["report 100% 4_a.txt", "report 100% 5_a.txt"]);
  expect(await names("?project=default&status=queued&q=9_a")).toEqual(["report 100% 9_a.txt"]);
});

test.each([
  ["?limit=0", "limit"],
  ["?limit=101", "limit"],
  ["?limit=many", "limit"],
  ["?status=lost", "status.0"],
  ["?createdAfter=yesterday", "createdAfter"],
  ["?cursor=not-a-cursor", "cursor"],
  [`?cursor=${Buffer.from('["2026-05-01T10:00:00.000Z"]').toString("base64url")}`, "cursor"],
])("files%s is refused as 400 and names the field", async (query, field) => {
  const answer = await api.call(`/api/v1/files${query}`);
  expect(answer.status).toBe(400);
  const { error } = await answer.json();
  expect(error.code).toBe("malformed_request");
  expect(Object.keys(error.details)).toEqual([field]);
});

test("files of an unknown project are 404 and not an empty list", async () => {
  const answer = await api.call("/api/v1/files?project=nowhere");
  expect(answer.status).toBe(404);
  expect((await answer.json()).error.code).toBe("project_not_found");
});

test("a file comes with its runs, newest first, their steps and attempts, and what was stored of a failure", async () => {
  const { fileId, runId } = await insertFile(api.ctx.db, {
    name: "failed.pdf",
    createdAt: minutes(100),
    status: "failed",
    errorCode: "document_corrupt",
  });
  await insertFailedStep(api.ctx.db, runId, minutes(100));
  await insertRun(api.ctx.db, {
    fileId,
    runId: "run_second",
    traceId: newTraceId(),
    number: 2,
    createdAt: minutes(101),
  });
  const answer = await (await api.call(`/api/v1/files/${fileId}`)).text();
  expect(answer).not.toContain("secret");
  const file = fileViewSchema.parse(JSON.parse(answer));
  expect(file.errorMessage).toBe("The page tree is cut off at page 3.");
  expect(file.runHistory.map((run) => run.number)).toEqual([2, 1]);
  expect(file.runHistory[1]?.steps).toMatchObject([
    {
      name: "inspect",
      state: "failed",
      errorMessage: "The page tree is cut off at page 3.",
      attempts: [
        { number: 1, outcome: "retry", errorMessage: errorCodes.provider_unavailable.sentence },
        { number: 2, outcome: "failed", errorCode: "document_corrupt" },
      ],
    },
  ]);
});

test.each(["", "/trace", "/chunks", "/costs"])("an unknown file is 404 at files/{id}%s", async (part) => {
  const answer = await api.call(`/api/v1/files/file_unknown${part}`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({
    error: {
      code: "file_not_found",
      message: errorCodes.file_not_found.sentence,
      details: { fileId: "file_unknown" },
    },
  });
});
