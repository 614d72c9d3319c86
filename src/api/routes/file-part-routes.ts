import { createRoute, z } from "@hono/zod-openapi";
import { ledgerEntryViewSchema } from "../../costs/ledger/ledger-view.ts";
import { listFileCosts } from "../../costs/ledger/list-ledger.ts";
import { chunkViewSchema, listOf } from "../../pipeline/files/file-view.ts";
import { listChunks } from "../../pipeline/files/list-chunks.ts";
import { requireFile } from "../../pipeline/files/require-file.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });

const chunks = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/chunks",
  summary: "The chunks of the newest run that has any",
  request: { params, query: pageQuery({ default: 50, max: 500 }) },
  responses: { 200: json(listOf(chunkViewSchema), "A page of chunks"), ...refusals(400, 404) },
});

const costs = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/costs",
  summary: "The ledger entries of a file, oldest first",
  request: { params, query: pageQuery({ default: 500, max: 1_000 }) },
  responses: { 200: json(listOf(ledgerEntryViewSchema), "A page of entries"), ...refusals(400, 404) },
});

/** Adds what lies under a file: its chunks, its costs. */
export function addFilePartRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(chunks, async (c) => {
    const { id: fileId } = c.req.valid("param");
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listChunks(ctx, { fileId, limit, cursor }), 200);
  });
  api.openapi(costs, async (c) => {
    const { id: fileId } = c.req.valid("param");
    const { limit, cursor = null } = c.req.valid("query");
    await requireFile(ctx, fileId);
    return c.json(await listFileCosts(ctx, { fileId, limit, cursor }), 200);
  });
}
