import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { dashboards } from "../../../dashboards/all.ts";
import { ensureAdminKey } from "../../../src/access/ensure-admin-key.ts";
import { createApi } from "../../../src/api/create-api.ts";
import { foldRollups } from "../../../src/costs/rollups/fold-rollups.ts";
import { findPanel } from "../../../src/triage/dashboards/find-panel.ts";
import {
  dashboardViewSchema,
  type PanelReading,
  panelReadingSchema,
} from "../../../src/triage/dashboards/panel-view.ts";
import { readPanel } from "../../../src/triage/dashboards/read-panel.ts";
import { expandGrafana } from "../../support/expand-grafana.ts";
import { deadLettered, ended, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

const panels = dashboards.flatMap((dashboard) =>
  dashboard.panels.map((panel) => ({ dashboard: dashboard.id, id: panel.id, panel })),
);
const grafanaSchema = z.object({
  uid: z.string(),
  title: z.string(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.object({
      title: z.string(),
      type: z.enum(["timeseries", "stat"]),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ rawSql: z.string(), format: z.enum(["time_series", "table"]) })).length(1),
    }),
  ),
});
const grafana = dashboards.map(({ id }) => {
  const path = join(import.meta.dirname, `../../../dashboards/grafana/${id}.json`);
  return grafanaSchema.parse(JSON.parse(readFileSync(path, "utf8")));
});

let stack: Stack;
let span: { from: Date; to: Date };
let api: ReturnType<typeof createApi>;
beforeAll(async () => {
  stack = await startServedStack();
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  api = createApi(stack.runtime);
  const good = await upload(stack, "lanterns.md", "# Lanterns\n\nOf lanterns and ships.");
  expect(await ended(stack, good.fileId, 45_000)).toMatchObject({ status: "succeeded" });
  // Half of what is shown is folded, half is not.
  await foldRollups(stack.runtime);
  const bad = await upload(stack, "broken.pdf", "%PDF-1.7\nnothing of it is true");
  expect(await ended(stack, bad.fileId, 45_000)).toMatchObject({ status: "failed" });
  await deadLettered(stack, bad.runId);
  const now = stack.runtime.clock.now().getTime();
  span = { from: new Date(now - 3_600_000), to: new Date(now + 60_000) };
}, 120_000);
afterAll(() => stack.close());

async function ask(path: string): Promise<Response> {
  return api.request(path, { headers: { authorization: `Bearer ${stack.env.WAYBILL_API_KEY}` } });
}

async function read(dashboard: string, panel: string, more = ""): Promise<PanelReading> {
  const ends = `from=${span.from.toISOString()}&to=${span.to.toISOString()}`;
  const answer = await ask(`/api/v1/dashboards/${dashboard}/panels/${panel}?${ends}${more}`);
  return panelReadingSchema.parse(await answer.json());
}

const sumOf = (reading: PanelReading, key?: string) =>
  reading.series
    .filter((series) => key === undefined || series.key === key)
    .flatMap(({ values }) => values)
    .reduce((sum, value) => sum + Number(value ?? 0), 0);

describe("after a document that succeeded and one that failed", () => {
  test("the API tells of every panel, and of no query", async () => {
    const answer = await (await ask("/api/v1/dashboards")).text();
    const { items } = z.object({ items: z.array(dashboardViewSchema) }).parse(JSON.parse(answer));
    expect(items.map(({ id }) => id)).toEqual(dashboards.map(({ id }) => id));
    expect(answer).not.toContain("select");
  });

  test.each(panels)(
    "the panel $dashboard/$id answers, in buckets of every width",
    async ({ dashboard, id, panel }) => {
      for (const bucket of ["quarter", "hour", "day", "week"] as const) {
        const reading = await read(dashboard, id, `&bucket=${bucket}`);
        const count = panel.kind === "now" ? 1 : reading.boundaries.length - 1;
        for (const { values } of reading.series) expect(values).toHaveLength(count);
        expect(reading.bucket).toBe(panel.kind === "now" ? null : bucket);
      }
    },
  );

  test("runs, pages and failures are counted, folded or not", async () => {
    const runs = await read("ingestion", "runs-ended");
    expect([sumOf(runs, "succeeded"), sumOf(runs, "failed")]).toEqual([1, 1]);
    expect(runs.series.map(({ key, bad }) => [key, bad])).toEqual([
      ["succeeded", false],
      ["failed", true],
    ]);
    expect(sumOf(await read("ingestion", "uploads"), "default")).toBe(2);
    expect(sumOf(await read("failures", "failed-share", "&bucket=week"))).toBe(50);
    const faults = await read("failures", "faults");
    expect(faults.series.map(({ key }) => key)).toEqual(["document_corrupt"]);
    expect(sumOf(await read("failures", "wasted-attempts"))).toBe(sumOf(faults));
  });

  test.each(["by-step", "by-project", "by-meter", "by-model"])(
    "costs %s come to what the ledger has, to the nano-USD",
    async (panel) => {
      const { rows } = await stack.database.db.execute(sql`select sum(nano_usd)::text as total from ledger`);
      const [{ total }] = z.tuple([z.object({ total: z.string() })]).parse(rows);
      expect(sumOf(await read("costs", panel))).toBe(Number(total));
    },
  );

  test("the console and Grafana show the same figures", async () => {
    for (const [at, dashboard] of dashboards.entries()) {
      for (const [place, panel] of dashboard.panels.entries()) {
        const query = grafana[at]?.panels[place]?.targets[0]?.rawSql ?? "";
        const { rows } = await stack.database.db.execute(
          sql.raw(expandGrafana(query, { ...span, bucket: "1 hour" })),
        );
        const shape = panel.kind === "now" ? {} : { time: z.coerce.date() };
        const parsed = z.array(z.object({ ...shape, metric: z.string(), value: z.number() })).parse(rows);
        const reading = await read(dashboard.id, panel.id, "&bucket=hour");
        const scale = panel.unit === "nano-usd" ? 1e9 : 1;
        const total = parsed.reduce((sum, row) => sum + row.value * scale, 0);
        expect(total, `${dashboard.id}/${panel.id}`).toBeCloseTo(sumOf(reading), 3);
      }
    }
  });

  test("what Grafana imports has the titles, a place for each panel, and a data source to choose", () => {
    for (const [at, dashboard] of dashboards.entries()) {
      expect(grafana[at]?.panels.map(({ title }) => title)).toEqual(
        dashboard.panels.map(({ title }) => title),
      );
      expect(grafana[at]?.templating.list.map(({ name }) => name)).toEqual(["datasource", "bucket"]);
      const corners = grafana[at]?.panels.map(({ gridPos }) => `${gridPos.x} ${gridPos.y}`) ?? [];
      expect(new Set(corners).size).toBe(dashboard.panels.length);
    }
  });
});

describe("what comes from outside", () => {
  test.each([
    ["/api/v1/dashboards/costs/panels/nothing", 404],
    ["/api/v1/dashboards/nothing/panels/by-step", 404],
    ["/api/v1/dashboards/costs/panels/by-step?from=yesterday", 400],
    ["/api/v1/dashboards/costs/panels/by-step?bucket=1%20hour'%3B%20drop%20table%20ledger", 400],
    ["/api/v1/dashboards/costs/panels/by-step?from=2020-01-01T00:00:00Z&bucket=quarter", 400],
    ["/api/v1/dashboards/costs/panels/by-step?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 400],
  ])("%s is refused with %d", async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });

  test("nobody without a key reads a panel", async () => {
    expect((await api.request("/api/v1/dashboards/costs/panels/by-step")).status).toBe(401);
  });

  test("a panel that takes too long is stopped by the database, and said to be", async () => {
    const panel = findPanel("costs", "by-step");
    const reading = stack.database.db.transaction(async (tx) => {
      await tx.execute(sql`lock table cost_rollups in access exclusive mode`);
      return readPanel(stack.runtime, { panel, ...span, bucket: undefined }, 50);
    });
    await expect(reading).rejects.toMatchObject({ code: "panel_too_slow", status: 503 });
  });

  test("a panel cannot write, whatever its query says", async () => {
    const writing = "select now() as time, 'a' as series, lo_create(0)::bigint as value";
    const panel = { ...findPanel("costs", "by-step"), sql: writing };
    const reading = readPanel(stack.runtime, { panel, ...span, bucket: undefined });
    // SQLSTATE read_only_sql_transaction.
    await expect(reading).rejects.toMatchObject({ cause: { code: "25006" } });
  });
});
