import type { z } from "zod";
import { listOf } from "../../pipeline/files/file-view.ts";
import { getJson, type Query } from "../api-client.ts";

const mostPages = 40;

/** All items of a list of the API; `complete` is false when there were more than this console reads at once. */
export interface WholeList<Item> {
  readonly items: Item[];
  readonly complete: boolean;
}

/**
 * Reads the pages of a list one after another, for what is summed or drawn as a whole.
 * @throws ApiError
 */
export async function readWholeList<Item extends z.ZodType>(
  path: string,
  item: Item,
  query: Query,
  signal: AbortSignal,
): Promise<WholeList<z.output<Item>>> {
  const schema = listOf(item);
  const items: z.output<Item>[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const read: z.output<typeof schema> = await getJson(path, schema, {
      query: { ...query, cursor },
      signal,
    });
    items.push(...read.items);
    cursor = read.nextCursor;
    if (cursor === null) return { items, complete: true };
  }
  return { items, complete: false };
}
