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

/** An item of a list; undefined for an answer that is no list. */
export function itemOf(answer: z.ZodType): z.ZodType | undefined {
  const items: unknown = answer instanceof z.ZodObject ? answer.shape.items : undefined;
  if (!(items instanceof z.ZodArray)) return undefined;
  return items.element instanceof z.ZodType ? items.element : undefined;
}

function unwrapped(field: z.ZodType): z.ZodType {
  if (!(field instanceof z.ZodNullable || field instanceof z.ZodOptional)) return field;
  const inner = field.unwrap();
  return inner instanceof z.ZodType ? unwrapped(inner) : field;
}

/** What stands in a column: texts and numbers as they are, lists of them with "; " between, all else as JSON. */
export function cellOf(item: unknown, column: string): string | number | boolean {
  const fields = column === "" ? [] : column.split(".");
  const value = fields.reduce(fieldOf, item);
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
