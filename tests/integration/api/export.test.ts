import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { insertFailedStep, insertFile } from "./sample-file.ts";

let api: ServedApi;
/** More than one page of a list. */
const groups = 230;

beforeAll(async () => {
  api = await serveApi();
  await api.ctx.db.execute(sql`
    insert into failure_groups (id, state, step, code, message, failures, files, standing, first_seen_at, last_seen_at)
    select 'group_' || n, 'open', case when n % 2 = 0 then 'embed' else 'index' end, 'provider_failed',
           case n when 1 then '=HYPERLINK("https://evil.example")' else 'No. ' || n || ', "quoted"' end, n, n, n, now(), now()
    from generate_series(1, ${groups}::int) n`);
});
afterAll(() => api.stop());

const lines = async (path: string) => (await (await api.call(path)).text()).trimEnd().split("\n");

test("a list is exported as CSV, all pages of it, with the list's own filters and order", async () => {
  const answer = await api.call("/api/v1/failures?format=csv&sort=files");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="failures.csv"');
  const [head = "", first = "", ...rows] = (await answer.text()).trimEnd().split("\n");
  expect(rows).toHaveLength(groups - 1);
  expect(head.split(",").slice(0, 5)).toEqual(["id", "state", "step", "code", "message"]);
  expect(head).toContain("assignee.name");
  expect(first).toContain('group_230,open,embed,provider_failed,"No. 230, ""quoted"""');
  expect(await lines("/api/v1/failures?format=csv&sort=files&step=index")).toHaveLength(groups / 2 + 1);
});

test("a text that a spreadsheet would run is made harmless", async () => {
  const rows = await lines("/api/v1/failures?format=csv&sort=files");
  expect(rows.find((row) => row.startsWith("group_1,"))).toContain(`"'=HYPERLINK(`);
});

test("the same as JSON is the items as the list has them", async () => {
  const answer = await api.call("/api/v1/failures?format=json&sort=files");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="failures.json"');
  const items = await answer.json();
  expect(items).toHaveLength(groups);
  const { items: page } = await (await api.call("/api/v1/failures?sort=files&limit=100")).json();
  expect(items.slice(0, 100)).toEqual(page);
});

test("what alerts are signed with is shown by its list, and is in no file of it", async () => {
  const rule = { name: "On call", kind: "breaker", url: "https://hooks.example/waybill" };
  const headers = { "content-type": "application/json" };
  const made = await api.call("/api/v1/alert-rules", { method: "POST", headers, body: JSON.stringify(rule) });
  const { signingSecret } = await made.json();
  expect(await (await api.call("/api/v1/alert-rules")).text()).toContain(signingSecret);
  for (const format of ["csv", "json"]) {
    const text = await (await api.call(`/api/v1/alert-rules?format=${format}`)).text();
    expect(text).toContain("On call");
    expect(text).not.toContain("signingSecret");
    expect(text).not.toContain(signingSecret);
  }
});

test("an empty list is a head without rows, and an empty array", async () => {
  expect(await lines("/api/v1/requeues?format=csv")).toHaveLength(1);
  expect(await (await api.call("/api/v1/requeues?format=json")).json()).toEqual([]);
});

test.each(["audit", "budgets", "files", "ledger", "prices", "projects", "reconciliations", "stuck"])(
  "%s is a list that can be exported",
  async (name) => {
    const answer = await api.call(`/api/v1/${name}?format=csv`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^[\w.,]+\n/);
  },
);

test("a table within an answer is exported as well, and nothing else of the answer", async () => {
  for (const [path, column] of [
    ["costs", "key"],
    ["costs/bill", "month"],
    ["costs/summary", "kind"],
    ["ledger/totals", "meter"],
  ]) {
    const [head] = await lines(`/api/v1/${path}?format=csv`);
    expect(head?.split(",")[0], path).toBe(column);
    const rows = await (await api.call(`/api/v1/${path}?format=json`)).json();
    expect(Array.isArray(rows), path).toBe(true);
  }
  const { waste } = await (await api.call("/api/v1/costs/summary")).json();
  expect(await (await api.call("/api/v1/costs/summary?format=json")).json()).toEqual(waste.kinds);
});

test("the attempts of a file are exported with the run and the step of each", async () => {
  const createdAt = new Date();
  const { fileId, runId } = await insertFile(api.ctx.db, { name: "tides.md", createdAt });
  await insertFailedStep(api.ctx.db, runId, createdAt);
  const answer = await api.call(`/api/v1/files/${fileId}?format=csv`);
  expect(answer.headers.get("content-disposition")).toBe(
    `attachment; filename="files-${fileId}-attempts.csv"`,
  );
  const [head = "", ...rows] = (await answer.text()).trimEnd().split("\n");
  expect(head).toMatch(/^run,step,shard,tryNumber,maxAttempts,id,number,round,outcome,/);
  expect(rows.map((row) => row.split(",").slice(0, 5))).toEqual([
    ["1", "inspect", "", "2", "4"],
    ["1", "inspect", "", "1", "4"],
  ]);
  expect((await api.call("/api/v1/files/file_nothing?format=csv")).status).toBe(404);
});

test("what is no list, and a format that there is not, are refused", async () => {
  for (const path of ["overview?format=csv", "failures?format=xlsx", "me?format=csv"])
    expect((await api.call(`/api/v1/${path}`)).status).toBe(400);
});

test("a filter that the list refuses, and a caller without a key, are refused alike", async () => {
  expect((await api.call("/api/v1/failures?format=csv&sort=nothing")).status).toBe(400);
  expect((await fetch(`${api.url}/api/v1/failures?format=csv`)).status).toBe(401);
});
