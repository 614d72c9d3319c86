import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../src/db/client.ts";

const columnsSchema = z.array(z.object({ table: z.string(), column: z.string() }));
const countSchema = z.array(z.object({ found: z.coerce.number() }));

/**
 * The columns (`table.column`) of the whole database in which one of the marks stands, whatever the type of
 * the column.
 */
export async function columnsWith(db: Db, marks: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    order by 1, 2`);
  const marked: string[] = [];
  for (const { table, column } of columnsSchema.parse(rows)) {
    // Bytes are compared as what they spell.
    const text = sql`case when pg_typeof(${sql.identifier(column)}) = 'bytea'::regtype
      then encode(${sql.identifier(column)}::text::bytea, 'escape') else ${sql.identifier(column)}::text end`;
    const patterns = sql.param(marks.map((mark) => `%${mark}%`));
    const counted = await db.execute(sql`
      select count(*) as found from ${sql.identifier(table)} where ${text} ilike any(${patterns}::text[])`);
    if ((countSchema.parse(counted.rows)[0]?.found ?? 0) > 0) marked.push(`${table}.${column}`);
  }
  return marked;
}
