import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { currentGraph } from "../../../src/pipeline/graph.ts";
import { noteGraph } from "../../../src/pipeline/note-graph.ts";
import {
  graphVersionSchema,
  oneGraphVersionSchema,
  stepFiguresSchema,
  versionRunSchema,
} from "../../../src/triage/graph-versions/graph-version-view.ts";
import { ended, upload } from "../../support/ingest.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

describe("a graph that runs go by", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startServedStack();
  });
  afterAll(() => stack.close());

  it("is kept as it ran, with the first attempt", async () => {
    const { fileId } = await upload(stack, "small.md", "# One page\n\nOf text about lanterns.");
    await ended(stack, fileId);
    const { rows } = await stack.database.db.execute(sql`select version, graph from graph_versions`);
    expect(rows).toEqual([{ version: 1, graph: JSON.parse(JSON.stringify(currentGraph)) }]);
  });
});

describe("the versions of the graph", () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return schema.parse(await (await api.call(path)).json());
  }

  it("are known before anything has run: the one of this build", async () => {
    const { items } = await read("/api/v1/graph-versions", listOf(graphVersionSchema));
    expect(items).toMatchObject([{ version: 1, current: true, firstUsedAt: null, lastBegunAt: null }]);
    const one = await read("/api/v1/graph-versions/1", oneGraphVersionSchema);
    expect(one.steps).toEqual(currentGraph.steps);
    expect((await api.call("/api/v1/graph-versions/7")).status).toBe(404);
    expect((await api.call("/api/v1/graph-versions/x")).status).toBe(400);
  });

  it("are written once: what ran first stays, and what had no graph yet gets it", async () => {
    const { db } = api.ctx;
    const other = { version: 7, steps: currentGraph.steps.slice(0, 2) };
    await db.execute(
      sql`insert into graph_versions (version, first_seen_at) values (7, '2026-01-01T00:00:00Z')`,
    );
    expect((await read("/api/v1/graph-versions/7", oneGraphVersionSchema)).steps).toBeNull();
    // Each of another process, as each knows what it has written.
    const note = (graph: typeof other) =>
      db.transaction((tx) => noteGraph({ db: tx, clock: api.clock }, graph));
    expect(await note(other)).toBe(1);
    expect(await note(other)).toBe(0);
    expect(await note({ ...other, steps: [] })).toBe(0);
    const kept = await read("/api/v1/graph-versions/7", oneGraphVersionSchema);
    expect(kept.steps).toEqual(other.steps);
    expect(kept.firstUsedAt).toBe("2026-01-01T00:00:00.000Z");
    expect(kept.current).toBe(false);
  });

  it("are paged, the newest first", async () => {
    const first = await read("/api/v1/graph-versions?limit=1", listOf(graphVersionSchema));
    expect(first.items.map(({ version }) => version)).toEqual([7]);
    const next = await read(
      `/api/v1/graph-versions?limit=1&cursor=${first.nextCursor}`,
      listOf(graphVersionSchema),
    );
    expect(next.items.map(({ version }) => version)).toEqual([1]);
    expect(next.nextCursor).toBeNull();
  });

  it("have no runs and no figures where nothing ran", async () => {
    const runs = await read("/api/v1/graph-versions/1/runs?status=failed", listOf(versionRunSchema));
    expect(runs).toEqual({ items: [], nextCursor: null });
    const figures = z.object({ items: z.array(stepFiguresSchema) });
    expect((await read("/api/v1/step-figures", figures)).items).toEqual([]);
    expect((await api.call("/api/v1/graph-versions/1/runs?status=eaten")).status).toBe(400);
  });
});
