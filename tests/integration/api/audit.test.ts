import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { auditEntryViewSchema } from "../../../src/triage/audit-view.ts";
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

  it.each([
    "update audit_entries set reason = 'another'",
    "delete from audit_entries",
    "truncate audit_entries",
  ])("refuses, even for the role that owns it: %s", async (statement) => {
    await expect(api.ctx.db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("added, never changed or deleted") },
    });
    expect((await read("")).items).toHaveLength(4);
  });
});
