import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { auditActorSchema, auditEntryViewSchema } from "../../../src/triage/audit/audit-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
  for (const [name, month] of [
    ["First", "2026-01"],
    ["Second", "2026-02"],
    ["Third", "2026-03"],
  ]) {
    await post("/api/v1/provider-plans", { provider: "upstash", name, monthlyNanoUsd: "0", from: month });
    api.clock.advance(60_000);
  }
  await post("/api/v1/budgets", {
    scope: "deployment",
    window: "month",
    timeZone: "UTC",
    limitNanoUsd: "1000000000",
    mode: "soft",
  });
});
afterAll(() => api.stop());

async function post(path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await api.call(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

const json = async (path: string): Promise<unknown> => (await api.call(path)).json();

async function read(query: string) {
  return listOf(auditEntryViewSchema).parse(await (await api.call(`/api/v1/audit?${query}`)).json());
}
const namesOf = ({ items }: Awaited<ReturnType<typeof read>>) =>
  items.map(({ action, request }) => request.name ?? action);

describe("the audit log", () => {
  it("is read newest first, page by page", async () => {
    const first = await read("limit=3");
    expect(namesOf(first)).toEqual(["budget.create", "Third", "Second"]);
    const rest = await read(`limit=3&cursor=${first.nextCursor}`);
    expect(namesOf(rest)).toEqual(["First"]);
    expect(rest.nextCursor).toBeNull();
  });

  it("is narrowed by what was done, by whom, to which file and when", async () => {
    expect(namesOf(await read("action=budget.create"))).toEqual(["budget.create"]);
    expect(namesOf(await read("action=budget.create&action=plan.set"))).toHaveLength(4);
    expect(namesOf(await read(`who=${api.keyId}`))).toHaveLength(4);
    expect(namesOf(await read("who=key_of-nobody"))).toEqual([]);
    expect(namesOf(await read("file=file_1"))).toEqual([]);
    const second = (await read("")).items.find(({ request }) => request.name === "Second")?.at ?? "";
    expect(namesOf(await read(`since=${second}&action=plan.set`))).toEqual(["Third", "Second"]);
    expect(namesOf(await read(`until=${second}`))).toEqual(["First"]);
    expect((await api.call("/api/v1/audit?action=file.eat")).status).toBe(400);
  });

  it("is narrowed by what an entry names, and by its project", async () => {
    expect(namesOf(await read("subject=upstash"))).toEqual(["Third", "Second", "First"]);
    const [made] = (await read("action=budget.create")).items;
    expect(namesOf(await read(`subject=${String(made?.after.budgetId)}`))).toEqual(["budget.create"]);
    expect(namesOf(await read("subject=nothing"))).toEqual([]);
    expect(namesOf(await read("project=default"))).toEqual([]);
    const budget = { scope: "project", project: "default", window: "day", timeZone: "UTC", mode: "soft" };
    await post("/api/v1/budgets", { ...budget, limitNanoUsd: "1000000000" });
    expect(namesOf(await read("project=default"))).toEqual(["budget.create"]);
    expect(namesOf(await read("project=default&subject=upstash"))).toEqual([]);
    expect((await api.call("/api/v1/audit?project=nowhere")).status).toBe(404);
  });

  it("is exported whole or filtered, as CSV and as JSON", async () => {
    const json = await api.call("/api/v1/audit?format=json&action=plan.set");
    expect(json.headers.get("content-disposition")).toContain("audit.json");
    const entries = z.array(auditEntryViewSchema).parse(await json.json());
    expect(entries).toEqual((await read("action=plan.set")).items);
    const csv = await api.call("/api/v1/audit?format=csv&action=plan.set");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [head, first, ...rest] = (await csv.text()).trim().split("\n");
    expect(head?.split(",")).toEqual(Object.keys(auditEntryViewSchema.shape));
    expect(first).toContain("plan.set");
    expect(first).toContain('""name"":""Third""');
    expect(rest).toHaveLength(2);
    const none = await api.call("/api/v1/audit?format=json&who=key_of-nobody");
    expect(await none.json()).toEqual([]);
  });

  it("knows who has entries, and that the database keeps them as they are", async () => {
    const { items } = z
      .object({ items: z.array(auditActorSchema) })
      .parse(await json("/api/v1/audit/actors"));
    expect(items.map(({ id }) => id)).toEqual([api.keyId]);
    const rule = { table: "audit_entries", trigger: "audit_is_added_to_alone" };
    expect(await json("/api/v1/audit/rule")).toMatchObject({ ...rule, enforced: true });
    await api.ctx.db.execute("alter table audit_entries disable trigger audit_is_added_to_alone");
    expect(await json("/api/v1/audit/rule")).toMatchObject({ ...rule, enforced: false });
    await api.ctx.db.execute("alter table audit_entries enable trigger audit_is_added_to_alone");
  });

  it.each([
    "update audit_subjects set subject = 'another'",
    "update audit_entries set reason = 'another'",
    "delete from audit_entries",
    "truncate audit_entries",
  ])("refuses, even for the role that owns it: %s", async (statement) => {
    await expect(api.ctx.db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("added, never changed or deleted") },
    });
    expect((await read("")).items).toHaveLength(5);
  });
});
