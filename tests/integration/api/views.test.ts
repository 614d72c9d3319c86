import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureAdminKey } from "../../../src/access/ensure-admin-key.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { savedViewSchema } from "../../../src/triage/views/view-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
const otherKey = "wbk_somebody-else-here";
beforeAll(async () => {
  api = await serveApi();
  await ensureAdminKey(api.ctx, otherKey);
});
afterAll(() => api.stop());

const call = (path: string, init: RequestInit = {}, key = api.key) =>
  fetch(`${api.url}/api/v1/views${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
  });
const save = (view: object, key?: string) => call("", { method: "POST", body: JSON.stringify(view) }, key);
const names = async (path = "", key?: string) =>
  listOf(savedViewSchema)
    .parse(await (await call(path, {}, key)).json())
    .items.map(({ name }) => name);

const mine = { page: "/failures", name: "Worst of today", query: "since=24h&sort=files" };

test("a view is saved, found by its page, and saved again in its own place", async () => {
  const answer = await save(mine);
  expect(answer.status).toBe(201);
  const first = savedViewSchema.parse(await answer.json());
  expect(first).toMatchObject({ ...mine, shared: false, own: true });
  const again = savedViewSchema.parse(await (await save({ ...mine, query: "since=1h" })).json());
  expect(again).toMatchObject({ id: first.id, query: "since=1h" });
  await save({ ...mine, page: "/stuck", name: "All" });
  expect(await names()).toEqual(["Worst of today", "All"]);
  expect(await names("?page=/stuck")).toEqual(["All"]);
});

test("pages of views follow each other", async () => {
  const first = await (await call("?limit=1")).json();
  const second = await (await call(`?limit=1&cursor=${first.nextCursor}`)).json();
  expect([first, second].map(({ items }) => items[0].name)).toEqual(["Worst of today", "All"]);
  expect(second.nextCursor).toBeNull();
});

test("others see what is shared and nothing else, and cannot take it away", async () => {
  const shared = savedViewSchema.parse(await (await save({ ...mine, name: "Ours", shared: true })).json());
  expect(await names("", otherKey)).toEqual(["Ours"]);
  const seen = listOf(savedViewSchema).parse(await (await call("", {}, otherKey)).json()).items[0];
  expect(seen).toMatchObject({ own: false });
  const refused = await call(`/${shared.id}`, { method: "DELETE" }, otherKey);
  expect([refused.status, (await refused.json()).error.code]).toEqual([404, "view_not_found"]);
  // A view of the same name is each one's own.
  expect((await save({ ...mine, name: "Ours" }, otherKey)).status).toBe(201);
  expect(await names("", otherKey)).toEqual(["Ours", "Ours"]);
  expect((await call(`/${shared.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await call(`/${shared.id}`, { method: "DELETE" })).status).toBe(404);
});

test.each([
  [{ ...mine, page: "https://evil.example" }, "page"],
  [{ ...mine, page: "//evil.example" }, "page"],
  [{ ...mine, name: " " }, "name"],
  [{ ...mine, query: "a".repeat(2_001) }, "query"],
])("%o is refused", async (view, field) => {
  const answer = await save(view);
  expect(answer.status).toBe(400);
  expect(Object.keys((await answer.json()).error.details)).toContain(field);
});
