import { type Context, Hono } from "hono";
import { z } from "zod";
import { nowMs, type QstashContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { addEndpoints, deleteUrlGroup, listUrlGroups, removeEndpoints } from "../store/url-groups.ts";
import { checkUrl } from "../wire/publish-headers.ts";
import { checkName } from "../wire/request.ts";

const storedText = z
  .string()
  .refine((name) => name.isWellFormed() && !name.includes("\0"), "it has a NUL or half of a surrogate pair");
const addedSchema = z.object({
  endpoints: z.array(z.object({ url: z.string(), name: storedText.optional() })).min(1),
});
const removedSchema = z.object({
  endpoints: z
    .array(
      z
        .object({ url: storedText.optional(), name: storedText.optional() })
        .refine(({ url, name }) => url ?? name, "it needs a url or a name"),
    )
    .min(1),
});

/** `/v2/topics`: URL groups. */
export function urlGroupRoutes(ctx: QstashContext): Hono {
  return new Hono()
    .post("/v2/topics/:name/endpoints", async (c) => {
      const { endpoints } = await readBody(c, addedSchema);
      for (const { url } of endpoints) checkUrl(url, "endpoint url");
      await addEndpoints(ctx.pool, checkName(c.req.param("name"), "URL group name"), endpoints, nowMs(ctx));
      return c.body(null, 200);
    })
    .delete("/v2/topics/:name/endpoints", async (c) => {
      const { endpoints } = await readBody(c, removedSchema);
      const known = await removeEndpoints(ctx.pool, c.req.param("name"), endpoints, nowMs(ctx));
      if (!known) throw notFound(c.req.param("name"));
      return c.body(null, 200);
    })
    .get("/v2/topics", async (c) => c.json(await listUrlGroups(ctx.pool)))
    .get("/v2/topics/:name", async (c) => {
      const [group] = await listUrlGroups(ctx.pool, c.req.param("name"));
      if (!group) throw notFound(c.req.param("name"));
      return c.json(group);
    })
    .delete("/v2/topics/:name", async (c) => {
      if (!(await deleteUrlGroup(ctx.pool, c.req.param("name")))) throw notFound(c.req.param("name"));
      return c.body(null, 200);
    });
}

async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
  if (!parsed.success) throw refusal(400, `invalid endpoints: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function notFound(name: string): Error {
  return refusal(404, `URL group ${name} not found`);
}
