import { z } from "zod";
import { WaybillError } from "../kernel/errors.ts";

/** A list's page as it is asked for. */
export interface PageRequest {
  readonly limit: number;
  /** `nextCursor` of the page before; null for the first page. */
  readonly cursor: string | null;
}

/** The place in a list after which the next page begins, as an opaque text: base64url of the key's JSON. */
export function formatCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/**
 * Reads a cursor that `formatCursor` wrote; null stays null.
 * @throws WaybillError malformed_request when it is none of this list's
 */
export function parseCursor<Key>(schema: z.ZodType<Key>, cursor: string | null): Key | null {
  if (cursor === null) return null;
  const parsed = cursorText.pipe(schema).safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new WaybillError("malformed_request", {
    message: "The cursor is not one of this list. Begin again without it.",
    details: { cursor: "invalid" },
  });
}

const cursorText = z.string().transform((text, issues): unknown => {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    issues.addIssue({ code: "custom", message: "not a cursor" });
    return z.NEVER;
  }
});

/**
 * Cuts a page out of rows that were read with one more than the limit.
 * @returns the page's rows, and the last of them when there are more to come
 */
export function cutPage<Row>(rows: readonly Row[], limit: number): { rows: Row[]; last: Row | null } {
  const page = rows.slice(0, limit);
  return { rows: page, last: rows.length > limit ? (page.at(-1) ?? null) : null };
}
