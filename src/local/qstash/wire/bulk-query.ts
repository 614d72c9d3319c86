import type { Context } from "hono";
import { z } from "zod";
import { refusal } from "../refusal.ts";
import { queryOf } from "./request.ts";

/**
 * The query of a request that acts on many. The ids may also stand in a JSON body, where the service took them
 * before it had filters.
 * @throws refusal 400 for any other body: without ids and filters everything would be meant; 501 for a request to
 * act behind the answer
 */
export async function readBulkQuery(c: Context, ids: "messageIds" | "dlqIds"): Promise<URLSearchParams> {
  const query = queryOf(c);
  if (query.get("async") === "true") {
    throw refusal(501, "The local stand-in does not speak bulk actions (async=true).");
  }
  query.delete("async");
  const text = await c.req.text();
  if (text === "") return query;
  const named = z.strictObject({ [ids]: z.array(z.string()).min(1) }).safeParse(parseJson(text));
  if (!named.success) throw refusal(400, `invalid body: ${z.prettifyError(named.error)}`);
  for (const id of named.data[ids] ?? []) query.append(ids, id);
  return query;
}

/** What a JSON text says, undefined for one that is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
