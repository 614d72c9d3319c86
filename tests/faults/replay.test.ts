import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { findDrift } from "../../src/costs/budgets/find-drift.ts";
import { accountOf, beginBudget } from "../support/budgets/budget-rows.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { ended, upload } from "../support/ingest.ts";
import { jobApp } from "../support/job-server.ts";
import { startStack } from "../support/stack.ts";
import { differencesOf, truthOf } from "../support/truth.ts";
import { type Repeat, startDeliveryTap } from "./delivery-tap.ts";
import { dumpTables } from "./table-dump.ts";

const document = manualPdf({ pages: 410 });

/** Ingests the document with every message delivered in this way, and says what is left. */
async function ingest(repeat: Repeat, options: { backwards: boolean }): Promise<Record<string, unknown[]>> {
  const stack = await startStack();
  // The same project id everywhere: all other ids come from it and the content.
  await stack.database.db.execute(sql`update projects set id = 'proj_same' where slug = 'default'`);
  const tap = await startDeliveryTap(
    jobApp(stack.runtime),
    Number(new URL(stack.env.WAYBILL_URL).port),
    repeat,
  );
  try {
    const project = { ...stack.project, id: "proj_same" };
    await beginBudget(stack, "budget_all", 10n ** 12n);
    const { fileId } = await upload({ ...stack, project }, "manual.pdf", document);
    expect(await ended(stack, fileId, 60_000)).toMatchObject({ status: "succeeded" });
    if (options.backwards) await tap.replayBackwards();
    expect(await findDrift(stack.database.db)).toEqual([]);
    expect(await accountOf(stack, "budget_all")).toMatchObject({ excessNanoUsd: 0n });
    return { ...(await dumpTables(stack)), truth: [differencesOf(await truthOf(stack))] };
  } finally {
    await tap.close();
    await stack.close();
  }
}

describe("every message of a run", () => {
  let once: Awaited<ReturnType<typeof dumpTables>>;
  beforeAll(async () => {
    once = await ingest("once", { backwards: false });
  }, 120_000);

  it("was enough to compare: the run fanned out, paid and indexed", () => {
    expect(once.steps?.length).toBeGreaterThan(8);
    expect(once.vectors?.length).toBeGreaterThan(256);
    expect(once.ledger?.length).toBeGreaterThan(4);
  });

  it("cost what was metered, to the last unit", () => {
    const [differences] = once.truth ?? [];
    expect(differences).toEqual({
      "blob.operations advanced": "0",
      "blob.operations simple": "0",
      "blob.transfer *": "0",
      "embedding.tokens waybill/lexical-1536": "0",
      "qstash.messages *": "0",
      "vector.writes *": "0",
    });
  });

  it.each([
    ["twice", false],
    ["three at once", false],
    ["once", true],
  ] as const)(
    "delivered %s (and backwards afterwards: %s) leaves the same as delivered once",
    async (repeat, backwards) => {
      const again = await ingest(repeat, { backwards });
      for (const table of Object.keys(once)) expect(again[table], table).toEqual(once[table]);
    },
    120_000,
  );
});
