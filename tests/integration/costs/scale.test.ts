import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LedgerFilter } from "../../../src/costs/ledger/ledger-filter.ts";
import { listLedger } from "../../../src/costs/ledger/list-ledger.ts";
import { sumLedger } from "../../../src/costs/ledger/sum-ledger.ts";
import { costSeries } from "../../../src/costs/reports/cost-series.ts";
import { costSummary } from "../../../src/costs/reports/cost-summary.ts";
import { dearestFiles } from "../../../src/costs/reports/dearest-files.ts";
import type { Db } from "../../../src/db/client.ts";
import { wasteKinds } from "../../../src/db/waste-kinds.ts";
import { ledgerBegan, seedLedger } from "../../support/ledger/seed-ledger.ts";
import { plansOf as plansOfStatements, relationsOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const entryCount = 150_000;
const at = (day: number, hour = 0) => new Date(ledgerBegan.getTime() + day * 86_400_000 + hour * 3_600_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedLedger(database.db, entryCount);
}, 120_000);
afterAll(() => database.drop());

const plansOf = (work: (db: Db) => Promise<unknown>) => plansOfStatements(database.pool, work);

const filters: [string, LedgerFilter][] = [
  ["everything", {}],
  ["a project", { projectId: "proj_1" }],
  ["a rare project", { projectId: "proj_9" }],
  ["no project", { projectId: null }],
  ["a meter", { meters: ["embedding.tokens"] }],
  ["a rare step", { steps: ["search"] }],
  ["a rare step of a common meter", { meters: ["embedding.tokens"], steps: ["search"] }],
  [
    "a rare step of a common meter in one project",
    { projectId: "proj_2", meters: ["embedding.tokens"], steps: ["search"] },
  ],
  ["a model", { models: ["simple"] }],
  ["steps and meters that never meet", { steps: ["upload"], meters: ["compute.ms"] }],
  ["what does not exist", { meters: ["coffee.cups"] }],
  ["a file", { fileId: "file_c4ca4238a0b923820dcc509a6f75849b" }],
  ["waste of a rare kind", { waste: ["lost-attempt"] }],
  ["all waste", { waste: wasteKinds }],
  ["a project's waste", { waste: wasteKinds, projectId: "proj_3" }],
  ["estimates", { estimated: true }],
  ["corrections", { adjusting: true }],
  ["what no reservation had covered", { unreserved: true }],
  ["an hour of a project", { projectId: "proj_1", from: at(12, 3), to: at(12, 4) }],
];

describe(`among ${entryCount} entries`, () => {
  it.each(filters)(
    "%s: a page reads its own rows from indexes, from the beginning and from the middle",
    async (_, filter) => {
      for (const to of [undefined, at(15)]) {
        const asked = { filter: { ...filter, to: filter.to ?? to }, limit: 50, cursor: null };
        const nodes = await plansOf((db) => listLedger({ db }, asked));
        expect(rowsTouched(nodes)).toBeLessThan(4_000);
      }
    },
  );

  it.each(filters)("%s: totals are read from sums, or from as few entries", async (_, filter) => {
    const nodes = await plansOf((db) => sumLedger({ db }, filter));
    const few = filter.estimated ?? filter.adjusting;
    expect(rowsTouched(nodes)).toBeLessThan(few ? 2_500 : 30_000);
    if (filter.fileId === undefined && !few && !filter.unreserved)
      expect(relationsOf(nodes)).not.toContain("ledger");
  });

  it("charts, sums at a glance and the dearest files look at no entry", async () => {
    const time = { from: at(0), to: at(30), bucket: "day" as const, timeZone: "Europe/Berlin" };
    const nodes = await plansOf(async (db) => {
      for (const by of ["project", "step", "meter", "model", "waste"] as const)
        await costSeries({ db }, { time, by, filter: { projectId: "proj_1" } });
      await costSummary({ db }, { from: at(0), to: at(30), projectId: undefined });
      await dearestFiles({ db }, { from: at(0), to: at(30), projectId: undefined, limit: 20 });
    });
    expect(relationsOf(nodes)).not.toContain("ledger");
    expect(rowsTouched(nodes)).toBeLessThan(60_000);
  });
});
