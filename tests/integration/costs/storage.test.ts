import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { countStorage, type StorageContext } from "../../../src/costs/storage/count-storage.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { WaybillError } from "../../../src/kernel/errors.ts";
import { ended, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

const hourMs = 3_600_000;
const text = "# Stored\n\nWhat lies in Blob and in the index.";
const clock = createAdjustableClock({ frozenAt: new Date("2027-03-01T10:20:00Z") });
let stack: Stack;
let ctx: StorageContext;
beforeAll(async () => {
  stack = await startServedStack();
  ctx = { ...stack.runtime, clock };
  const { fileId } = await upload(stack, "stored.md", text);
  await ended(stack, fileId);
});
afterAll(() => stack.close());

const lineSchema = z.object({
  meter: z.string(),
  project: z.string().nullable(),
  quantity: z.coerce.number(),
  estimated: z.boolean(),
  at: z.coerce.date(),
});

async function counted() {
  const { rows } = await stack.database.db.execute(sql`
    select meter, projects.slug as project, quantity, estimated, at from ledger
    left join projects on projects.id = project_id where step = 'storage' order by at, meter, 2`);
  return z.array(lineSchema).parse(rows);
}

describe("what is stored", () => {
  it("is put down once an hour, by project: the originals, and what the index says of its size", async () => {
    expect(await countStorage(ctx)).toBe(0);
    clock.advance(hourMs);
    // Several ticks at once, and again within the hour.
    await Promise.all([countStorage(ctx), countStorage(ctx), countStorage(ctx)]);
    expect(await countStorage(ctx)).toBe(0);
    const { bytes, vectors } = await stack.runtime.vector.size();
    expect(vectors.get("default")).toBeGreaterThan(0);
    const at = new Date("2027-03-01T11:00:00Z");
    expect(await counted()).toEqual([
      { meter: "blob.storage", project: "default", quantity: text.length, estimated: false, at },
      { meter: "vector.storage", project: "default", quantity: bytes, estimated: false, at },
    ]);
  });

  it("is made up for after hours without a tick, and marked as an estimate", async () => {
    clock.advance(3 * hourMs);
    await countStorage(ctx);
    const at = new Date("2027-03-01T14:00:00Z");
    expect((await counted()).slice(2)).toMatchObject([
      { meter: "blob.storage", quantity: text.length * 3, estimated: true, at },
      { meter: "vector.storage", estimated: true, at },
    ]);
  });

  it("waits for an index that does not answer, and loses no hour of it", async () => {
    clock.advance(hourMs);
    const silent = { size: () => Promise.reject(new WaybillError("provider_unavailable")) };
    expect(await countStorage({ ...ctx, log: { warn: () => undefined }, vector: silent })).toBe(1);
    clock.advance(hourMs);
    await countStorage(ctx);
    const { bytes } = await stack.runtime.vector.size();
    const vectors = (await counted()).filter(({ meter }) => meter === "vector.storage");
    expect(vectors.at(-1)).toMatchObject({ quantity: bytes * 2, estimated: true });
  });
});
