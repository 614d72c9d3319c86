import { and, gte, isNotNull, lt } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { alerts } from "../db/schema/alerts.ts";

/** A message may be delivered so long after it was sent, in ms: QStash tries it four times. */
const deliveredWithinMs = 3_600_000;

/**
 * Where alerts were sent whose deliveries may lie in a span of time: how QStash's log tells them from what others send.
 * @param budgets where those of budgets go
 */
export async function alertUrls(
  db: Db,
  budgets: string | undefined,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<ReadonlySet<string>> {
  const sent = await db
    .selectDistinct({ url: alerts.sentTo })
    .from(alerts)
    .where(
      and(
        isNotNull(alerts.sentAt),
        gte(alerts.sentAt, new Date(from.getTime() - deliveredWithinMs)),
        lt(alerts.sentAt, to),
      ),
    );
  return new Set([budgets, ...sent.map(({ url }) => url)].filter((url) => typeof url === "string"));
}
