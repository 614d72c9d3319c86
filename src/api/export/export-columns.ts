import { z } from "@hono/zod-openapi";

/**
 * The columns of a list as a table: the fields of its items, those of fields within fields with a dot between the
 * names. Lists and unions are one column each.
 */
export function exportColumns(item: z.ZodType, prefix = ""): string[] {
  const bare = unwrapped(item);
  if (!(bare instanceof z.ZodObject)) return [prefix];
  return Object.entries(bare.shape).flatMap(([name, field]) =>
    field instanceof z.ZodType ? exportColumns(field, prefix === "" ? name : `${prefix}.${name}`) : [],
  );
}

/** A row of an answer, which has them as an array at the end of some fields; undefined for an answer that has none. */
export function itemOf(answer: z.ZodType, fields: readonly string[]): z.ZodType | undefined {
  let rows: unknown = answer;
  for (const name of fields) rows = rows instanceof z.ZodObject ? rows.shape[name] : undefined;
  if (!(rows instanceof z.ZodArray)) return undefined;
  return rows.element instanceof z.ZodType ? rows.element : undefined;
}

/** What stands at the end of some fields. */
export function valueAt(answer: unknown, fields: readonly string[]): unknown {
  let value = answer;
  for (const name of fields) value = fieldOf(value, name);
  return value;
}

function unwrapped(field: z.ZodType): z.ZodType {
  if (!(field instanceof z.ZodNullable || field instanceof z.ZodOptional)) return field;
  const inner = field.unwrap();
  return inner instanceof z.ZodType ? unwrapped(inner) : field;
}

/** What stands in a column: texts and numbers as they are, lists of them with "; " between, all else as JSON. */
export function cellOf(item: unknown, column: string): string | number | boolean {
  const value = valueAt(item, column === "" ? [] : column.split("."));
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string" || typeof one === "number"))
    return value.join("; ");
  return JSON.stringify(value);
}

/** An item without some of its own fields. */
export function withoutFields(item: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof item !== "object" || item === null) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => !fields.includes(name)));
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
