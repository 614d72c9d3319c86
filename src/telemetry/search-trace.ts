import { and, asc, ilike, or, sql } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { spans } from "../db/schema/spans.ts";
import { attr } from "./names.ts";
import { spansOfFile } from "./spans-of-file.ts";

/** Most spans that one search names. */
const mostFound = 10_000;

/** What every span of a file carries: a search that looked there would find all of them. */
const onEverySpan = [attr.fileId, attr.runId, attr.runNumber, attr.project, attr.graphVersion];

/**
 * The spans of a file whose name, status, attributes (keys or values) or events contain a text, whatever its
 * case, by their start.
 * @param input.show attributes as whoever asks may see them; the very same where nothing of them is hidden
 * @returns `capped` when there are more than are named
 * @throws WaybillError file_not_found
 */
export async function searchTrace(
  ctx: Pick<DbContext, "db">,
  input: { fileId: string; text: string; show: (payload: unknown) => unknown },
): Promise<{ spanIds: string[]; capped: boolean }> {
  const ofFile = await spansOfFile(ctx, input.fileId);
  const pattern = `%${input.text.replace(/[\\%_]/g, "\\$&")}%`;
  const found = await ctx.db
    .select({ spanId: spans.spanId, ...searched })
    .from(spans)
    .where(
      and(
        ofFile,
        or(
          ilike(spans.name, pattern),
          ilike(spans.statusMessage, pattern),
          sql`(${spans.attributes} - ${sql.param(onEverySpan)}::text[])::text ilike ${pattern}`,
          sql`${spans.events}::text ilike ${pattern}`,
        ),
      ),
    )
    .orderBy(asc(spans.startNs), asc(spans.spanId))
    .limit(mostFound + 1);
  return {
    spanIds: found
      .slice(0, mostFound)
      .filter((span) => isSeen(span, input))
      .map(({ spanId }) => spanId),
    capped: found.length > mostFound,
  };
}

const searched = {
  name: spans.name,
  statusMessage: spans.statusMessage,
  attributes: spans.attributes,
  events: spans.events,
};

/** Whether the text stands where it is shown: a search must not tell what the span's own page hides. */
function isSeen(
  { name, statusMessage, attributes, events }: Pick<typeof spans.$inferSelect, keyof typeof searched>,
  { text, show }: { text: string; show: (payload: unknown) => unknown },
): boolean {
  const shown = [show(attributes), ...events.map((event) => show(event.attributes))];
  const hidden = shown[0] !== attributes || events.some((event, at) => shown[at + 1] !== event.attributes);
  const seen = [name, statusMessage, ...events.map((event) => event.name), JSON.stringify(shown)];
  return !hidden || seen.join("\n").toLowerCase().includes(text.toLowerCase());
}
