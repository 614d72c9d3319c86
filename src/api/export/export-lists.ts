import { z } from "@hono/zod-openapi";
import { stringify } from "csv-stringify/sync";
import type { Context, MiddlewareHandler } from "hono";
import { exportRule } from "../../access/export-rules.ts";
import type { Caller } from "../../access/principal.ts";
import { requireRole } from "../../access/require-role.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { Api } from "../api.ts";
import { streamText } from "../stream-text.ts";
import { type AnswerTable, tableAt } from "./answer-tables.ts";
import { cellOf, exportColumns, itemOf, withoutFields } from "./export-columns.ts";
import { matchesRoute } from "./matches-route.ts";

/** Rows that are read at once: as many as every list gives. */
const pageSize = 100;

const formats = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;
type Format = keyof typeof formats;
const formatSchema = z.enum(["csv", "json"]);

const pageSchema = z.object({
  items: z.array(z.unknown()),
  nextCursor: z.string().nullable().default(null),
});

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

/** A page as it was answered; of an answer that has a table its rows, which are all that there are. */
async function readPage(answer: Response, table: AnswerTable | undefined): Promise<Page> {
  const body: unknown = await answer.json();
  return table === undefined ? pageSchema.parse(body) : { items: table.rowsOf(body), nextCursor: null };
}

/**
 * Every list as a file: `?format=csv` or `?format=json`, beside its own filters. Its pages are asked of the list's
 * own route, one after the other and only as fast as they are taken, so that an export is what the list shows and
 * whoever may not read the list gets none. So are the tables within other answers (`answer-tables.ts`). It breaks off
 * where a page cannot be read: half a file is never a whole.
 */
export function exportLists(api: Api): MiddlewareHandler<{ Variables: { principal: Caller } }> {
  return async (c, next) => {
    const asked = c.req.method === "GET" ? c.req.query("format") : undefined;
    if (asked === undefined) return next();
    const format = formatSchema.safeParse(asked);
    const path = new URL(c.req.url).pathname;
    const table = tableAt(path);
    const columns = table === undefined ? columnsOf(api, path) : exportColumns(table.row);
    if (!format.success || columns === undefined) {
      const details = { format: columns === undefined ? "this is no list" : "csv or json" };
      throw new WaybillError("malformed_request", { details });
    }
    const { deed, mostRows, secrets } = exportRule(path);
    if (deed !== null) requireRole(c.get("principal"), deed);
    const first = await api.request(pageUrl(c, c.req.query("cursor") ?? null), {
      headers: c.req.raw.headers,
    });
    if (!first.ok) return first;
    const writer = writerOf(
      format.data,
      columns.filter((column) => !secrets.includes(column)),
      secrets,
    );
    const texts = pagesOf({ api, c, mostRows, writer, table }, await readPage(first, table));
    const words = [...path.split("/").slice(3), ...(table === undefined ? [] : [table.name])];
    const name = `${words.join("-")}.${format.data}`;
    return new Response(streamText(texts), {
      headers: {
        "Content-Type": formats[format.data],
        "Content-Disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "-")}"`,
      },
    });
  };
}

/** The columns of the list at an address, from what its route says of its answer; undefined where none is. */
function columnsOf(api: Api, path: string): string[] | undefined {
  for (const definition of api.openAPIRegistry.definitions) {
    if (definition.type !== "route" || definition.route.method !== "get") continue;
    if (!matchesRoute(definition.route.path, path)) continue;
    const answer = definition.route.responses[200];
    const content = answer !== undefined && "content" in answer ? answer.content : undefined;
    const json = content?.["application/json"];
    const schema = json !== undefined && "schema" in json ? json.schema : undefined;
    const item = schema instanceof z.ZodType ? itemOf(schema) : undefined;
    return item && exportColumns(item);
  }
  return undefined;
}

function pageUrl(c: Context, cursor: string | null): string {
  const url = new URL(c.req.url);
  url.searchParams.delete("format");
  url.searchParams.set("limit", String(pageSize));
  if (cursor !== null) url.searchParams.set("cursor", cursor);
  return url.href;
}

interface Writer {
  readonly head: string;
  readonly rows: (items: readonly unknown[], first: boolean) => string;
  readonly foot: string;
}

function writerOf(format: Format, columns: readonly string[], secrets: readonly string[]): Writer {
  // What a spreadsheet would take for a formula is made a text.
  const options = { escape_formulas: true, cast: { boolean: String } };
  return format === "csv"
    ? {
        head: stringify([columns]),
        rows: (items) =>
          stringify(
            items.map((item) => columns.map((column) => cellOf(item, column))),
            options,
          ),
        foot: "",
      }
    : {
        head: "[",
        rows: (items, first) =>
          items
            .map(
              (item, at) =>
                `${first && at === 0 ? "\n" : ",\n"}${JSON.stringify(withoutFields(item, secrets))}`,
            )
            .join(""),
        foot: "\n]\n",
      };
}

async function* pagesOf(
  source: { api: Api; c: Context; mostRows: number; writer: Writer; table: AnswerTable | undefined },
  first: Page,
): AsyncGenerator<string> {
  const { api, c, mostRows, table } = source;
  const { head, rows, foot } = source.writer;
  yield head;
  let read = first;
  let count = 0;
  while (true) {
    const items = read.items.slice(0, mostRows - count);
    yield rows(items, count === 0);
    count += items.length;
    if (read.nextCursor === null || count >= mostRows) break;
    const answer = await api.request(pageUrl(c, read.nextCursor), { headers: c.req.raw.headers });
    if (!answer.ok) throw new TypeError(`A page of an export answered ${answer.status}.`);
    read = await readPage(answer, table);
  }
  yield foot;
}
