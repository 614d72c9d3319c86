import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { newEntry } from "../../support/new-entry.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

const tokens = { meter: "embedding.tokens", provider: "waybill", model: "waybill/lexical-1536" };

async function send(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await api.call(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
const add = (body: object, headers?: Record<string, string>) => send("/api/v1/prices", body, headers);
const list = async (query = "") => (await (await api.call(`/api/v1/prices${query}`)).json()).items;

describe("the price book", () => {
  it("lists what each meter costs, with unit, source and date", async () => {
    const [price] = await list("?meter=embedding.tokens&provider=waybill");
    expect(price).toMatchObject({
      ...tokens,
      unit: "token",
      nanoUsd: "20",
      perUnits: 1,
      unitNanoUsd: "20",
      effectiveFrom: "2026-01-01T00:00:00.000Z",
      effectiveUntil: null,
      revision: 1,
      status: "current",
      addedAt: null,
      correction: null,
    });
    expect(price.source).toContain("text-embedding-3-small");
    const [memory] = await list("?meter=compute.memory");
    expect(memory).toMatchObject({
      unit: "MB ms",
      perUnits: 3_686_400_000,
      unitNanoUsd: expect.stringMatching(/^0\.0028754/),
    });
  });

  it("takes a price from a later time on, which changes nothing yet", async () => {
    const from = new Date(api.clock.now().getTime() + 86_400_000).toISOString();
    const { status, body } = await add({ ...tokens, nanoUsd: "25", effectiveFrom: from, source: "a mail" });
    expect([status, body.status, body.correction]).toEqual([201, "coming", null]);
    expect(
      (await list("?meter=embedding.tokens&provider=waybill")).map(
        (price: { status: string }) => price.status,
      ),
    ).toEqual(["coming", "current"]);
  });

  it("says what a price would change, writes nothing for it, and then does just that", async () => {
    const at = new Date("2026-02-01T12:00:00Z");
    await recordSpending(api.ctx, [newEntry("entry_1", at), newEntry("entry_2", at, { quantity: 3 })]);
    const price = { ...tokens, nanoUsd: "30", effectiveFrom: "2026-02-01T00:00:00Z", source: "the invoice" };
    const before = await list();
    const preview = await send("/api/v1/prices/preview", price);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        entries: 2,
        presentNanoUsd: "20060",
        nextNanoUsd: "30090",
        differenceNanoUsd: "10030",
        exact: true,
      },
    });
    expect(await list()).toEqual(before);
    const { status, body } = await add({ ...price, reason: "read the wrong line" });
    expect([status, body]).toMatchObject([
      201,
      {
        nanoUsd: "30",
        status: "current",
        correction: { state: "done", entries: 2, adjusted: 2, nanoUsd: "10030" },
      },
    ]);
    const [entry] = (await api.ctx.db.select().from(auditEntries)).filter(({ reason }) => reason !== null);
    expect(entry).toMatchObject({
      action: "price.add",
      fileId: null,
      keyId: api.keyId,
      reason: "read the wrong line",
      request: { ...tokens, nanoUsd: "30", effectiveFrom: "2026-02-01T00:00:00.000Z" },
      after: { priceId: body.id, correctionId: body.correction.id },
    });
  });

  it("takes the same Idempotency-Key once", async () => {
    const price = { ...tokens, nanoUsd: "31", source: "twice" };
    const first = await add(price, { "idempotency-key": "one" });
    const again = await add(price, { "idempotency-key": "one" });
    expect(again.body.id).toBe(first.body.id);
    const other = await add({ ...price, nanoUsd: "32" }, { "idempotency-key": "one" });
    expect([other.status, other.body.error.code]).toEqual([409, "idempotency_key_reused"]);
  });

  it.each([
    ["an unknown meter", { ...tokens, meter: "coffee.cups" }],
    ["an amount that is no whole number", { ...tokens, nanoUsd: "0.5" }],
    ["a negative amount", { ...tokens, nanoUsd: "-1" }],
    ["units of which there are none", { ...tokens, perUnits: 0 }],
    ["no source", { ...tokens, source: " " }],
    [
      "a beginning in the past between two quarter hours",
      { ...tokens, effectiveFrom: "2026-02-01T00:07:00Z" },
    ],
    ["a field that it does not know", { ...tokens, unit: "cup" }],
  ])("refuses %s", async (_, wrong) => {
    const before = await list();
    const { status, body } = await add({ nanoUsd: "1", source: "a test", ...wrong });
    expect([status, body.error.code]).toEqual([400, "malformed_request"]);
    expect(await list()).toEqual(before);
  });
});
