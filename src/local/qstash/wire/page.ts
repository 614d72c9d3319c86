import { refusal } from "../refusal.ts";
import type { Condition } from "./filter.ts";

/** A page of a list that is ordered by `seq`. */
export interface Page {
  readonly count: number;
  readonly order: "ASC" | "DESC";
  readonly after: string | undefined;
}

/** Reads `cursor`, `count` and `order`. @throws refusal 400 for one that is wrong */
export function readPage(query: URLSearchParams, limits: { fallback: number; most: number }): Page {
  const count = query.get("count") || String(limits.fallback);
  if (!/^[1-9]\d*$/.test(count))
    throw refusal(400, `invalid count "${count}": it must be a whole number from 1`);
  const cursor = query.get("cursor") || undefined;
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw refusal(400, `invalid cursor "${cursor}"`);
  const order = query.get("order") ?? "latestFirst";
  if (order !== "latestFirst" && order !== "earliestFirst") {
    throw refusal(400, `invalid order "${order}": it must be latestFirst or earliestFirst`);
  }
  return {
    count: Math.min(Number(count), limits.most),
    order: order === "earliestFirst" ? "ASC" : "DESC",
    after: cursor,
  };
}

/** The rows behind the cursor. */
export function afterCursor(page: Page, column: string): Condition[] {
  const { after } = page;
  if (after === undefined) return [];
  return [(bind) => `${column} ${page.order === "ASC" ? ">" : "<"} ${bind(after)}::bigint`];
}

/**
 * Cuts rows to the page. @param rows one more than the page holds, when there are more
 * @returns with a cursor only when there are more
 */
export function cutPage<Row extends { readonly seq: number }>(
  rows: readonly Row[],
  page: Page,
): { items: readonly Row[]; cursor: string | undefined } {
  const items = rows.slice(0, page.count);
  return { items, cursor: rows.length > page.count ? String(items.at(-1)?.seq) : undefined };
}
